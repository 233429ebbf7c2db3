"""Field work: the sheet to take along, the sheet that came back, and one element at a time on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

import streamlit as st

from components.elements.context import PageContext
from components.elements.empty_state import empty_state, note
from components.elements.file_types import EVIDENCE, WORKBOOKS
from components.elements.forms import entry_form, submit
from components.elements.offered_files import offer_file
from components.elements.plain import plain
from components.elements.rendering import render
from components.elements.table import Column, Table, table_parts
from components.elements.uploader import file_uploader
from models.spot_checks import Element, Record, Result, SpotCheck
from models.validation import Problem
from rules.as_of import SHANGHAI, day_of
from services.access.current_user import current_user
from services.access.refusal import RefusedRequest
from services.spot_checks.field_sheets import record, record_one, sheet
from services.spot_checks.showing import spot_check_now

YES, NO = "是", "否"
DOUBLE = "这次抽查由两人分别核查：各用自己的账号录入，看不到对方的结果；两人结果不同的由第三人核定。"
TOLD = 5
RECORDINGS = ("mp3", "m4a", "wav")


def sheet_to_take(check: SpotCheck, here: PageContext) -> None:
    """Draw the .xlsx to fill in or print; with a reason where it carries citizens' numbers."""
    reason = "核查"
    if check.kind.personal:
        reason = st.text_input(
            "用途（表中有群众的姓名和电话，下载记入审计日志）", max_chars=200, key=f"sheet reason {check.number}"
        )
        if not reason.strip():
            return
    name = f"抽查{check.number}现场表.xlsx"
    render(
        offer_file(
            "下载现场表（可打印，填好后原表上传）", name, lambda: sheet(check.number, reason=reason, at=here.now)[1]
        )
    )


def sheet_that_came_back(check: SpotCheck, here: PageContext) -> None:
    """Draw the upload of the filled sheet: all of it is stored, or its wrong cells are told and nothing is."""
    upload = file_uploader("上传填好的现场表", type=WORKBOOKS, key=f"filled {check.number}")
    if upload is None or not st.button("录入这张表", key=f"record {check.number}", type="primary"):
        return
    try:
        result = record(check.number, upload.getvalue(), upload.name, at=here.now)
    except RefusedRequest as refused:
        st.warning(plain(refused))
        return
    if result.accepted:
        done = f"已录入，共 {result.check.recorded} 个，还有 {_left(result.check)} 个未录入。"
        submit(lambda: done + _reminders(result.problems))
        return
    st.warning("表中有错误，没有录入；请在原表改正后重新上传。")
    render(table_parts(_problem_table(), list(result.problems), here))


def _reminders(problems: Sequence[Problem]) -> str:
    """What was not recorded though the sheet was: the first few, each with its cell."""
    sentences = "".join(f"{problem.cell or ''} {problem.message}" for problem in problems[:TOLD])
    return f"提醒 {len(problems)} 处：{sentences}" if problems else ""


def _left(check: SpotCheck) -> int:
    return len(check.elements) - check.recorded


def _problem_table() -> Table[Problem]:
    return Table(
        "wrong",
        "错误",
        (
            Column("cell", "单元格", lambda problem: problem.cell or problem.sheet or ""),
            Column("field", "列", lambda problem: problem.field or ""),
            Column("severity", "性质", lambda problem: "错误" if problem.severity == "error" else "提醒"),
            Column("message", "怎样改", lambda problem: problem.message),
        ),
        counted="处",
        is_exported=False,
    )


def one_at_a_time(number: str, here: PageContext) -> None:
    """Draw one element: what it is, its questions, who checked when; the next that is not recorded stands first."""
    check = spot_check_now(number)  # with what was entered in full, so that nothing hidden is saved back
    waiting = _waiting(check)
    if not check.elements:
        render(empty_state("没有抽取到对象。"))
        return
    if check.double:
        render(note(DOUBLE))
    positions = [element.position for element in check.elements]
    first = waiting[0].position if waiting else positions[0]
    entered = sum(len(element.records) for element in check.elements)
    chosen = st.selectbox(
        "对象",
        positions,
        index=positions.index(first),
        format_func=lambda position: _label(check, check.elements[position - 1]),
        key=f"element {check.number} {entered}",
    )
    _element_form(check, check.elements[chosen - 1], here)


def _waiting(check: SpotCheck) -> list[Element]:
    """The elements for which a record of whoever enters is still wanted."""
    unrecorded = [element for element in check.elements if element.checked_result is Result.UNRECORDED]
    return [element for element in unrecorded if _last_of(check, element) is None]


def _last_of(check: SpotCheck, element: Element) -> Record | None:
    """What is shown again to be corrected: of a doubly checked one nothing but one's own."""
    if not check.double:
        return element.record
    own = current_user().name
    return next((record for record in reversed(element.records) if record.checker == own), None)


def _label(check: SpotCheck, element: Element) -> str:
    word = element.result.word
    if check.double and element.record is None and element.records:
        people = len({record.checker for record in element.records})
        word = "两人结果不同，待第三人核定" if people > 1 else "一人已录入，待另一人"
    return f"{element.position}. {element.key}（{word}）"


def _element_form(check: SpotCheck, element: Element, here: PageContext) -> None:
    render(note(element.content))
    if element.checker:
        render(note(f"核查人：{element.checker}"))
    last = _last_of(check, element)
    key = f"enter {check.number} {element.position} {len(element.records)}"
    with entry_form(key):
        answers = {
            question.code: st.radio(
                question.text,
                [YES, NO],
                index=_chosen(last, question.code),
                horizontal=True,
                key=f"{key} {question.code}",
            )
            for question in element.questions
        }
        unable = st.checkbox("无法核查", value=bool(last and last.unable), key=f"{key} unable")
        words = st.text_area(
            "情况说明（有“否”或无法核查的必填）", value=last.note if last else "", max_chars=2000, key=f"{key} note"
        )
        own = current_user().name
        checker = st.text_input(
            "核查人",
            value=own if check.double else last.checker if last else element.checker or own,
            disabled=check.double,
            key=f"{key} checker",
        )
        checked_at = _moment("核查时间", key, here)
        calls: tuple[datetime | None, datetime | None] = (None, None)
        if check.kind.calls:
            st.caption("无人接听的，须在工作时段内相隔 30 分钟以上拨打两次；接通的不必填写。")
            calls = (_call("第一次拨打", f"{key} first"), _call("第二次拨打", f"{key} second"))
        files = papers("照片、录音、材料", f"{key} files")
        if st.form_submit_button("保存", type="primary"):
            given = {code: answer == YES for code, answer in answers.items() if answer is not None}
            entered = Record(
                element.key, checker.strip(), checked_at, _asked(element, given), unable, words.strip(), calls
            )
            submit(lambda: _saved(check, element, entered, files, here))


def papers(label: str, key: str) -> list[tuple[str, bytes]]:
    """Draw a field for evidence and return names and contents of what was chosen."""
    chosen = file_uploader(
        label, type=[*EVIDENCE, *RECORDINGS], accept_multiple_files=True, max_upload_size=20, key=key
    )
    return [(file.name, file.getvalue()) for file in chosen or ()]


def _asked(element: Element, given: dict[str, bool]) -> dict[str, bool]:
    """Return the answers without those to what an earlier answer leaves out."""
    return {
        question.code: given[question.code]
        for question in element.questions
        if question.code in given and (question.after is None or given.get(question.after) is True)
    }


def _saved(
    check: SpotCheck, element: Element, entered: Record, files: Sequence[tuple[str, bytes]], here: PageContext
) -> str:
    after = record_one(check.number, entered, len(element.records), files=files, at=here.now)
    left = len(_waiting(after)) if check.double else _left(after)
    return f"第 {element.position} 个已保存，还有 {left} 个{'等您' if check.double else '未'}录入。"


def _chosen(last: Record | None, code: str) -> int | None:
    answer = last.answers.get(code) if last else None
    return None if answer is None else 0 if answer else 1


def _moment(label: str, key: str, here: PageContext) -> datetime:
    first, second = st.columns(2)
    day = first.date_input(label, value=day_of(here.now), format="YYYY-MM-DD", key=f"{key} day")
    clock = second.time_input(
        "时刻", value=here.now.astimezone(SHANGHAI).time().replace(second=0, microsecond=0), key=f"{key} time"
    )
    assert isinstance(day, date)
    return datetime.combine(day, clock or time(), SHANGHAI)


def _call(label: str, key: str) -> datetime | None:
    first, second = st.columns(2)
    day = first.date_input(f"{label}日期", value=None, format="YYYY-MM-DD", key=f"{key} day")
    clock = second.time_input("时刻", value=None, key=f"{key} time")
    return datetime.combine(day, clock, SHANGHAI) if isinstance(day, date) and clock is not None else None
