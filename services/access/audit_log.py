"""Who did what when, from where, what was before and after: into the chained log, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from data_access import audit
from data_access.database import Session
from models.audit import AuditQuestion, LoggedAct
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


def last_act(session: Session, actions: Sequence[str], words: str = "") -> LoggedAct | None:
    """Return the last act of these kinds in which the words stand, or None."""
    latest = (audit.find(session, AuditQuestion(words=words, action=action), 1) for action in actions)
    return max((act for acts in latest for act in acts), key=attrgetter("number"), default=None)


def who_was_first(session: Session, actions: Sequence[str], words: str = "") -> str:
    """Return “王科长（理由：局务会决定）” of the last act of these kinds in which the words stand."""
    act = last_act(session, actions, words)
    if act is None:
        return "他人"
    reason = act.detail.get("reason")
    return f"{act.by}（理由：{reason}）" if reason else act.by
