"""The forms on meetings: call one, edit the questions for a unit, enter what was taken on, call it off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.plain import plain
from components.elements.rendering import render
from components.rectifications.promises import in_words, promise_lines
from models.meetings import Meeting, Promise
from rules.units.changes import existing_names
from services.access.permission import may
from services.meetings.meetings import call_meeting, cancel_meeting, commit_at_meeting, enter_questions
from services.notices.meeting_pack import UnitPage


def calling_form(here: PageContext) -> None:
    """Call a meeting; its pack compares with the meeting before."""
    key = "call meeting"
    with entry_form(key):
        first, second = st.columns([3, 1])
        name = first.text_input("会议名称（必填）", max_chars=100)
        held_on = second.date_input("会议日期", here.day + timedelta(days=7), format="YYYY-MM-DD")
        units = st.multiselect("参会单位（必选）", existing_names(here.district.plan), placeholder="可选多个")
        if st.form_submit_button("登记会议"):
            if not name.strip() or not units:
                st.warning("请写明会议名称，并至少选择一个参会单位。")
            else:
                ask_once_more(
                    key,
                    f"将登记 {held_on} 的“{name}”，{len(units)} 个单位参加；这些单位在督查日历上看得到。",
                    lambda: _called(call_meeting(name, held_on, units, at=here.now)),
                    yes="确认登记",
                )
    draw_question(key)


def _called(meeting: Meeting) -> str:
    return f"已登记会议 {meeting.number}：{meeting.name}，会议材料与 {meeting.since} 相比。"


def forms(meeting: Meeting, here: PageContext) -> None:
    """Draw what may be done with a meeting."""
    if not may(call_meeting) or meeting.cancelled is not None:
        return
    if here.day >= meeting.held_on:
        with st.expander("登记交办事项"):
            _commitments_form(meeting, here)
    elif not meeting.commitments:
        with st.expander("取消会议"):
            _cancel_form(meeting, here)


def _commitments_form(meeting: Meeting, here: PageContext) -> None:
    key = f"commit {meeting.number}"
    render(note("每项立为该单位的一件整改，来源为这次会议；多于三项的分次登记。"))
    with entry_form(key):
        lines = promise_lines(meeting.units, here, key=key)
        if st.form_submit_button("登记交办"):
            if lines.problem or not lines.promises:
                st.warning(plain(lines.problem or "请至少写明一项交办事项。"))
            else:
                ask_once_more(
                    key,
                    f"将立项整改 {len(lines.promises)} 件：{in_words(lines.promises)}",
                    lambda: _committed(meeting, lines.promises, here),
                    yes="确认登记",
                )
    draw_question(key)


def _committed(meeting: Meeting, promises: Sequence[Promise], here: PageContext) -> str:
    opened = commit_at_meeting(meeting.number, promises, at=here.now)
    return f"已登记交办 {len(opened)} 项：整改 {'、'.join(status.number for status in opened)}。"


def _cancel_form(meeting: Meeting, here: PageContext) -> None:
    key = f"cancel {meeting.number}"
    with entry_form(key):
        reason = st.text_input("取消的理由（必填）", max_chars=500)
        if st.form_submit_button("取消会议"):
            ask_once_more(
                key,
                f"会议 {meeting.number} 将取消。理由：{reason}",
                lambda: f"会议 {cancel_meeting(meeting.number, reason=reason, at=here.now).number} 已取消。",
                reason=reason,
            )
    draw_question(key)


def questions_form(meeting: Meeting, page: UnitPage, here: PageContext) -> None:
    """Edit what a unit is asked: those found by rule stand there to begin with, one a line."""
    if not may(enter_questions) or meeting.cancelled is not None or here.day > meeting.held_on:
        return
    key = f"questions {meeting.number} {page.unit}"
    with st.expander("修改问题"), entry_form(key):
        typed = st.text_area(
            "问题（一行一个，删去的不问）",
            "\n".join(question.text for question in page.questions),
            height=160,
            key=f"{key} text",
        )
        if st.form_submit_button("保存问题"):
            texts = [line.strip() for line in typed.splitlines() if line.strip()]
            ask_once_more(
                key,
                f"向{page.unit}提出的问题将改为 {len(texts)} 个，会议材料随之改变。",
                lambda: _saved(meeting, page.unit, texts, here),
                yes="确认保存",
            )
    draw_question(key)


def _saved(meeting: Meeting, unit: str, texts: Sequence[str], here: PageContext) -> str:
    enter_questions(meeting.number, unit, texts, at=here.now)
    return f"{unit}的问题已保存，共 {len(texts)} 个。"
