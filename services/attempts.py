"""Attempts to sign in: counted by account and by address before the password is looked at, refused beyond a limit.

An attempt is entered as failed first and struck out when it succeeds, so that attempts made at once are all counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from data_access import audit
from data_access.database import Session, noting
from data_access.sign_ins import add_failure, failures, forget_failure, forget_failures, last_sign_in
from services.refusal import RefusedRequest
from services.sessions import settings_now

KEPT = timedelta(days=90)
LONGEST_NAME = 100


class LockedOut(RefusedRequest):
    """Too many attempts failed; not even the right password is looked at for a while."""


@dataclass(frozen=True)
class Attempt:
    number: int
    name: str
    address: str
    last: bool  # the next one is refused


def begin_attempt(name: str, address: str) -> Attempt:
    """Raises LockedOut."""
    name, now = name[:LONGEST_NAME], datetime.now(UTC)
    with noting() as session:
        settings = settings_now(session)
        since = now - timedelta(minutes=settings["lock_minutes"])
        of_name = failures(session, max(since, last_sign_in(session, name) or since), name=name)
        of_address = failures(session, since, address=address)
        if of_name >= settings["failures_of_account"] or of_address >= settings["failures_of_address"]:
            raise LockedOut(f"登录失败次数过多，已暂停登录。请 {settings['lock_minutes']} 分钟后再试，忘记密码的请联系管理局重置。")
        forget_failures(session, before=now - KEPT)
        number = add_failure(session, name, address, now)
    return Attempt(number, name, address, of_name + 1 == settings["failures_of_account"])


def failed(attempt: Attempt) -> None:
    """Leaves an entry in the log."""
    with noting() as session:
        audit.record(session, by=attempt.name, address=attempt.address, action="sign-in failed", subject=attempt.name)
        if attempt.last:
            audit.record(session, by=attempt.name, address=attempt.address, action="locked out", subject=attempt.name)


def succeeded(session: Session, attempt: Attempt) -> None:
    forget_failure(session, attempt.number)
