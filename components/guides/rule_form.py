"""The bureau's decisions on guide rules: the form that switches a rule or changes how grave it is, and the record of
them.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.facts import clock
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.tables import Column, table
from components.guides.tables import severity_chip
from models.guides import ADVICE, ERROR
from services.figures.guide_rule_settings import RULES, RuleBook, RuleEntry, change_rule

STATES = {"启用，性质为错误": (True, ERROR), "启用，性质为建议": (True, ADVICE), "停用": (False, ERROR)}
COLUMNS = (
    Column("生效时间", css="nowrap"),
    Column("规则", css="nowrap"),
    Column("要求"),
    Column("决定", css="nowrap"),
    Column("理由"),
    Column("决定人", css="nowrap"),
)


def rule_form(book: RuleBook, here: PageContext) -> None:
    """A reason is always kept; lamps of earlier dates stay as they were."""
    with entry_form("guide rule"):
        code = st.selectbox(
            "规则", list(RULES), format_func=lambda code: f"{code} {RULES[code].title}（{_state(book, code)}）"
        )
        state = st.radio("改为", list(STATES), index=None, horizontal=True)
        reason = st.text_input("理由（必填，存入记录）", max_chars=200)
        if st.form_submit_button("更改规则"):
            if state is None:
                st.warning("请选择改为哪种状态。")
            else:
                ask_once_more(
                    "guide rule",
                    f"规则 {code} 将改为{state}，今后的指南按此判定，此前日期的红绿灯不变。理由：{reason}",
                    lambda: _change(code, state, reason, here),
                    reason=reason,
                )
    draw_question("guide rule")


def _state(book: RuleBook, code: str) -> str:
    rule = book.rule(code)
    if rule is None:
        return "停用"
    return "建议" if rule.severity == ADVICE else "错误"


def _change(code: str, state: str, reason: str, here: PageContext) -> str:
    enabled, severity = STATES[state]
    change_rule(code, enabled=enabled, severity=severity, reason=reason, at=here.now)
    return f"规则 {code} 已改为{state}：{reason}"


def entries_table(entries: Sequence[RuleEntry]) -> Markup:
    """The newest first."""
    if not entries:
        return empty_state("规则按方案默认设置，没有更改。")
    return table(
        COLUMNS,
        [
            (
                clock(entry.at),
                entry.rule,
                RULES[entry.rule].title,
                severity_chip(entry.severity) if entry.enabled else "停用",
                entry.reason,
                entry.by,
            )
            for entry in reversed(entries)
        ],
    )
