"""Rules by hand on screen: the questions of one guide with what was found, and the form that records an answer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.facts import clock
from components.elements.forms import entry_form, submit
from components.elements.tables import Column, table
from components.guides.sheet import clause_in_words
from services.guides.manual_checks import Question, record

COLUMNS = (
    Column("规则", css="nowrap"),
    Column("方案条款", css="nowrap"),
    Column("问题"),
    Column("结果", css="nowrap"),
    Column("情况"),
    Column("核查时间", css="nowrap"),
    Column("核查人", css="nowrap"),
)
ANSWERS = {"符合": True, "不符合": False}


def questions_table(questions: Sequence[Question]) -> Markup:
    """The last finding holds; one that waits says so."""
    if not questions:
        return empty_state("该事项没有需人工核查的规则。")
    return table(COLUMNS, [_row(question) for question in questions])


def _row(question: Question) -> tuple[str | Markup, ...]:
    cells = (question.rule.code, clause_in_words(question.rule.clause), question.rule.question or question.rule.title)
    if question.waits:
        return *cells, Markup('<span class="chip lamp-to-verify">◇ 待核查</span>'), "", "", ""
    last = question.findings[-1]
    lamp, said = ("done", "● 符合") if last.passed else ("overdue", "■ 不符合")
    earlier = f"（此前核查 {len(question.findings) - 1} 次）" if len(question.findings) > 1 else ""
    return (
        *cells,
        Markup('<span class="chip lamp-{}">{}</span>').format(lamp, said),
        last.note + earlier,
        clock(last.at),
        last.by,
    )


def record_form(questions: Sequence[Question], here: PageContext) -> None:
    """Enters an answer to one of the questions."""
    if not questions:
        return
    titles = {question.rule.code: question.rule.title for question in questions}
    with st.expander("录入核查结果"), entry_form("hand finding", clear_on_submit=True):
        rule = st.selectbox("规则", list(titles), format_func=lambda code: f"{code} {titles[code]}")
        answer = st.radio("结果", list(ANSWERS), index=None, horizontal=True)
        note = st.text_input("情况（不符合的必填，存入记录）", max_chars=200)
        if st.form_submit_button("录入"):
            if answer is None:
                st.warning("请选择符合或不符合。")
            else:
                submit(lambda: _record(questions[0], rule, answer, note, here))


def _record(question: Question, rule: str, answer: str, note: str, here: PageContext) -> str:
    record(rule, question.unit, question.item_code, passed=ANSWERS[answer], note=note, at=here.now)
    return f"规则 {rule} 的核查结果已录入：{answer}"


def waiting_in_words(questions: Sequence[Question]) -> Markup:
    """“G111 两个电话在工作时间内畅通：待核查 12 个，符合 1 个，不符合 1 个”, a line a rule."""
    by_rule: dict[str, list[Question]] = {}
    for question in questions:
        by_rule.setdefault(question.rule.code, []).append(question)
    lines = Markup("<br>").join(_line(same_rule) for same_rule in by_rule.values())
    return Markup('<p class="note">{}</p>').format(lines) if lines else empty_state("没有需人工核查的规则。")


def _line(questions: Sequence[Question]) -> str:
    rule = questions[0].rule
    answered = [question.findings[-1].passed for question in questions if question.findings]
    return (
        f"{rule.code} {rule.title}：待核查 {len(questions) - len(answered):,} 个事项，符合 {sum(answered):,} 个，"
        f"不符合 {len(answered) - sum(answered):,} 个"
    )
