"""Signing in: by account and password, in the sample district by choosing a role; and a new password for oneself.

Open to strangers: whoever asks is not known yet.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from data_access import accounts as store
from data_access.database import Session, noting, reading
from data_access.plan_store import units
from data_access.sign_ins import end_all_sign_ins
from data_access.unit_changes import unit_changes
from models.people import Person, Role
from models.tables import Account
from rules.as_of import day_of, end_of_day
from rules.units.changes import ending, in_force
from services.access.audit_log import log
from services.access.clock import clock
from services.access.refusal import RefusedRequest
from services.accounts import passwords
from services.accounts.attempts import begin_attempt, failed, succeeded
from services.accounts.sessions import FromWhere, begin_session, demonstrator, settings_now
from services.figures.acting_for import acting_for

WRONG = "账号或密码不正确。"
DISABLED = "账号已停用，请联系管理局。"


def account_name(typed: str) -> str:
    """Return what is typed to sign in, in one form: full-width letters and capitals make no difference."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def sign_in(name: str, password: str, where: FromWhere) -> str:
    """Return a new token. Raises RefusedRequest, in the same words for an unknown name and a wrong password."""
    attempt = begin_attempt(account_name(name), where)
    with reading() as session:
        account, settings = store.find_account(session, account_name(name)), settings_now(session)
    if not passwords.matches(account.password if account else None, password) or account is None:
        failed(attempt)
        raise RefusedRequest(WRONG)
    if account.disabled_at is not None:
        failed(attempt, DISABLED)
        raise RefusedRequest(DISABLED)
    if is_expired(account, settings, datetime.now(UTC)):
        failed(attempt, "初始密码已过有效期")
        raise RefusedRequest(f"初始密码已超过 {settings['first_password_days']} 天的有效期，请联系管理局重置。")
    with noting() as session:
        succeeded(session, attempt)
        if passwords.is_outdated(account.password or ""):
            account.password = passwords.hashed(password)
            store.add(session, account)
        return admit(session, account, where)


def is_expired(account: Account, settings: Mapping[str, Any], now: datetime) -> bool:
    """Return whether a password given by somebody else was not made the owner's own in time."""
    given = account.given_at if account.must_change and account.password is not None else None
    return given is not None and given + timedelta(days=settings["first_password_days"]) <= now


def admit(session: Session, account: Account, where: FromWhere) -> str:
    """Return a new token for an account that has proved to be its owner's."""
    log(session, "sign in", account.name, by=owner_of(session, account, where))
    return begin_session(session, where, account=account.id)


def owner_of(session: Session, account: Account, where: FromWhere) -> Person:
    """Return the person whose account it is."""
    unit, also = acting_for(session, store.unit_of(session, account), end_of_day(day_of(clock())))
    return Person(account.person, Role(account.role), unit, account.id, where.address, login=account.name, also=also)


def demonstration_units() -> list[str] | None:
    """Return the units whose part a visitor may take, or None where no demonstration is offered because the data are
    not a sample's.
    """
    with reading() as session:
        if not settings_now(session)["sample_data"]:
            return None
        now = end_of_day(day_of(clock()))
        changes = in_force(unit_changes(session), now)
        return [unit.name for unit in units(session, now).values() if ending(unit.id, changes) is None]


def demonstrate(role: str, unit: str | None, where: FromWhere) -> str:
    """Return a new token without an account. Raises RefusedRequest for anything but sample data."""
    with noting() as session:
        if not settings_now(session)["sample_data"]:
            raise RefusedRequest("演示身份仅在示例数据中提供。")
        if role not in set(Role):
            raise RefusedRequest("没有这个演示身份，请重新选择。")
        chosen = next((row for row in units(session).values() if row.name == unit), None) if role == Role.UNIT else None
        if role == Role.UNIT and chosen is None:
            raise RefusedRequest("请选择责任单位。")
        person = demonstrator(Role(role), chosen.name if chosen else None, where.address)
        log(session, "sign in", person.name, by=person)
        return begin_session(session, where, role=person.role, unit_id=chosen.id if chosen else None)


def change_password(person: Person, current: str, new: str, repeated: str, where: FromWhere) -> str:
    """Return a new token after setting a new password; every other sign-in of the account ends. Raises
    RefusedRequest.
    """
    with reading() as session:
        account = store.account_numbered(session, person.account) if person.account is not None else None
    if account is None:
        raise RefusedRequest("演示身份没有密码。")
    if account.password is None:
        raise RefusedRequest("本账号使用统一认证登录，密码请在统一认证系统中修改。")
    if new != repeated:
        raise RefusedRequest("两次输入的新密码不一致。")
    passwords.check_new(new, account.name)
    attempt = begin_attempt(account.name, where)
    if not passwords.matches(account.password, current):
        failed(attempt)
        raise RefusedRequest("当前密码不正确。")
    if passwords.plain(new) == passwords.plain(current):
        raise RefusedRequest("新密码不能与当前密码相同。")
    account.password, account.must_change = passwords.hashed(new), False
    with noting() as session:
        succeeded(session, attempt)
        store.add(session, account)
        end_all_sign_ins(session, person.account or 0, datetime.now(UTC))
        log(session, "change password", account.name, by=replace(person, address=where.address))
        return begin_session(session, where, account=account.id)
