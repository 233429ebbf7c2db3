"""Sign-ins that last: a token begins one; from the token, whose it is; ended by signing out, by idleness and by age.

Only the SHA-256 of a token is kept. Open to strangers: the token itself is what is asked with.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from catalogue.settings import DEFAULTS
from data_access.database import NOT_AT_ALL, Busy, Session, database_url, noting, reading
from data_access.settings import settings_at
from data_access.sign_ins import (
    KnownSignIn,
    add_sign_in,
    end_all_sign_ins,
    end_sign_in,
    find_sign_in,
    last_seen,
    open_sign_ins,
    seen,
)
from models.people import Person, Role, SignedIn
from models.tables import SignIn
from rules.as_of import day_of, end_of_day
from services.access.audit_log import log
from services.access.clock import clock, present
from services.access.current_user import current_user
from services.access.permission import EVERYONE, requires_role
from services.accounts.sign_in_records import tidy
from services.figures.acting_for import acting_for

LONGEST_TOKEN = 100
DEMONSTRATION = "演示"
"""What stands in the log where an account's name would."""
SEEN_EVERY = timedelta(minutes=1)  # how often a visit is noted


@dataclass(frozen=True)
class FromWhere:
    """The network address of whoever asks, what the browser calls itself, and the digests of earlier sign-ins that it
    remembers.
    """

    address: str
    browser: str = ""
    signed_in_before: tuple[str, ...] = ()


def settings_now(session: Session) -> Mapping[str, Any]:
    return DEFAULTS | settings_at(session, present())


def begin_session(
    session: Session,
    where: FromWhere,
    *,
    account: int | None = None,
    role: Role | None = None,
    unit_id: int | None = None,
) -> str:
    """Return the token of a new sign-in, of an account or of a demonstration in a role."""
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    tidy(session, settings_now(session), now)
    add_sign_in(
        session,
        SignIn(
            token=digest_of(token),
            account_id=account,
            role=role,
            unit_id=unit_id,
            at=now,
            seen_at=now,
            address=where.address,
            browser=where.browser[:200],
        ),
    )
    return token


@requires_role(*EVERYONE)
def last_visit_day() -> date | None:
    """Return the day on which whoever asks was last here in an earlier sign-in, or None for a first visit."""
    person = current_user()
    if person.account is None:
        return None
    with reading() as session:
        instant = last_seen(session, person.account, person.sign_in)
    return day_of(instant) if instant else None


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def signed_in(token: str | None) -> SignedIn | None:
    """Return whose token this is, or None for one that is unknown, ended, idle for too long, too old or of a disabled
    account.
    """
    if not token or len(token) > LONGEST_TOKEN:
        return None
    now = datetime.now(UTC)
    with reading() as session:
        sign_in = find_sign_in(session, digest_of(token))
    if sign_in is None or not _is_live(sign_in, settings_of(database_url(), sign_in.version), now):
        return None
    if now - sign_in.seen_at > SEEN_EVERY:
        _note_seen(sign_in.token, now)
    return SignedIn(replace(_person(sign_in), sign_in=sign_in.token), bool(sign_in.must_change))


@lru_cache(maxsize=2)
def settings_of(database: str, version: int) -> Mapping[str, Any]:
    """Return the settings as they are in one version of the data: every change of one raises it."""
    with reading() as session:
        return settings_now(session)


def _is_live(sign_in: KnownSignIn, settings: Mapping[str, Any], now: datetime) -> bool:
    if (
        sign_in.ended_at is not None
        or sign_in.seen_at <= idle_since(settings, now)
        or sign_in.at <= too_old_since(settings, now)
    ):
        return False
    return sign_in.disabled_at is None if sign_in.account is not None else bool(settings["sample_data"])


def idle_since(settings: Mapping[str, Any], now: datetime) -> datetime:
    return now - timedelta(hours=settings["idle_hours"])


def too_old_since(settings: Mapping[str, Any], now: datetime) -> datetime:
    return now - timedelta(hours=settings["sign_in_hours"])


def _note_seen(token: str, now: datetime) -> None:
    """Nobody waits for it: while an upload is being stored the next look notes it."""
    try:
        with noting(NOT_AT_ALL) as session:
            seen(session, token, now)
    except Busy:
        pass


def _person(sign_in: KnownSignIn) -> Person:
    unit, also = _own_units(database_url(), sign_in.version, sign_in.unit, day_of(clock()))
    if sign_in.account is None:
        return demonstrator(Role(sign_in.role), unit, sign_in.address, also)
    return Person(
        sign_in.person or "",
        Role(sign_in.role),
        unit,
        sign_in.account,
        sign_in.address,
        login=sign_in.login or "",
        also=also,
    )


@lru_cache(maxsize=256)
def _own_units(database: str, version: int, unit: str | None, day: date) -> tuple[str | None, tuple[str, ...]]:
    """The unit that somebody of this unit acts for on a day, and what else is its own."""
    with reading() as session:
        return acting_for(session, unit, end_of_day(day))


def demonstrator(role: Role, unit: str | None, address: str, also: tuple[str, ...] = ()) -> Person:
    name = f"{unit or role.word}（演示）"
    return Person(name, role, unit, None, address, demonstration=True, login=DEMONSTRATION, also=also)


def sign_out(token: str | None) -> None:
    """End the sign-in of this token, wherever it is held."""
    _end(token, "sign out")


def sign_out_everywhere(token: str | None) -> None:
    """End every sign-in of the same account; of a demonstration only its own."""
    _end(token, "sign out everywhere")


def _end(token: str | None, action: str) -> None:
    who = signed_in(token)
    if who is None or token is None:
        return
    person, now = who.person, datetime.now(UTC)
    with noting() as session:
        if action == "sign out everywhere" and person.account is not None:
            end_all_sign_ins(session, person.account, now)
        end_sign_in(session, digest_of(token), now)
        log(session, action, person.name if person.demonstration else person.login, by=person)


def own_sign_ins(person: Person) -> list[tuple[datetime, datetime, str, str]]:
    """Return where a person is signed in at present: (since, last seen, address, browser)."""
    if person.account is None:
        return []
    now = datetime.now(UTC)
    with reading() as session:
        settings = settings_now(session)
        rows = open_sign_ins(session, person.account, too_old_since(settings, now), idle_since(settings, now))
        return [(row.at, row.seen_at, row.address, row.browser) for row in rows]
