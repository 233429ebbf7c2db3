"""The forms on rectifications: each does one thing, asks once more what will change, and no Enter hands it in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import streamlit as st

from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.file_types import EVIDENCE
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.plain import plain
from components.elements.rendering import render
from components.elements.uploader import file_uploader
from models.rectifications import CAUSES, Act, Rectification, Source
from rules.rectifications.refusals import state_refusal
from services.access.permission import may
from services.rectifications.acts import (
    Opening,
    RectificationStatus,
    accept,
    answer,
    apply_for_extension,
    extend,
    open_rectification,
    refuse_extension,
    reopen,
    return_answer,
    withdraw,
)
from services.rectifications.ledger import Ledger

ANOTHER_DAY = "另定日期"
SOURCES = {
    Source.OTHER: "日常督查发现",
    Source.MEASURE: "红绿灯（举措）",
    Source.LEAD: "问题线索",
    Source.INSTRUCTION: "批示交办",
}
NEEDS_WORDS = (Source.LEAD, Source.INSTRUCTION)


def opening_form(ledger: Ledger, here: PageContext) -> None:
    """Open a rectification. Those from checks, cases and bulletins are opened where these are shown."""
    plan = here.district.plan
    measures = {measure.code: measure.title for task in plan.tasks for measure in task.measures}
    with entry_form("open rectification"):
        first, second = st.columns(2)
        unit = first.selectbox(
            "责任单位", [unit.name for unit in plan.units.values()], index=None, placeholder="请选择责任单位"
        )
        urgency = second.selectbox(
            "整改时限",
            [*ledger.due_days, ANOTHER_DAY],
            format_func=lambda word: word if word == ANOTHER_DAY else f"{word}（{ledger.due_days[word]} 个工作日）",
        )
        issue = st.text_area("问题（必填）", max_chars=2000)
        requirement = st.text_area("整改要求", max_chars=2000)
        first, second, third = st.columns(3)
        source = first.selectbox("来源", list(SOURCES), format_func=SOURCES.__getitem__)
        measure = second.selectbox(
            "涉及举措（来源为红绿灯时必填）",
            list(measures),
            index=None,
            placeholder="可不选",
            format_func=lambda code: f"{code} {measures[code]}",
        )
        words = third.text_input("线索或批示（来源为这两类时必填）", max_chars=200)
        due = st.date_input(
            "另定的时限（选择“另定日期”时填写）",
            value=None,
            min_value=here.day + timedelta(days=1),
            format="YYYY-MM-DD",
        )
        if st.form_submit_button("立项"):
            opening = Opening(
                unit or "",
                issue,
                requirement,
                _reference(source, measure, words),
                due if urgency == ANOTHER_DAY else None,
                None if urgency == ANOTHER_DAY else ledger.due_days[urgency],
                measure,
            )
            problem = _problem(opening, urgency == ANOTHER_DAY, source, words)
            if problem:
                st.warning(plain(problem))
            else:
                ask_once_more(
                    "open rectification",
                    f"将向{unit}发出整改：{issue}",
                    lambda: _sentence(open_rectification(opening, at=here.now), "已立项"),
                    yes="确认立项",
                )
    draw_question("open rectification")


def _reference(source: Source, measure: str | None, words: str) -> str:
    about = {Source.MEASURE: measure or "", Source.LEAD: words.strip(), Source.INSTRUCTION: words.strip()}.get(source)
    return f"{source.value}:{about}" if about else source.value


def _problem(opening: Opening, is_another_day: bool, source: Source, words: str) -> str | None:
    if not opening.unit:
        return "请选择责任单位。"
    if not opening.issue.strip():
        return "请写明要整改的问题。"
    if is_another_day and opening.due is None:
        return "请选择另定的时限。"
    if source is Source.MEASURE and opening.measure is None:
        return "来源为红绿灯的，请选择涉及的举措。"
    if source in NEEDS_WORDS and not words.strip():
        return "请写明是哪条线索或批示。"
    return None


def forms(item: Rectification, here: PageContext) -> None:
    """Draw every form that whoever looks may use in the present state."""
    for act, use_case, title, draw, is_open in FORMS:
        if may(use_case) and state_refusal(item.course, act) is None and _applies(act, item):
            with st.expander(title, expanded=is_open):
                draw(item, here)


def _applies(act: Act, item: Rectification) -> bool:
    return act is not Act.REFUSE_EXTENSION or item.course.applied_until is not None


def _answer_form(item: Rectification, here: PageContext) -> None:
    key = f"answer {item.number}"
    with entry_form(key):
        text = st.text_area("整改措施和结果（必填）", max_chars=2000)
        first, second = st.columns(2)
        completed = first.date_input(
            "完成日期", value=None, max_value=here.day, format="YYYY-MM-DD", help="整改实际完成的日期，可不填"
        )
        cause = second.selectbox("原因", CAUSES, index=None, placeholder="问题产生的主要原因")
        files = file_uploader(
            "证明材料（PDF、图片、Word、Excel，每个不超过 20 MB）",
            type=list(EVIDENCE),
            accept_multiple_files=True,
            max_upload_size=20,
        )
        if st.form_submit_button("提交答复"):
            contents = [(file.name, file.getvalue()) for file in files or ()]
            ask_once_more(
                key,
                f"将提交答复（附件 {len(contents)} 个），由管理局或督查室复核：{text}",
                lambda: _sentence(
                    answer(item.number, text=text, completed_on=completed, cause=cause, files=contents, at=here.now),
                    "已答复",
                ),
                yes="确认提交",
            )
    draw_question(key)


def _application_form(item: Rectification, here: PageContext) -> None:
    render(note(f"在时限（{item.course.due}）当天或以前可以申请；批准后才生效。"))
    key = f"apply {item.number}"
    with entry_form(key):
        until = st.date_input("申请延至", value=item.course.due + timedelta(days=7), format="YYYY-MM-DD")
        reason = st.text_input("延期理由（必填）", max_chars=500)
        if st.form_submit_button("提交申请"):
            ask_once_more(
                key,
                f"将申请把时限由 {item.course.due} 延至 {until}，理由：{reason}",
                lambda: _sentence(
                    apply_for_extension(item.number, until=until, reason=reason, at=here.now), "已提交延期申请"
                ),
            )
    draw_question(key)


def _accept_form(item: Rectification, here: PageContext) -> None:
    key = f"accept {item.number}"
    with entry_form(key):
        remark = st.text_input("复核意见", max_chars=500, placeholder="可不填")
        if st.form_submit_button("整改属实，销号"):
            late = "" if item.course.answered_on and item.course.answered_on <= item.course.due else "（逾期完成）"
            ask_once_more(
                key,
                f"整改 {item.number} 将销号{late}，不能再答复。",
                lambda: _sentence(accept(item.number, remark=remark, at=here.now), "已销号"),
                yes="确认销号",
            )
    draw_question(key)


def _return_form(item: Rectification, here: PageContext) -> None:
    key = f"return {item.number}"
    with entry_form(key):
        reason = st.text_input("退回理由（必填，责任单位看得到）", max_chars=500)
        due = st.date_input(
            "另定时限", value=None, min_value=here.day + timedelta(days=1), format="YYYY-MM-DD", help="不选则时限不变"
        )
        if st.form_submit_button("退回"):
            deadline = f"时限改为 {due}" if due else f"时限不变（{item.course.due}）"
            ask_once_more(
                key,
                f"整改 {item.number} 将退回{item.unit}重新整改，{deadline}。理由：{reason}",
                lambda: _sentence(return_answer(item.number, reason=reason, due=due, at=here.now), "已退回"),
                yes="确认退回",
            )
    draw_question(key)


def _extension_form(item: Rectification, here: PageContext) -> None:
    course = item.course
    if course.applied_until:
        render(note(f"{item.unit}于 {course.applied_on} 申请延至 {course.applied_until}。"))
    key = f"extend {item.number}"
    with entry_form(key):
        first, second = st.columns(2)
        until = first.date_input(
            "延至", value=course.applied_until or course.due + timedelta(days=7), format="YYYY-MM-DD"
        )
        applied = second.date_input("申请日期", value=course.applied_on or here.day, format="YYYY-MM-DD")
        reason = st.text_input("延期理由（必填）", max_chars=500)
        if st.form_submit_button("同意延期"):
            ask_once_more(
                key,
                f"整改 {item.number} 的时限将由 {course.due} 延至 {until}，自现在起生效。",
                lambda: _sentence(
                    extend(item.number, until=until, reason=reason, applied_on=applied, at=here.now), "已延期"
                ),
                yes="确认延期",
            )
    draw_question(key)


def _reason_form(
    key: str, label: str, button: str, change: str, act: Callable[[str], RectificationStatus], done: str
) -> None:
    """Draw a form that takes a reason and nothing else."""
    with entry_form(key):
        reason = st.text_input(f"{label}（必填）", max_chars=500)
        if st.form_submit_button(button):
            ask_once_more(key, f"{change}理由：{reason}", lambda: _sentence(act(reason), done))
    draw_question(key)


def _refusal_form(item: Rectification, here: PageContext) -> None:
    _reason_form(
        f"refuse {item.number}",
        "不同意延期的理由",
        "不同意延期",
        f"时限仍为 {item.course.due}。",
        lambda reason: refuse_extension(item.number, reason=reason, at=here.now),
        "已答复不同意延期",
    )


def _withdrawal_form(item: Rectification, here: PageContext) -> None:
    _reason_form(
        f"withdraw {item.number}",
        "终止理由",
        "终止整改",
        f"整改 {item.number} 将终止，不再计入红绿灯。",
        lambda reason: withdraw(item.number, reason=reason, at=here.now),
        "已终止",
    )


def _reopening_form(item: Rectification, here: PageContext) -> None:
    key = f"reopen {item.number}"
    with entry_form(key):
        due = st.date_input(
            "新的时限",
            value=here.day + timedelta(days=14),
            min_value=here.day + timedelta(days=1),
            format="YYYY-MM-DD",
        )
        reason = st.text_input("重新整改的理由（必填）", max_chars=500)
        if st.form_submit_button("重新整改"):
            ask_once_more(
                key,
                f"整改 {item.number} 将重新打开，时限 {due}。理由：{reason}",
                lambda: _sentence(reopen(item.number, due=due, reason=reason, at=here.now), "已重新打开"),
            )
    draw_question(key)


FORMS = (
    (Act.ANSWER, answer, "答复（责任单位）", _answer_form, True),
    (Act.APPLY, apply_for_extension, "申请延期（责任单位）", _application_form, False),
    (Act.ACCEPT, accept, "复核：销号", _accept_form, True),
    (Act.RETURN, return_answer, "复核：退回", _return_form, False),
    (Act.EXTEND, extend, "延期", _extension_form, False),
    (Act.REFUSE_EXTENSION, refuse_extension, "不同意延期", _refusal_form, False),
    (Act.REOPEN, reopen, "重新整改", _reopening_form, False),
    (Act.WITHDRAW, withdraw, "终止", _withdrawal_form, False),
)
"""Act, who may do it, title, form, whether it stands open."""


def _sentence(status: RectificationStatus, done: str) -> str:
    return f"整改 {status.number} {done}，时限 {status.due}，状态：{status.state.word}。{status.remark}"
