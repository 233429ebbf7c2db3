"""The bureau's decisions on guide rules: the form that switches a rule or changes how grave it is, and the record of
them.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.elements.context import PageContext
from components.elements.forms import as_drawn, ask_once_more, draw_question, entry_form
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.guides.tables import SEVERITY_WORDS, severity_chip
from models.guides import ADVICE, ERROR
from services.figures.guide_rule_settings import RULES, RuleBook, RuleEntry, change_rule

STATES = {"启用，性质为错误": (True, ERROR), "启用，性质为建议": (True, ADVICE), "停用": (False, ERROR)}


def rule_form(book: RuleBook, here: PageContext) -> None:
    """Draw the form. A reason is always kept; lamps of earlier dates stay as they were."""
    with entry_form("guide rule"):
        code = st.selectbox(
            "规则", list(RULES), format_func=lambda code: f"{code} {RULES[code].title}（{_state(book, code)}）"
        )
        state = st.radio("改为", list(STATES), index=None, horizontal=True)
        reason = st.text_input("理由（必填，存入记录）", max_chars=200)
        handed_in = st.form_submit_button("更改规则")
        entries = as_drawn("guide rule", [entry.rule for entry in book.entries], handed_in=handed_in)
        if handed_in:
            if state is None:
                st.warning("请选择改为哪种状态。")
            else:
                ask_once_more(
                    "guide rule",
                    f"规则 {code} 将改为{state}，今后的指南按此判定，此前日期的红绿灯不变。理由：{reason}",
                    lambda: _change(code, state, reason, here, entries.count(code)),
                    reason=reason,
                )
    draw_question("guide rule")


def _state(book: RuleBook, code: str) -> str:
    rule = book.rule(code)
    if rule is None:
        return "停用"
    return "建议" if rule.severity == ADVICE else "错误"


def _change(code: str, state: str, reason: str, here: PageContext, seen: int) -> str:
    enabled, severity = STATES[state]
    change_rule(code, enabled=enabled, severity=severity, reason=reason, at=here.now, seen=seen)
    return f"规则 {code} 已改为{state}：{reason}"


def entries_table(entries: Sequence[RuleEntry], here: PageContext) -> Parts:
    """Return the decisions, the newest first."""
    columns = (
        Column[RuleEntry]("at", "生效时间", lambda entry: entry.at, Kind.MOMENT, Width.UNBROKEN),
        Column[RuleEntry]("rule", "规则", lambda entry: entry.rule, width=Width.UNBROKEN),
        Column[RuleEntry]("title", "要求", lambda entry: RULES[entry.rule].title),
        Column[RuleEntry](
            "decision",
            "决定",
            lambda entry: SEVERITY_WORDS[entry.severity] if entry.enabled else "停用",
            width=Width.UNBROKEN,
            drawn=lambda entry: severity_chip(entry.severity) if entry.enabled else "停用",
        ),
        Column[RuleEntry]("reason", "理由", lambda entry: entry.reason),
        Column[RuleEntry]("by", "决定人", lambda entry: entry.by, width=Width.UNBROKEN),
    )
    table = Table("rule_entries", "规则设置", columns, counted="项决定", nothing="规则按方案默认设置，没有更改。")
    return table_parts(table, list(reversed(entries)), here)
