"""Accounts as a table, and one-time passwords as they are handed over once."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements.facts import clock
from components.elements.tables import Column, table
from services.accounts.register import AccountInfo, NewAccount

COLUMNS = (
    Column("账号", css="nowrap"),
    Column("姓名", css="nowrap"),
    Column("角色", css="nowrap"),
    Column("责任单位"),
    Column("状态", css="nowrap"),
    Column("统一身份登录", css="nowrap"),
    Column("最近登录", css="nowrap"),
)
HANDED = (Column("账号", css="nowrap"), Column("姓名", css="nowrap"), Column("一次性密码", css="nowrap"))


def accounts_table(accounts: Sequence[AccountInfo]) -> Markup:
    return table(COLUMNS, [_row(account) for account in accounts], css="accounts", labelled=True)


def _row(account: AccountInfo) -> tuple[str, str, str, str, str, str, str | Markup]:
    last = clock(account.last_sign_in) if account.last_sign_in else Markup('<span class="quiet">从未登录</span>')
    return (
        account.name,
        account.person,
        account.role.word,
        account.unit or "",
        state(account),
        single_sign_on(account),
        last,
    )


def state(account: AccountInfo) -> str:
    if account.disabled:
        return "已停用"
    return "初始密码过期" if account.expired else "待改密码" if account.must_change else "正常"


def single_sign_on(account: AccountInfo) -> str:
    return "已绑定" if account.bound else "可用" if account.single_sign_on else ""


def matching(accounts: Sequence[AccountInfo], words: str) -> list[AccountInfo]:
    """Those of which the name, the person, the unit, the role or the state holds what was typed."""
    typed = words.strip().casefold()
    return [
        account
        for account in accounts
        if any(
            typed in text.casefold()
            for text in (account.name, account.person, account.unit or "", account.role.word, state(account))
        )
    ]


def handed_table(accounts: Sequence[NewAccount]) -> Markup:
    return table(
        HANDED,
        [
            (account.name, account.person, Markup('<code class="once">{}</code>').format(account.password))
            for account in accounts
        ],
        css="narrow",
    )
