"""Sign-ins by the hash of their token, and the attempts that failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, func, or_, select, update

from models.tables import Account, DataVersion, FailedSignIn, RefusedAttempts, SignIn, UnitRow


@dataclass(frozen=True, slots=True)
class KnownSignIn:
    """A sign-in with its account's person and unit; of a demonstration the role and unit it took. `version` is the
    data's.
    """

    token: str
    at: datetime
    seen_at: datetime
    ended_at: datetime | None
    address: str
    account: int | None
    login: str | None
    person: str | None
    role: str
    unit: str | None
    must_change: bool | None
    disabled_at: datetime | None
    version: int


def find_sign_in(session: Session, token: str) -> KnownSignIn | None:
    """Return the sign-in by the SHA-256 of its token, or None. Columns and no objects: every request and every answer
    of a page calls it.
    """
    row = session.execute(_FIND, {"token": token}).first()
    return KnownSignIn(*row) if row else None


_FIND = (
    sa_select(
        col(SignIn.token),
        col(SignIn.at),
        col(SignIn.seen_at),
        col(SignIn.ended_at),
        col(SignIn.address),
        col(SignIn.account_id),
        col(Account.name),
        col(Account.person),
        func.coalesce(Account.role, SignIn.role),
        col(UnitRow.name),
        col(Account.must_change),
        col(Account.disabled_at),
        sa_select(col(DataVersion.version)).scalar_subquery(),
    )
    .outerjoin(Account, col(Account.id) == col(SignIn.account_id))
    .outerjoin(UnitRow, col(UnitRow.id) == func.coalesce(Account.unit_id, SignIn.unit_id))
    .where(col(SignIn.token) == bindparam("token"))
)


def add_sign_in(session: Session, row: SignIn) -> None:
    session.add(row)
    session.flush()


def seen(session: Session, token: str, at: datetime) -> None:
    session.exec(update(SignIn).where(col(SignIn.token) == token).values(seen_at=at))


def end_sign_in(session: Session, token: str, at: datetime) -> None:
    session.exec(update(SignIn).where(col(SignIn.token) == token, col(SignIn.ended_at).is_(None)).values(ended_at=at))


def end_every_sign_in(session: Session, at: datetime) -> int:
    """Return how many sign-ins were ended; nobody is signed in any longer."""
    return int(session.exec(update(SignIn).where(col(SignIn.ended_at).is_(None)).values(ended_at=at)).rowcount)


def end_all_sign_ins(session: Session, account_id: int, at: datetime) -> None:
    session.exec(
        update(SignIn).where(col(SignIn.account_id) == account_id, col(SignIn.ended_at).is_(None)).values(ended_at=at)
    )


def last_seen(session: Session, account_id: int, token: str) -> datetime | None:
    """Return when the account was last seen in a sign-in other than this one, or None."""
    query = select(func.max(col(SignIn.seen_at))).where(
        col(SignIn.account_id) == account_id, col(SignIn.token) != token
    )
    return session.exec(query).one()


def open_sign_ins(session: Session, account_id: int, begun_after: datetime, seen_after: datetime) -> list[SignIn]:
    """Return the sign-ins of an account that have not ended, the latest first."""
    return list(
        session.exec(
            select(SignIn)
            .where(
                SignIn.account_id == account_id,
                col(SignIn.ended_at).is_(None),
                SignIn.at > begun_after,
                SignIn.seen_at > seen_after,
            )
            .order_by(col(SignIn.seen_at).desc())
        )
    )


def last_sign_in(session: Session, name: str) -> datetime | None:
    """Return when the account of this name last signed in."""
    return session.exec(
        select(func.max(SignIn.at)).join(Account, col(Account.id) == col(SignIn.account_id)).where(Account.name == name)
    ).first()


def failures(session: Session, since: datetime, *, name: str | None = None, address: str | None = None) -> int:
    """Return failed attempts with this name, from this address, or both."""
    counted = select(func.count()).select_from(FailedSignIn).where(FailedSignIn.at > since)
    if name is not None:
        counted = counted.where(FailedSignIn.name == name)
    if address is not None:
        counted = counted.where(FailedSignIn.address == address)
    return session.exec(counted).one()


def add_failure(session: Session, name: str, address: str, at: datetime) -> int:
    row = FailedSignIn(name=name, address=address, at=at)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def forget_failure(session: Session, number: int) -> None:
    session.exec(delete(FailedSignIn).where(col(FailedSignIn.id) == number))


def forget_failures(session: Session, name: str) -> None:
    session.exec(delete(FailedSignIn).where(col(FailedSignIn.name) == name))


def forget_old(session: Session, before: datetime) -> None:
    """Delete failures and sign-ins from before an instant; the latest sign-in of each account stays, so that one sees
    when it was.
    """
    session.exec(delete(FailedSignIn).where(col(FailedSignIn.at) < before))
    later = aliased(SignIn)
    superseded = (
        select(later.token)
        .where(col(later.account_id) == col(SignIn.account_id), col(later.at) > col(SignIn.at))
        .exists()
    )
    session.exec(delete(SignIn).where(col(SignIn.at) < before, or_(col(SignIn.account_id).is_(None), superseded)))


def refused_attempts(session: Session, key: str) -> RefusedAttempts | None:
    return session.get(RefusedAttempts, key)


def count_refused(
    session: Session, key: str, *, subject: str, typed: str, address: str, reason: str, at: datetime, first: int
) -> None:
    """Count one more with this key; a new key begins at `first`."""
    row = refused_attempts(session, key)
    if row is None:
        row = RefusedAttempts(
            key=key, subject=subject, typed=typed, address=address, reason=reason, since=at, last_at=at, attempts=first
        )
    else:
        row.attempts, row.last_at = row.attempts + 1, at
    session.add(row)
    session.flush()


def take_refused(session: Session, until: datetime) -> list[RefusedAttempts]:
    """Return the keys of which the first was refused by then, and delete them."""
    rows = list(
        session.exec(select(RefusedAttempts).where(RefusedAttempts.since <= until).order_by(col(RefusedAttempts.since)))
    )
    for row in rows:
        session.delete(row)
    session.flush()
    return rows
