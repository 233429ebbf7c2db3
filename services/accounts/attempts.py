"""Attempts to sign in: counted by account and address before the password is looked at, refused there beyond a limit.

A browser in which the account signed in before is counted by itself and slowed down instead: nobody elsewhere, and
nobody at the same address, keeps a colleague out. An attempt is entered as failed first and struck out when it
succeeds, so that attempts made at once are all counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from data_access import accounts as store
from data_access import audit
from data_access.database import Session, noting, reading
from data_access.sign_ins import add_failure, failures, find_sign_in, forget_failure, last_sign_in
from services.access.refusal import RefusedRequest
from services.accounts.sessions import FromWhere, settings_now
from services.accounts.sign_in_records import NOBODY, Tried, count_refused, tidy, tried

LONGEST_NAME = 100
LONGEST_PAUSE = 10  # seconds
GUESSED_AT = 4
"""So many times the failures that lock an account at one address."""


class LockedOut(RefusedRequest):
    """Too many attempts failed; not even the right password is looked at for a while."""


@dataclass(frozen=True)
class Attempt:
    number: int
    who: Tried
    address: str
    locks: tuple[Tried, ...]  # the account or the address of which the next one is refused, if this one fails


@dataclass(frozen=True)
class Failures:
    """Failed attempts of late. `here`: of the account at the place that asks, which is its address, or the browser
    where the account signed in with it before; `of_account`: anywhere; `of_address`: of any account.
    """

    place: str
    is_known: bool
    here: int
    of_account: int
    of_address: int


def pause_before(name: str, where: FromWhere) -> float:
    """Return how many seconds an attempt has to wait: where it would be refused elsewhere in a browser that is known to
    the account, and everywhere else while somebody guesses at it from many addresses.
    """
    name = name[:LONGEST_NAME]
    with reading() as session:
        settings = settings_now(session)
        so_far = _failures(session, tried(name, known=store.find_account(session, name) is not None), name, where)
    limit = settings["failures_of_account"]
    if so_far.is_known:
        return float(min(LONGEST_PAUSE, max(0, 2 * (so_far.here - limit + 1))))
    return float(LONGEST_PAUSE) if so_far.of_account >= GUESSED_AT * limit else 0.0


def begin_attempt(name: str, where: FromWhere) -> Attempt:
    """Raises LockedOut."""
    name, now, number = name[:LONGEST_NAME], datetime.now(UTC), None
    with noting() as session:
        settings = settings_now(session)
        tidy(session, settings, now)
        who = tried(name, known=store.find_account(session, name) is not None)
        so_far = _failures(session, who, name, where)
        whole_address = Tried(f"address {where.address}", where.address)
        if so_far.is_known:
            number = add_failure(session, who.key, so_far.place, now)
        elif so_far.here >= settings["failures_of_account"]:
            here = replace(who, key=f"{who.key} {where.address}")
            count_refused(session, here, where.address, "账号锁定期间", now)
        elif so_far.of_address >= settings["failures_of_address"]:
            count_refused(session, whole_address, where.address, "地址锁定期间", now)
        else:
            number = add_failure(session, who.key, so_far.place, now)
    if number is None:  # after the count is stored
        raise LockedOut(
            f"登录失败次数过多，本处已暂停登录。请 {settings['lock_minutes']} 分钟后再试，忘记密码的请联系管理局重置。"
        )
    locks = (
        (who, so_far.here + 1 == settings["failures_of_account"]),
        (whole_address, so_far.of_address + 1 == settings["failures_of_address"]),
    )
    now_locked = tuple(lock for lock, is_last in locks if is_last and not so_far.is_known)
    return Attempt(number, who, where.address, now_locked)


def _failures(session: Session, who: Tried, name: str, where: FromWhere) -> Failures:
    settings = settings_now(session)
    since = datetime.now(UTC) - timedelta(minutes=settings["lock_minutes"])
    of_name = max(since, last_sign_in(session, name) or since)
    place, is_known = where.address, False
    if (digest := _known_browser(session, name, where)) is not None:
        browser = f"browser {digest[:16]}"
        in_browser = failures(session, of_name, name=who.key, address=browser)
        if in_browser < GUESSED_AT * settings["failures_of_account"]:  # more is nobody who mistypes
            place, is_known = browser, True
    return Failures(
        place,
        is_known,
        failures(session, of_name, name=who.key, address=place),
        failures(session, of_name, name=who.key),
        failures(session, since, address=where.address),
    )


def _known_browser(session: Session, name: str, where: FromWhere) -> str | None:
    """Which of the sign-ins that the browser remembers was the account's."""
    for digest in where.signed_in_before:
        if (sign_in := find_sign_in(session, digest)) is not None and sign_in.login == name:
            return digest
    return None


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
