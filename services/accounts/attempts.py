"""Attempts to sign in: counted by account and by address before the password is looked at, refused beyond a limit.

An attempt is entered as failed first and struck out when it succeeds, so that attempts made at once are all counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from data_access import accounts as store
from data_access import audit
from data_access.database import Session, noting
from data_access.sign_ins import add_failure, failures, forget_failure, last_sign_in
from services.access.refusal import RefusedRequest
from services.accounts.sessions import settings_now
from services.accounts.sign_in_records import NOBODY, Tried, count_refused, tidy, tried

LONGEST_NAME = 100


class LockedOut(RefusedRequest):
    """Too many attempts failed; not even the right password is looked at for a while."""


@dataclass(frozen=True)
class Attempt:
    number: int
    who: Tried
    address: str
    locks: tuple[Tried, ...]  # the account or the address of which the next one is refused, if this one fails


def begin_attempt(name: str, address: str) -> Attempt:
    """Raises LockedOut."""
    name, now, number = name[:LONGEST_NAME], datetime.now(UTC), None
    with noting() as session:
        settings = settings_now(session)
        tidy(session, settings, now)
        who = tried(name, known=store.find_account(session, name) is not None)
        since = now - timedelta(minutes=settings["lock_minutes"])
        of_name = failures(session, max(since, last_sign_in(session, name) or since), name=who.key)
        of_address = failures(session, since, address=address)
        whole_address = Tried(f"address {address}", address)
        if of_name >= settings["failures_of_account"]:
            count_refused(session, who, address, "账号锁定期间", now)
        elif of_address >= settings["failures_of_address"]:
            count_refused(session, whole_address, address, "地址锁定期间", now)
        else:
            number = add_failure(session, who.key, address, now)
    if number is None:  # after the count is stored
        raise LockedOut(
            f"登录失败次数过多，已暂停登录。请 {settings['lock_minutes']} 分钟后再试，忘记密码的请联系管理局重置。"
        )
    locks = (
        (who, of_name + 1 == settings["failures_of_account"]),
        (whole_address, of_address + 1 == settings["failures_of_address"]),
    )
    return Attempt(number, who, address, tuple(lock for lock, now_locked in locks if now_locked))


def failed(attempt: Attempt, reason: str = "") -> None:
    """Leaves an entry in the log, and one where this failure locks the account or the address."""
    with noting() as session:
        audit.record(
            session,
            by=NOBODY,
            address=attempt.address,
            action="sign-in failed",
            subject=attempt.who.subject,
            detail={name: given for name, given in (("typed", attempt.who.typed), ("reason", reason)) if given},
        )
        for lock in attempt.locks:
            audit.record(
                session,
                by=NOBODY,
                address=attempt.address,
                action="locked out",
                subject=lock.subject,
                detail={"typed": lock.typed} if lock.typed else {},
            )


def succeeded(session: Session, attempt: Attempt) -> None:
    forget_failure(session, attempt.number)
