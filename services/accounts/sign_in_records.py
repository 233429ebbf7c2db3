"""What signing in leaves behind: refused attempts counted and entered in the log once, old sign-ins and failures
cleared away.

Of a name that is no account's only the beginning is kept: it may be a password typed into the wrong field.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from data_access import audit
from data_access import sign_ins as store
from data_access.database import Session

NOBODY = "未登录"
"""Who the log says acted where nobody had proved who it was."""
NO_ACCOUNT = "无此账号"


@dataclass(frozen=True)
class Tried:
    """Who tried to sign in: `key` is what attempts are counted by, `subject` and `typed` what the log tells."""

    key: str
    subject: str
    typed: str = ""


def tried(name: str, *, known: bool) -> Tried:
    """Return the key under which attempts on a name are counted. Unknown names share 16 million keys: enough to count
    by, too few to learn a name from.
    """
    if known:
        return Tried(name, name)
    return Tried(f"?{hashlib.sha256(name.encode()).hexdigest()[:6]}", NO_ACCOUNT, f"{name[:1]}***")


def count_refused(
    session: Session, attempt: Tried, address: str, reason: str, at: datetime, *, entered: bool = False
) -> None:
    """Count one more refused attempt, to be entered with the others when the time of a lock-out is over; `entered`: the
    first is in the log already.
    """
    store.count_refused(
        session,
        attempt.key,
        subject=attempt.subject,
        typed=attempt.typed,
        address=address,
        reason=reason,
        at=at,
        first=0 if entered else 1,
    )


def is_counted(session: Session, key: str) -> bool:
    return store.refused_attempts(session, key) is not None


def tidy(session: Session, settings: Mapping[str, Any], now: datetime) -> None:
    """Enters the counts of which the time is over, and forgets what is older than the setting says; the log itself
    stays whole.
    """
    for row in store.take_refused(session, now - timedelta(minutes=settings["lock_minutes"])):
        if row.attempts:
            audit.record(
                session,
                by=NOBODY,
                address=row.address,
                action="attempts refused",
                subject=row.subject,
                detail={
                    "attempts": row.attempts,
                    "since": row.since,
                    "until": row.last_at,
                    "reason": row.reason,
                    "typed": row.typed,
                },
            )
    store.forget_old(session, now - timedelta(days=settings["sign_ins_kept_days"]))
