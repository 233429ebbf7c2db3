"""The bureau keeps the accounts: added, disabled, enabled, given a new one-time password."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from data_access import accounts as store
from data_access.database import Session, noting, reading
from data_access.plan_store import units
from data_access.sign_ins import end_all_sign_ins, forget_failures
from models.people import Role
from models.tables import Account
from services.access.audit_log import log
from services.access.current_user import current_user
from services.access.permission import requires_role
from services.access.refusal import RefusedRequest
from services.accounts import passwords
from services.accounts.sessions import settings_now
from services.accounts.sign_in import account_name, is_expired

NAME = re.compile(r"[\w.@-]{2,50}")


@dataclass(frozen=True)
class AccountInfo:
    """An account as the bureau sees it; nothing of its password."""

    name: str
    person: str
    role: Role
    unit: str | None
    disabled: bool
    must_change: bool  # the one-time password has not been changed yet
    expired: bool  # nor can it be any more
    single_sign_on: bool  # marked by the bureau
    bound: bool  # somebody has come to it by single sign-on
    last_sign_in: Any  # datetime, None for never


@dataclass(frozen=True)
class NewAccount:
    """What is told once and kept nowhere: the one-time password."""

    name: str
    person: str
    password: str


@requires_role(Role.BUREAU)
def accounts() -> tuple[AccountInfo, ...]:
    """Return every account. Not to be cached: changes of accounts do not raise the data version."""
    with reading() as session:
        last, settings, now = store.last_sign_ins(session), settings_now(session), datetime.now(UTC)
        return tuple(
            AccountInfo(
                account.name,
                account.person,
                Role(account.role),
                unit,
                account.disabled_at is not None,
                account.must_change and account.password is not None,
                is_expired(account, settings, now),
                account.single_sign_on,
                account.subject is not None,
                last.get(account.id or 0),
            )
            for account, unit in store.accounts_listed(session)
        )


@requires_role(Role.BUREAU)
def add_account(
    name: str, person: str, role: str, unit: str | None = None, *, single_sign_on: bool = False
) -> NewAccount:
    """Raises RefusedRequest."""
    with noting() as session:
        added = new_account(session, name, person, role, unit, single_sign_on=single_sign_on)
        log(
            session,
            "add account",
            added.name,
            after={"person": added.person, "role": str(role), "unit": unit, "single_sign_on": single_sign_on},
        )
        return added


def new_account(
    session: Session, name: str, person: str, role: str, unit: str | None, *, single_sign_on: bool
) -> NewAccount:
    """Raises RefusedRequest for a name that is taken or no name, and for a unit that is missing, unknown or out of
    place.
    """
    known_as, called = account_name(name), person.strip()
    if not NAME.fullmatch(known_as):
        raise RefusedRequest(f"账号“{name}”应为 2 至 50 个字母、数字、汉字或 . _ - @。")
    if not called:
        raise RefusedRequest("请填写姓名。")
    if store.find_account(session, known_as) is not None:
        raise RefusedRequest(f"账号“{known_as}”已经存在。")
    password = passwords.one_time_password()
    now = datetime.now(UTC)
    store.add(
        session,
        Account(
            name=known_as,
            person=called,
            role=Role(role),
            unit_id=_unit_id(session, Role(role), unit),
            password=passwords.hashed(password),
            single_sign_on=single_sign_on,
            given_at=now,
            created_at=now,
        ),
    )
    return NewAccount(known_as, called, password)


def _unit_id(session: Session, role: Role, unit: str | None) -> int | None:
    if role is not Role.UNIT:
        if unit:
            raise RefusedRequest(f"角色为{role.word}的账号不填责任单位。")
        return None
    if not unit:
        raise RefusedRequest("角色为责任单位的账号须填写责任单位。")
    unit_id = next((row.id for row in units(session).values() if unit in (row.name, *row.aliases)), None)
    if unit_id is None:
        raise RefusedRequest(f"单位名册中没有“{unit}”，请先在单位名册中登记。")
    return unit_id


@requires_role(Role.BUREAU)
def disable_account(name: str) -> None:
    """Disable an account; its sign-ins end at once. Raises RefusedRequest."""
    with noting() as session:
        account = _existing(session, name)
        if account.id == current_user().account:
            raise RefusedRequest("不能停用自己的账号。")
        if account.disabled_at is not None:
            raise RefusedRequest(f"账号“{account.name}”已经停用。")
        if account.role == Role.BUREAU and not store.others_enabled(session, account):
            raise RefusedRequest(f"“{account.name}”是管理局最后一个可用的账号，不能停用。请先新增或启用另一个。")
        account.disabled_at = datetime.now(UTC)
        _end_all(session, account)
        log(session, "disable account", account.name, before={"enabled": True}, after={"enabled": False})


@requires_role(Role.BUREAU)
def enable_account(name: str) -> None:
    """Raises RefusedRequest."""
    with noting() as session:
        account = _existing(session, name)
        if account.disabled_at is None:
            raise RefusedRequest(f"账号“{account.name}”没有停用。")
        account.disabled_at = None
        store.add(session, account)
        log(session, "enable account", account.name, before={"enabled": False}, after={"enabled": True})


@requires_role(Role.BUREAU)
def allow_single_sign_on(name: str, *, allowed: bool) -> None:
    """Let an account sign in by the provider, or no longer: then it is unbound and its sign-ins end. Raises
    RefusedRequest.
    """
    with noting() as session:
        account = _existing(session, name)
        if account.single_sign_on == allowed:
            raise RefusedRequest(f"账号“{account.name}”本来就{'可以' if allowed else '不能'}用统一身份登录。")
        before = {"single_sign_on": account.single_sign_on, "subject": account.subject}
        account.single_sign_on, account.subject = allowed, None
        if allowed:
            store.add(session, account)
        else:
            _end_all(session, account)
        log(session, "single sign-on", account.name, before=before, after={"single_sign_on": allowed, "subject": None})


@requires_role(Role.BUREAU)
def reset_password(name: str) -> NewAccount:
    """Return a new one-time password of the account, whose sign-ins and lock-out end. Raises RefusedRequest."""
    password = passwords.one_time_password()
    with noting() as session:
        account = _existing(session, name)
        before = {"password_given_at": account.given_at if account.must_change else None}
        account.password, account.must_change, account.given_at = passwords.hashed(password), True, datetime.now(UTC)
        _end_all(session, account)
        forget_failures(session, account.name)
        log(session, "reset password", account.name, before=before, after={"password_given_at": account.given_at})
        return NewAccount(account.name, account.person, password)


def _existing(session: Session, name: str) -> Account:
    account = store.find_account(session, account_name(name))
    if account is None:
        raise RefusedRequest(f"没有账号“{name}”。")
    return account


def _end_all(session: Session, account: Account) -> None:
    store.add(session, account)
    end_all_sign_ins(session, account.id or 0, datetime.now(UTC))
