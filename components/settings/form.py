"""The form that changes one setting, with the day from which it holds and the reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.plain import plain
from models.settings import Setting, SettingKind
from services.settings.register import SettingInForce, change_setting


@st.fragment
def setting_form(register: Sequence[SettingInForce], day: date, earliest: date | None, plan: str = "") -> None:
    """Draw the form, of the board's settings or of a plan's own. `day`: what stands in the field of the day;
    `earliest`: the first that may be chosen, any with sample data.
    """
    changeable = {
        current.setting.name: current for current in register if current.setting.kind is not SettingKind.FIXED
    }
    name = st.selectbox(
        "设置项",
        list(changeable),
        format_func=lambda name: changeable[name].setting.title,
        width=320,
        key=f"which setting {plan}",
    )
    setting, seen = changeable[name].setting, len(changeable[name].history)
    st.caption(plain(f"{setting.meaning}现为：{setting.words(changeable[name].value)}。"))
    key = f"setting {name} {plan}".strip()
    with entry_form(key):
        as_board = bool(plan) and st.checkbox(plain(setting.blank or ""), changeable[name].value is None)
        asked_value = _ask(setting, changeable[name].value)
        value = None if as_board else asked_value
        since = (
            st.date_input("生效日期", day, min_value=earliest, format="YYYY-MM-DD", width=220)
            if setting.dated
            else None
        )
        reason = st.text_input("理由（必填，存入记录）", max_chars=200)
        if st.form_submit_button("更改设置"):
            ask_once_more(
                key,
                f"“{setting.title}”将由 {setting.words(changeable[name].value)} 改为"
                f" {_in_words(setting, value)}{_from(since)}。理由：{reason}",
                lambda: _change(setting, value, since, reason, seen, plan),
                reason=reason,
            )
    draw_question(key)


def _ask(setting: Setting, value: Any) -> Any:
    """Draw and return a field of the setting's kind; its bounds are in the label and judged by the service."""
    match setting.kind:
        case SettingKind.NUMBER:
            label = f"改为（{setting.lowest} 至 {setting.highest}，{setting.unit}）"
            return st.number_input(label, value=int(value or setting.lowest), step=1, format="%d", width=220)
        case SettingKind.YES_NO:
            return st.radio("改为", [True, False], index=0 if value else 1, format_func=setting.words, horizontal=True)
        case SettingKind.MONTH:
            return st.text_input(f"改为（形如 2023-06；留空为{setting.blank}）", value or "", max_chars=7, width=320)
        case SettingKind.DAY:
            return st.date_input(
                f"改为（留空为{setting.blank}）",
                date.fromisoformat(value) if value else None,
                format="YYYY-MM-DD",
                width=220,
            )
        case _:
            return st.text_input("改为", value or "", max_chars=setting.highest)


def _in_words(setting: Setting, value: Any) -> str:
    if value in (None, ""):
        return setting.blank if setting.of_plan and setting.blank else "（空）"
    return str(value)


def _change(setting: Setting, value: Any, since: date | None, reason: str, seen: int, plan: str) -> str:
    with st.spinner("正在更改并重新计算受影响的数据…"):
        done = change_setting(setting.name, value, reason=reason, since=since, seen=seen, plan=plan)
    return f"“{setting.title}”已改为{setting.words(done.value)}{_from(since)}：{done.reason}"


def _from(since: date | None) -> str:
    return f"，自 {since} 起生效" if since else "，已生效"
