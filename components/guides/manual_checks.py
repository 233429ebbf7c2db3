"""Rules by hand on screen: the questions of one guide with what was found, and the form that records an answer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import empty_state, note
from components.elements.forms import entry_form, submit
from components.elements.lamp import word_chip
from components.elements.phrases import lines
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.guides.sheet import clause_in_words
from models.lamps import Lamp
from services.guides.manual_checks import Question, record

ANSWERS = {"符合": True, "不符合": False}


def questions_table(questions: Sequence[Question], here: PageContext) -> Parts:
    """Return the questions with their last finding, which holds; one that waits says so."""
    columns = (
        Column[Question]("rule", "规则", lambda question: question.rule.code, width=Width.UNBROKEN),
        Column[Question](
            "clause", "方案条款", lambda question: clause_in_words(question.rule.clause), width=Width.UNBROKEN
        ),
        Column[Question]("question", "问题", lambda question: question.rule.question or question.rule.title),
        Column[Question]("result", "结果", _result, width=Width.UNBROKEN, drawn=_result_chip),
        Column[Question]("note", "情况", _note),
        Column[Question](
            "at",
            "核查时间",
            lambda question: None if question.waits else question.findings[-1].at,
            Kind.MOMENT,
            Width.UNBROKEN,
        ),
        Column[Question](
            "by", "核查人", lambda question: "" if question.waits else question.findings[-1].by, width=Width.UNBROKEN
        ),
    )
    table = Table("questions", "待人工核查", columns, page_size=None, nothing="该事项没有需人工核查的规则。")
    return table_parts(table, questions, here)


def _result(question: Question) -> str:
    if question.waits:
        return "待核查"
    return "符合" if question.findings[-1].passed else "不符合"


def _result_chip(question: Question) -> Markup:
    lamps = {"待核查": Lamp.TO_VERIFY, "符合": Lamp.DONE, "不符合": Lamp.OVERDUE}
    words = _result(question)
    return word_chip(lamps[words], words)


def _note(question: Question) -> str:
    if question.waits:
        return ""
    earlier = f"（此前核查 {len(question.findings) - 1} 次）" if len(question.findings) > 1 else ""
    return question.findings[-1].note + earlier


def record_form(questions: Sequence[Question], here: PageContext) -> None:
    """Draw the form that enters an answer to one of the questions."""
    if not questions:
        return
    titles = {question.rule.code: question.rule.title for question in questions}
    with st.expander("录入核查结果"), entry_form("hand finding", clear_on_submit=True):
        rule = st.selectbox("规则", list(titles), format_func=lambda code: f"{code} {titles[code]}")
        answer = st.radio("结果", list(ANSWERS), index=None, horizontal=True)
        remark = st.text_input("情况（不符合的必填，存入记录）", max_chars=200)
        if st.form_submit_button("录入"):
            if answer is None:
                st.warning("请选择符合或不符合。")
            else:
                submit(lambda: _record(questions[0], rule, answer, remark, here))


def _record(question: Question, rule: str, answer: str, remark: str, here: PageContext) -> str:
    record(rule, question.unit, question.item_code, passed=ANSWERS[answer], note=remark, at=here.now)
    return f"规则 {rule} 的核查结果已录入：{answer}"


def waiting_in_words(questions: Sequence[Question]) -> Markup:
    """Return “G111 两个电话在工作时间内畅通：待核查 12 个，符合 1 个，不符合 1 个”, a line a rule."""
    by_rule: dict[str, list[Question]] = {}
    for question in questions:
        by_rule.setdefault(question.rule.code, []).append(question)
    if not by_rule:
        return empty_state("没有需人工核查的规则。")
    return note(lines(_line(same_rule) for same_rule in by_rule.values()))


def _line(questions: Sequence[Question]) -> str:
    rule = questions[0].rule
    answered = [question.findings[-1].passed for question in questions if question.findings]
    return (
        f"{rule.code} {rule.title}：待核查 {len(questions) - len(answered):,} 个事项，符合 {sum(answered):,} 个，"
        f"不符合 {len(answered) - sum(answered):,} 个"
    )
