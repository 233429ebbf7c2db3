"""Who did what when, from where, what was before and after: into the chained log, in the transaction of the change."""

from __future__ import annotations

from typing import Any

from data_access import audit
from data_access.database import Session
from models.people import Person
from services.access.current_user import current_user


def log(
    session: Session,
    action: str,
    subject: str,
    *,
    detail: dict[str, Any] | None = None,
    before: Any = None,
    after: Any = None,
    by: Person | None = None,
) -> None:
    """Enter an act into the audit log. `action` is a key of models.audit.ACTIONS; `by`: whoever is acting, unless
    named. Raises NotSignedIn.
    """
    person = by or current_user()
    audit.record(
        session,
        by=person.name,
        account=person.login,
        unit=person.unit or "",
        address=person.address,
        action=action,
        subject=subject,
        detail=detail,
        before=before,
        after=after,
    )
