"""Accounts: who may sign in, found by name, number or single sign-on."""

from __future__ import annotations

from sqlmodel import Session, col, func, select

from models.tables import Account, SignIn, UnitRow


def find_account(session: Session, name: str) -> Account | None:
    """Return the account by what is typed to sign in, or None."""
    return session.exec(select(Account).where(Account.name == name)).first()


def account_of_subject(session: Session, subject: str) -> Account | None:
    """Return the account by issuer and subject of single sign-on, or None."""
    return session.exec(select(Account).where(Account.subject == subject)).first()


def account_numbered(session: Session, number: int) -> Account | None:
    return session.get(Account, number)


def unit_of(session: Session, account: Account) -> str | None:
    """Return the present name of the account's unit."""
    unit = session.get(UnitRow, account.unit_id) if account.unit_id is not None else None
    return unit.name if unit else None


def any_account(session: Session) -> bool:
    return session.exec(select(Account.id).limit(1)).first() is not None


def add(session: Session, account: Account) -> None:
    """Store a new account, or the changes of one that was read in another transaction."""
    session.add(account)
    session.flush()


def accounts_listed(session: Session) -> list[tuple[Account, str | None]]:
    """Return every account with the name of its unit, the bureau's first, then by role and name."""
    rows = session.exec(
        select(Account, UnitRow.name)
        .outerjoin(UnitRow, col(UnitRow.id) == col(Account.unit_id))
        .order_by(col(Account.role), col(UnitRow.position), col(Account.name))
    )
    return [(account, unit) for account, unit in rows]


def others_enabled(session: Session, account: Account) -> bool:
    """Return whether anyone else of its role may sign in."""
    others = select(Account.id).where(
        Account.role == account.role, Account.id != account.id, col(Account.disabled_at).is_(None)
    )
    return session.exec(others.limit(1)).first() is not None


def last_sign_ins(session: Session) -> dict[int, object]:
    """Return account number → when it last signed in."""
    rows = session.exec(
        select(SignIn.account_id, func.max(SignIn.at))
        .where(col(SignIn.account_id).is_not(None))
        .group_by(col(SignIn.account_id))
    )
    return {number: at for number, at in rows if number is not None}
