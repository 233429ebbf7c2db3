"""The bureau's decisions on guide rules: the form that switches a rule or changes how grave it is, and the record of
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from components.elements.empty_state import empty_state
from components.elements.facts import clock
from components.elements.tables import Column, table
from components.guides.tables import severity_chip
from models.guides import ADVICE, ERROR
from rules.as_of import SHANGHAI
from services.access.refusal import RefusedRequest
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


def rule_form(book: RuleBook, at: datetime | None) -> None:
    """A reason is always kept; lamps of earlier dates stay as they were."""
    said = st.session_state.pop("rule changed", None)
    if said:
        st.success(said)
    with st.form("guide rule"):
        code = st.selectbox(
            "规则", list(RULES), format_func=lambda code: f"{code} {RULES[code].title}（{_state(book, code)}）"
        )
        state = st.radio("改为", list(STATES), index=None, horizontal=True)
        reason = st.text_input("理由（必填，存入记录）", max_chars=200)
        if st.form_submit_button("更改规则"):
            _change(code, state, reason, at)


def _state(book: RuleBook, code: str) -> str:
    rule = book.rule(code)
    if rule is None:
        return "停用"
    return "建议" if rule.severity == ADVICE else "错误"


def _change(code: str, state: str | None, reason: str, at: datetime | None) -> None:
    if state is None:
        st.warning("请选择改为哪种状态。")
        return
    enabled, severity = STATES[state]
    try:
        change_rule(code, enabled=enabled, severity=severity, reason=reason, at=at or datetime.now(SHANGHAI))
    except RefusedRequest as refused:
        st.warning(str(refused))
        return
    st.session_state["rule changed"] = f"规则 {code} 已改为{state}：{reason}"
    st.rerun()


def entries_table(entries: Sequence[RuleEntry]) -> Markup:
    """The newest first."""
    if not entries:
        return empty_state("规则按方案默认设置，没有更改。")
    return table(
        COLUMNS,
        [
            (
                clock(one.at),
                one.rule,
                RULES[one.rule].title,
                severity_chip(one.severity) if one.enabled else "停用",
                one.reason,
                one.by,
            )
            for one in reversed(entries)
        ],
    )
