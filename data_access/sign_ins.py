"""Sign-ins by the hash of their token, and the attempts that failed."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, delete, func, or_, select, update

from models.tables import Account, FailedSignIn, SignIn, UnitRow


def find_sign_in(session: Session, token: str) -> tuple[SignIn, Account | None, str | None] | None:
    """By the SHA-256 of its token, with the account and the name of the unit; neither where it is a demonstration."""
    unit_id = func.coalesce(Account.unit_id, SignIn.unit_id)
    found = session.exec(
        select(SignIn, Account, UnitRow.name)
        .outerjoin(Account, col(Account.id) == col(SignIn.account_id)).outerjoin(UnitRow, col(UnitRow.id) == unit_id)
        .where(SignIn.token == token)).first()
    return (found[0], found[1], found[2]) if found else None


def add_sign_in(session: Session, row: SignIn) -> None:
    session.add(row)
    session.flush()


def seen(session: Session, token: str, at: datetime) -> None:
    session.exec(update(SignIn).where(col(SignIn.token) == token).values(seen_at=at))


def end_sign_in(session: Session, token: str, at: datetime) -> None:
    session.exec(update(SignIn).where(col(SignIn.token) == token, col(SignIn.ended_at).is_(None)).values(ended_at=at))


def end_all_sign_ins(session: Session, account_id: int, at: datetime) -> None:
    session.exec(update(SignIn).where(col(SignIn.account_id) == account_id, col(SignIn.ended_at).is_(None)).values(ended_at=at))


def open_sign_ins(session: Session, account_id: int, begun_after: datetime, seen_after: datetime) -> list[SignIn]:
    """Those of an account that have not ended, the latest first."""
    return list(session.exec(select(SignIn).where(
        SignIn.account_id == account_id, col(SignIn.ended_at).is_(None), SignIn.at > begun_after, SignIn.seen_at > seen_after)
        .order_by(col(SignIn.seen_at).desc())))


def last_sign_in(session: Session, name: str) -> datetime | None:
    """When the account of this name last signed in."""
    return session.exec(
        select(func.max(SignIn.at)).join(Account, col(Account.id) == col(SignIn.account_id)).where(Account.name == name)).first()


def failures(session: Session, since: datetime, *, name: str | None = None, address: str | None = None) -> int:
    """Failed attempts with this name, or from this address."""
    of_whom = FailedSignIn.name == name if name is not None else FailedSignIn.address == address
    return session.exec(select(func.count()).select_from(FailedSignIn).where(of_whom, FailedSignIn.at > since)).one()


def add_failure(session: Session, name: str, address: str, at: datetime) -> int:
    row = FailedSignIn(name=name, address=address, at=at)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def forget_failure(session: Session, number: int) -> None:
    session.exec(delete(FailedSignIn).where(col(FailedSignIn.id) == number))


def forget_failures(session: Session, *, name: str | None = None, before: datetime | None = None) -> None:
    """Those with this name, and those older than a day named."""
    wanted = [condition for condition in (
        col(FailedSignIn.name) == name if name is not None else None,
        col(FailedSignIn.at) < before if before is not None else None) if condition is not None]
    session.exec(delete(FailedSignIn).where(or_(*wanted)))
