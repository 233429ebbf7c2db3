"""The forms by which the bureau adds, disables, enables and imports accounts; a one-time password is shown once and
kept nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st
from markupsafe import Markup

from components.accounts.tables import handed_table
from components.elements.context import PageContext
from components.elements.empty_state import note, section
from components.elements.file_types import WORKBOOKS
from components.elements.forms import ask_once_more, draw_question, entry_form, submit
from components.elements.links import download
from components.elements.offered_files import offer_file
from components.elements.page_header import head
from components.elements.rendering import render
from components.elements.uploader import file_uploader
from models.people import WORDS, Role
from services.accounts.import_accounts import import_accounts, passwords_workbook
from services.accounts.register import (
    AccountInfo,
    NewAccount,
    add_account,
    allow_single_sign_on,
    disable_account,
    enable_account,
    reset_password,
)

HANDED = "one-time passwords"  # held in this visit's memory until the next run of the page has shown them


@st.fragment
def add_form(units: Sequence[str]) -> None:
    with entry_form("add account"):
        left, right = st.columns(2)
        name = left.text_input("账号（登录时输入）", max_chars=50, autocomplete="off")
        person = right.text_input("姓名", max_chars=40)
        role = left.selectbox("角色", list(WORDS), index=None, placeholder="请选择角色", format_func=WORDS.__getitem__)
        unit = right.selectbox("责任单位（仅角色为责任单位的填写）", units, index=None, placeholder="请选择单位")
        single_sign_on = st.checkbox("可用统一身份登录")
        if st.form_submit_button("新增账号"):
            _add(name, person, role, unit, single_sign_on=single_sign_on)


def _add(name: str, person: str, role: Role | None, unit: str | None, *, single_sign_on: bool) -> None:
    if role is None:
        st.warning("请选择角色。")
        return
    submit(lambda: _hand_over([add_account(name, person, role, unit, single_sign_on=single_sign_on)]))


@st.fragment
def change_form(accounts: Sequence[AccountInfo]) -> None:
    known = {account.name: account for account in accounts}
    name = st.selectbox(
        "选择账号",
        list(known),
        index=None,
        placeholder="请选择账号",
        format_func=lambda name: f"{name} {known[name].person}",
        width=320,
    )
    if name is None:
        return
    key = f"account {name}"
    if known[name].disabled:
        if st.button("启用账号"):
            submit(lambda: _changed(enable_account, name, "已启用"))
        return
    st.caption(
        "重置密码后，原密码和已有的登录立即失效。停用的账号不能登录，已有的登录立即退出，做过的事仍留姓名。"
        "开通统一身份登录后，统一认证中同名的人首次进入时与账号绑定；取消的，解除绑定并立即退出。"
    )
    allowed = known[name].single_sign_on
    with st.container(horizontal=True):
        reset, disable = st.button("重置密码"), st.button("停用账号")
        change = st.button("取消统一身份登录" if allowed else "开通统一身份登录")
    if disable:
        ask_once_more(
            key,
            f"账号“{name}”将停用，已有的登录立即退出。",
            lambda: _changed(disable_account, name, "已停用"),
            yes="确认停用",
        )
    if change:
        done = "已取消统一身份登录" if allowed else "已开通统一身份登录"
        switch = partial(allow_single_sign_on, allowed=not allowed)
        effect = "解除绑定并立即退出" if allowed else "统一认证中同名的人首次进入时与账号绑定"
        ask_once_more(key, f"账号“{name}”将{done[1:]}，{effect}。", lambda: _changed(switch, name, done))
    if reset:
        ask_once_more(
            key,
            f"账号“{name}”的原密码和已有的登录将立即失效。",
            lambda: _hand_over([reset_password(name)]),
            yes="确认重置",
        )
    draw_question(key)


def _changed(change: Callable[[str], None], name: str, done: str) -> str:
    change(name)
    return f"账号“{name}”{done}。"


@st.fragment
def import_form() -> None:
    template = download("账号模板", "/templates/accounts")
    render(note(Markup("下载{}。只新增账号；有一处错误，一个也不导入。").format(template)))
    file = file_uploader("账号工作簿（.xlsx .xlsm .xls .xlsb .ods .csv）", type=WORKBOOKS)
    if file is None or not st.button("导入账号"):
        return
    submit(lambda: _hand_over(import_accounts(file.getvalue(), file.name)))


def _hand_over(added: Sequence[NewAccount]) -> str:
    """Keep the passwords for the next run of the page, which shows the passwords and nothing else."""
    st.session_state[HANDED] = tuple(added)
    return ""


def passwords_to_hand_over() -> tuple[NewAccount, ...]:
    """Return the passwords and forget them: the next run of the page knows them no more."""
    handed: tuple[NewAccount, ...] = st.session_state.pop(HANDED, ())
    return handed


def hand_over(handed: tuple[NewAccount, ...], here: PageContext) -> None:
    """Draw, instead of the page, the passwords, to be read out, printed or downloaded now."""
    render(
        head(
            "管理 · 账号",
            f"{len(handed)} 个账号的一次性密码",
            "只显示这一次，系统不留存；离开或刷新本页后不能再看，遗失的请重置。",
        )
    )
    render(section("请交给本人", "首次登录须改为自己的密码") + handed_table(handed, here))
    render(note("本页可以打印；打印件和下载的文件请在交付后销毁。"))
    with st.container(horizontal=True, vertical_alignment="center"):
        render(offer_file("下载（.xlsx）", "一次性密码.xlsx", lambda: passwords_workbook(handed)))
        st.button("已交付，返回账号列表", type="primary")
