"""Requests for a later deadline: the list, the unit's form, the bureau's decision on each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components.elements.context import PageContext
from components.elements.file_types import EVIDENCE
from components.elements.forms import ask_once_more, draw_question, entry_form, is_asked, submit
from components.elements.offered_files import offer_file
from components.elements.plain import plain
from components.elements.rendering import render
from components.elements.table import Column, Kind, Table, Width, draw_table
from components.elements.uploader import file_uploader
from models.deadline_requests import RequestedDeadline, RequestState
from models.plan import Task
from services.plan.deadline_requests import ask_for_later_deadline, decide_deadline, request_document

LONGEST = 500


def draw_requests(requests: Sequence[RequestedDeadline], titles: dict[str, str], here: PageContext) -> None:
    """Draw every request, newest first."""
    columns: list[Column[RequestedDeadline]] = [
        Column("task", "任务", lambda row: f"{row.task} {titles.get(row.task, '')}", is_filter=True),
        Column("unit", "申请单位", lambda row: row.unit, Kind.UNIT, is_filter=True),
        Column("deadline", "申请时的时限", lambda row: row.deadline, Kind.DAY),
        Column("until", "申请调整为", lambda row: row.until, Kind.DAY),
        Column("reason", "理由", lambda row: row.reason, width=Width.REASON),
        Column("at", "申请时间", lambda row: row.at, Kind.MOMENT),
        Column("state", "结果", lambda row: row.state.value, is_filter=True),
        Column("decision", "审核意见", lambda row: row.decision, width=Width.PROSE),
    ]
    table = Table(
        "",
        "时限申请",
        columns,
        counted="份",
        nothing="没有时限申请。",
        what_to_do="责任单位在时限届满前，可以写明理由、附上材料申请调整；同意的作为裁定生效。",
    )
    draw_table(table, requests, here)


def draw_request_form(tasks: Sequence[Task], unit: str, here: PageContext) -> None:
    """Draw the unit's form; `tasks`: those it answers for of which the deadline is not over."""
    known = {task.code: task for task in tasks}
    with entry_form("ask for deadline"):
        code = st.selectbox("任务", list(known), format_func=lambda code: _heading(known[code]))
        until = st.date_input("申请调整为", None, min_value=here.day, format="YYYY-MM-DD", width=220)
        reason = st.text_area("理由（必填）", max_chars=LONGEST)
        file = file_uploader("请示或情况说明（必附）", type=list(EVIDENCE))
        if st.form_submit_button("提出申请"):
            if until is None or file is None:
                st.warning("请选择申请调整到的日期，并附上请示或情况说明。")
            else:
                content, name = file.getvalue(), file.name
                submit(lambda: _ask(code, unit, until, reason, name, content, here))


def _heading(task: Task) -> str:
    return f"{task.code} {task.title}（时限 {task.deadline}）"


def _ask(task: str, unit: str, until: date, reason: str, name: str, content: bytes, here: PageContext) -> str:
    ask_for_later_deadline(task, unit, until=until, reason=reason, file_name=name, content=content, at=here.now)
    return f"任务 {task} 的申请已提交，审核前仍按现行时限判定。"


def draw_decisions(requests: Sequence[RequestedDeadline], here: PageContext) -> None:
    """Draw, for the bureau, a form for each request that is open."""
    for request in requests:
        if request.state is not RequestState.OPEN:
            continue
        with st.expander(
            plain(f"{request.unit}申请任务 {request.task} 的时限由 {request.deadline} 调整为 {request.until}")
        ):
            st.text(request.reason)
            _draw_document(request)
            _draw_decision(request, here)


def _draw_document(request: RequestedDeadline) -> None:
    label = f"下载{request.file_name}（申请 {request.number}）"
    render(offer_file(label, request.file_name, lambda: request_document(request.number)[1]))


def _draw_decision(request: RequestedDeadline, here: PageContext) -> None:
    key = f"decide deadline {request.number}"
    if not is_asked(key):
        with entry_form(f"form {key}"):
            reason = st.text_input("审核意见（必填）", max_chars=LONGEST)
            granted = st.radio("结果", [True, False], index=None, format_func=_result, horizontal=True)
            if st.form_submit_button("审核"):
                if granted is None:
                    st.warning("请选择同意或不同意。")
                else:
                    ask_once_more(key, _consequence(request, granted), lambda: _decide(request, granted, reason, here))
    draw_question(key)


def _result(granted: bool) -> str:
    return "同意" if granted else "不同意"


def _consequence(request: RequestedDeadline, granted: bool) -> str:
    if granted:
        return f"任务 {request.task} 的时限将对所有责任单位调整为 {request.until}，自现在起判定；以前的截至日期不变。"
    return f"任务 {request.task} 的时限不变，申请不能再次审核。"


def _decide(request: RequestedDeadline, granted: bool, reason: str, here: PageContext) -> str:
    decide_deadline(request.number, granted=granted, reason=reason, at=here.now)
    return f"{request.unit}对任务 {request.task} 的申请：{_result(granted)}。"
