"""Signing in by the district's single sign-on: a known subject enters; the first time it is bound to the account of the
same name, where the bureau has marked that account for it.

Open to strangers: whoever asks is not known yet. Never makes an account.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from data_access import accounts as store
from data_access import audit, identity_provider
from data_access.database import Session, noting
from data_access.identity_provider import ProviderFailed, provider_name
from models.single_sign_on import Asked, Vouched
from models.tables import Account
from services.access.audit_log import log as log_act
from services.access.refusal import RefusedRequest
from services.accounts.attempts import LONGEST_NAME
from services.accounts.sessions import FromWhere, digest_of, settings_now
from services.accounts.sign_in import DISABLED, account_name, admit, owner_of
from services.accounts.sign_in_records import NOBODY, Tried, count_refused, is_counted, tidy

__all__ = ["NoAccount", "come_back", "provider_name", "set_out", "sign_in_vouched"]

log = logging.getLogger(__name__)

FAILED = "统一认证没有完成，请重新登录；多次不成功的，请联系管理员。"


class NoAccount(RefusedRequest):
    """The provider knows the person, the board does not, or no longer."""


def set_out(redirect_to: str) -> tuple[str, Asked]:
    """Return where to send the browser and what it has to bring back. Raises RefusedRequest."""
    try:
        return identity_provider.ask(redirect_to)
    except ProviderFailed as problem:
        log.warning("single sign-on: %s", problem)
        raise RefusedRequest(FAILED) from problem


def come_back(question: Asked | None, code: str | None, redirect_to: str, where: FromWhere) -> str:
    """Return a new token for the code that the browser brought back. Raises NoAccount, else RefusedRequest."""
    if question is None or not code or provider_name() is None:
        raise RefusedRequest(FAILED)
    try:
        vouched = identity_provider.vouched_for(question, code, redirect_to)
    except ProviderFailed as problem:
        log.warning("single sign-on: %s", problem)
        raise RefusedRequest(FAILED) from problem
    return sign_in_vouched(vouched, where)


def sign_in_vouched(vouched: Vouched, where: FromWhere) -> str:
    """Return a new token. Raises NoAccount, which the log shows too: the first at once, more of the same subject by
    their number.
    """
    try:
        return _let_in(vouched, where)
    except NoAccount as refused:
        _log_refused(vouched, where, str(refused))
        raise


def _log_refused(vouched: Vouched, where: FromWhere, reason: str) -> None:
    who, now = (
        Tried(
            f"single sign-on {digest_of(vouched.subject)}", account_name(vouched.name)[:LONGEST_NAME] or vouched.subject
        ),
        datetime.now(UTC),
    )
    with noting() as session:
        tidy(session, settings_now(session), now)
        if not is_counted(session, who.key):
            audit.record(
                session,
                by=NOBODY,
                address=where.address,
                action="sign-in failed",
                subject=who.subject,
                detail={"reason": reason, "subject": vouched.subject},
            )
        count_refused(session, who, where.address, reason, now, entered=True)


def _let_in(vouched: Vouched, where: FromWhere) -> str:
    with noting() as session:
        account = store.account_of_subject(session, vouched.subject) or _of_that_name(session, vouched)
        if account.disabled_at is not None:
            raise NoAccount(DISABLED)
        if not account.single_sign_on:
            raise NoAccount(
                f"统一认证已通过，但账号“{account.name}”没有开通统一身份登录。请联系管理局开通，或用密码登录。"
            )
        if account.subject is None:
            _bind(session, account, vouched, where)
        return admit(session, account, where)


def _of_that_name(session: Session, vouched: Vouched) -> Account:
    """The account that nobody has come to by single sign-on yet. Raises NoAccount."""
    account = store.find_account(session, account_name(vouched.name)) if vouched.name else None
    if account is None:
        name = f"“{vouched.name}”" if vouched.name else ""
        raise NoAccount(f"统一认证已通过，但看板中没有账号{name}。请联系管理局添加账号。")
    if account.subject is not None:
        raise NoAccount(f"账号“{account.name}”已绑定另一个统一身份。请联系管理局核实。")
    return account


def _bind(session: Session, account: Account, vouched: Vouched, where: FromWhere) -> None:
    """A one-time password not used is void from then on."""
    before = {"subject": None, "one_time_password": account.must_change and account.password is not None}
    account.subject = vouched.subject
    if account.must_change:
        account.password, account.must_change = None, False
    store.add(session, account)
    log_act(
        session,
        "bind",
        account.name,
        before=before,
        after={"subject": vouched.subject, "one_time_password": False},
        by=owner_of(session, account, where),
    )
