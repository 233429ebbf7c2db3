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


def accounts_table(found: Sequence[AccountInfo]) -> Markup:
    return table(COLUMNS, [_row(one) for one in found], css="accounts", labelled=True)


def _row(one: AccountInfo) -> tuple[str, str, str, str, str, str, str | Markup]:
    last = clock(one.last_sign_in) if one.last_sign_in else Markup('<span class="quiet">从未登录</span>')
    return one.name, one.person, one.role.word, one.unit or "", state(one), single_sign_on(one), last


def state(one: AccountInfo) -> str:
    if one.disabled:
        return "已停用"
    return "初始密码过期" if one.expired else "待改密码" if one.must_change else "正常"


def single_sign_on(one: AccountInfo) -> str:
    return "已绑定" if one.bound else "可用" if one.single_sign_on else ""


def matching(found: Sequence[AccountInfo], words: str) -> list[AccountInfo]:
    """Those of which the name, the person, the unit, the role or the state holds what was typed."""
    typed = words.strip().casefold()
    return [
        one
        for one in found
        if any(typed in text.casefold() for text in (one.name, one.person, one.unit or "", one.role.word, state(one)))
    ]


def handed_table(found: Sequence[NewAccount]) -> Markup:
    return table(
        HANDED,
        [(one.name, one.person, Markup('<code class="once">{}</code>').format(one.password)) for one in found],
        css="narrow",
    )
