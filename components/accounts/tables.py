"""Accounts as a table, and one-time passwords as they are handed over once."""

from __future__ import annotations

from collections.abc import Sequence

from components.elements.context import PageContext
from components.elements.facts import clock
from components.elements.phrases import code, quiet
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, draw_table, table_parts
from services.accounts.register import AccountInfo, NewAccount

ON_A_PAGE = 100


def draw_accounts(accounts: Sequence[AccountInfo], here: PageContext) -> None:
    """Draw every account with its person, role, state and last sign-in."""
    columns = (
        Column[AccountInfo]("account", "账号", lambda account: account.name, width=Width.UNBROKEN),
        Column[AccountInfo]("person", "姓名", lambda account: account.person, width=Width.UNBROKEN),
        Column[AccountInfo]("role", "角色", lambda account: account.role.word, width=Width.UNBROKEN, is_filter=True),
        Column[AccountInfo]("unit", "责任单位", lambda account: account.unit, Kind.UNIT, is_filter=True),
        Column[AccountInfo]("state", "状态", state, width=Width.UNBROKEN, is_filter=True),
        Column[AccountInfo]("single_sign_on", "统一身份登录", single_sign_on, width=Width.UNBROKEN),
        Column[AccountInfo](
            "last",
            "最近登录",
            lambda account: account.last_sign_in,
            Kind.MOMENT,
            Width.UNBROKEN,
            drawn=lambda account: clock(account.last_sign_in) if account.last_sign_in else quiet("从未登录"),
        ),
    )
    table = Table(
        "",
        "账号",
        columns,
        counted="个账号",
        page_size=ON_A_PAGE,
        nothing="还没有账号。",
        what_to_do="在上方新增，或用工作簿导入。",
    )
    draw_table(table, accounts, here)


def state(account: AccountInfo) -> str:
    if account.disabled:
        return "已停用"
    return "初始密码过期" if account.expired else "待改密码" if account.must_change else "正常"


def single_sign_on(account: AccountInfo) -> str:
    return "已绑定" if account.bound else "可用" if account.single_sign_on else ""


def handed_table(accounts: Sequence[NewAccount], here: PageContext) -> Parts:
    """Return one-time passwords as they are handed over; the file of them is offered beside it."""
    columns = (
        Column[NewAccount]("account", "账号", lambda account: account.name, width=Width.UNBROKEN),
        Column[NewAccount]("person", "姓名", lambda account: account.person, width=Width.UNBROKEN),
        Column[NewAccount](
            "password",
            "一次性密码",
            lambda account: account.password,
            width=Width.UNBROKEN,
            drawn=lambda account: code(account.password, css="once"),
        ),
    )
    table = Table("handed", "一次性密码", columns, page_size=None, is_exported=False, is_whole=False, css="narrow")
    return table_parts(table, accounts, here)
