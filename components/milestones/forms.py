"""Forms on an assignment: the unit's progress and evidence, the bureau's verification or return."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from catalogue.datasets.progress import PROGRESS
from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.file_types import EVIDENCE
from components.elements.forms import ask_once_more, draw_question, entry_form, submit
from components.elements.plain import plain
from components.elements.rendering import render
from components.elements.uploader import file_uploader
from models.definitions import Kind
from models.lamps import FACES
from rules.file_sizes import MEGABYTE, size_in_words
from services.access.attached_files import KINDS, LARGEST
from services.access.personal_data import sees_in_full
from services.access.refusal import RefusedRequest
from services.milestones.assignment import AssignmentHistory
from services.milestones.evidence import attach, take_back
from services.milestones.progress import DONE, ProgressEntry, fields_added, progress_questions, report_progress
from services.milestones.verification import verify

STATES = tuple(PROGRESS.main.field("state").choices)


def progress_form(history: AssignmentHistory, months: Sequence[str], here: PageContext) -> None:
    """Draw the form, filled with what was last reported; submits the unit's workbook of the month with every other row
    kept.
    """
    last = history.latest
    with entry_form(f"progress {history.measure.code} {history.unit}"):
        first, second, third = st.columns(3)
        month = first.selectbox("月份", months, index=_month_to_fill(history, months))
        state = second.selectbox(
            "进展状态", STATES, index=STATES.index(last.state) if last and last.state in STATES else 0
        )
        percent = third.number_input(
            "完成比例（%）", 0, 100, value=last.percent if last else None, placeholder="可不填"
        )
        completed = st.date_input(
            "完成日期（已完成的必填）", value=last.completed_on if last else None, format="YYYY-MM-DD", width=220
        )
        account = st.text_area("进展情况（必填）", value=(last.account if last else "") or "", max_chars=1000)
        difficulty = st.text_input("存在问题", value=(last.difficulty if last else "") or "", max_chars=500)
        next_step = st.text_input("下一步措施", value=(last.next_step if last else "") or "", max_chars=500)
        first, second, third = st.columns(3)
        leader = first.text_input("责任领导", value=history.leader or "", max_chars=50)
        person = second.text_input("责任人", value=history.person or "", max_chars=50)
        phone = third.text_input("联系电话", value=history.phone or "", max_chars=50)
        added = _added_inputs(history)
        if st.form_submit_button("报送进展"):
            entry = ProgressEntry(
                history.measure.code,
                state,
                account,
                None if percent is None else int(percent),
                completed,
                difficulty,
                next_step,
                leader,
                person,
                phone,
                added,
            )
            _hand_in(history.unit, month, entry, here)
    draw_question(f"progress {history.measure.code} {history.unit}")


def _added_inputs(history: AssignmentHistory) -> dict[str, Any]:
    """Draw an input for each column that a plan added, filled with what was last reported. People stay as they are for
    whoever may not see them in full.
    """
    last, typed = history.latest.added if history.latest else {}, dict[str, Any]()
    for field in fields_added():
        if field.personal is not None and not sees_in_full(history.unit):
            continue
        label, value = f"{field.label}（必填）" if field.required else field.label, last.get(field.name)
        words = ("是", "否") if field.kind is Kind.YES_NO else tuple(field.choices)
        if words:
            word = ("是" if value else "否") if isinstance(value, bool) else value
            place = words.index(word) if word in words else None
            typed[field.name] = st.selectbox(
                label, words, index=place, placeholder="可不填" if not field.required else ""
            )
        elif field.kind is Kind.DATE:
            typed[field.name] = st.date_input(label, value=value, format="YYYY-MM-DD", width=220)
        else:
            typed[field.name] = st.text_input(label, value="" if value is None else f"{value}", max_chars=500) or None
    return typed


def _hand_in(unit: str, month: str, entry: ProgressEntry, here: PageContext) -> None:
    """Submit the progress. What may not be meant is asked first: 已完成 with 40 % or without evidence, a step back from
    what was said.
    """
    try:
        questions = progress_questions(unit, month, entry, at=here.sample_time)
    except RefusedRequest as refusal:
        st.warning(plain(refusal))
        return

    def act() -> str:
        return _report(unit, month, entry, here)

    if questions:
        words = "".join(question.text for question in questions)
        ask_once_more(f"progress {entry.measure} {unit}", words, act, yes="确认报送")
    else:
        submit(act)


def _month_to_fill(history: AssignmentHistory, months: Sequence[str]) -> int:
    """Return the last month that is over where it lacks this measure, else the one that runs."""
    reported = {line.month for line in history.reports if line.in_force}
    return len(months) - 1 if months[-1] not in reported else 0


def _report(unit: str, month: str, entry: ProgressEntry, here: PageContext) -> str:
    done = report_progress(unit, month, entry, at=here.sample_time)
    if done.submission is None:
        errors = "；".join(problem.message for problem in done.report.problems if problem.severity == "error")
        raise RefusedRequest(f"没有入库：{errors}")
    turned = "；".join(
        f"{change.measure} {FACES[change.before].word} → {FACES[change.after].word}"
        for change in done.turned
        if change.unit == unit
    )
    return f"已报送，编号 {done.submission}，{month} 任务进展第 {done.revision} 版，共 {done.records} 行。" + (
        f"红绿灯：{turned}。" if turned else ""
    )


def evidence_form(history: AssignmentHistory, here: PageContext) -> None:
    """Attach a file, or take one back."""
    with entry_form("evidence", clear_on_submit=True):
        file = file_uploader(
            f"证明材料（{KINDS}，每个不超过 {size_in_words(LARGEST)}）",
            type=EVIDENCE,
            max_upload_size=LARGEST // MEGABYTE,
        )
        if st.form_submit_button("上传材料"):
            if file is None:
                st.warning("请先选择文件。")
            else:
                submit(lambda: _attach(history, file.name, file.getvalue(), here))
    files_in_force = [file for file in history.evidence if file.taken_back_at is None]
    if files_in_force:
        with entry_form("take back"):
            number = st.selectbox(
                "撤回材料",
                [file.number for file in files_in_force],
                index=None,
                placeholder="请选择材料",
                format_func={file.number: f"{file.number} {file.file_name}" for file in files_in_force}.__getitem__,
            )
            if st.form_submit_button("撤回材料") and number is not None:
                ask_once_more(
                    f"take back {history.measure.code} {history.unit}",
                    f"材料 {number} 将撤回，不再作为证明；文件和记录仍然保留。",
                    lambda: _take_back(number, here),
                )
        draw_question(f"take back {history.measure.code} {history.unit}")


def _attach(history: AssignmentHistory, name: str, content: bytes, here: PageContext) -> str:
    number = attach(history.measure.code, history.unit, name, content, at=here.now)
    return f"“{name}”已上传，材料编号 {number}。"


def _take_back(number: int, here: PageContext) -> str:
    take_back(number, at=here.now)
    return f"材料 {number} 已撤回，文件和记录仍然保留。"


def verify_form(history: AssignmentHistory, here: PageContext) -> None:
    """Draw the forms that approve what was reported done, or return it: two, so that neither button answers for the
    other. Their keys name the milestone: a reason typed for one never stands in the box of the next.
    """
    whose = f"{history.unit}的 {history.measure.code}"
    approval, refusal = (f"{act} {history.measure.code} {history.unit}" for act in ("approve", "return"))
    with entry_form(approval):
        render(note("核验通过：该举措按单位填报的完成日期记为完成。"))
        if st.form_submit_button("核验通过"):
            ask_once_more(
                approval,
                f"{whose}将核验通过，红绿灯转为已完成或逾期完成。",
                lambda: _verify(history, None, here),
                yes="确认通过",
            )
    draw_question(approval)
    with entry_form(refusal):
        reason = st.text_input("退回理由（必填，存入记录）", max_chars=200)
        if st.form_submit_button("退回"):
            ask_once_more(
                refusal,
                f"{whose}将退回，单位须重新报完成。理由：{reason}",
                lambda: _verify(history, reason, here),
                yes="确认退回",
                reason=reason,
            )
    draw_question(refusal)


def _verify(history: AssignmentHistory, returned: str | None, here: PageContext) -> str:
    state = verify(history.measure.code, history.unit, returned=returned, at=here.now)
    return f"已核验，完成日期 {state.completion}。" if returned is None else f"已退回：{returned}"


def may_be_decided(history: AssignmentHistory) -> bool:
    """Return whether the last word of the unit is that it is done."""
    return history.latest is not None and history.latest.state == DONE
