"""Forms on an assignment: the unit's progress and evidence, the bureau's verification or return."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from catalogue.datasets.progress import PROGRESS
from models.lamps import FACES
from rules.as_of import SHANGHAI
from services.access.refusal import RefusedRequest
from services.milestones.assignment import AssignmentHistory
from services.milestones.evidence import attach, take_back
from services.milestones.progress import DONE, ProgressEntry, report_progress
from services.milestones.verification import verify

STATES = tuple(PROGRESS.main.field("state").choices)
SUFFIXES = ["pdf", "png", "jpg", "jpeg", "docx", "doc", "wps", "xlsx", "xls", "et"]


def progress_form(found: AssignmentHistory, months: Sequence[str], at: datetime | None) -> None:
    """Filled with what was last reported; submits the unit's workbook of the month with every other row kept."""
    last = found.latest
    with st.form("progress"):
        first, second, third = st.columns(3)
        month = first.selectbox("月份", months, index=_month_to_fill(found, months))
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
        leader = first.text_input("责任领导", value=found.leader or "", max_chars=50)
        person = second.text_input("责任人", value=found.person or "", max_chars=50)
        phone = third.text_input("联系电话", value=found.phone or "", max_chars=50)
        if st.form_submit_button("报送进展"):
            entry = ProgressEntry(
                found.measure.code,
                state,
                account,
                None if percent is None else int(percent),
                completed,
                difficulty,
                next_step,
                leader,
                person,
                phone,
            )
            _do(lambda: _report(found.unit, month, entry, at))


def _month_to_fill(found: AssignmentHistory, months: Sequence[str]) -> int:
    """The last month that is over where it lacks this measure, else the one that runs."""
    reported = {line.month for line in found.reports if line.stands}
    return len(months) - 1 if months[-1] not in reported else 0


def _report(unit: str, month: str, entry: ProgressEntry, at: datetime | None) -> str:
    done = report_progress(unit, month, entry, at=at)
    if done.submission is None:
        errors = "；".join(problem.message for problem in done.report.problems if problem.severity == "error")
        raise RefusedRequest(f"没有入库：{errors}")
    turned = "；".join(
        f"{one.measure} {FACES[one.before].word} → {FACES[one.after].word}" for one in done.turned if one.unit == unit
    )
    return f"已报送，编号 {done.submission}，{month} 任务进展第 {done.revision} 次修订，共 {done.records} 行。" + (
        f"红绿灯：{turned}。" if turned else ""
    )


def evidence_form(found: AssignmentHistory, at: datetime | None) -> None:
    """Attach a file, or take one back."""
    with st.form("evidence", clear_on_submit=True):
        file = st.file_uploader(
            "证明材料（PDF、图片、Word、Excel，每个不超过 20 MB）", type=SUFFIXES, max_upload_size=20
        )
        if st.form_submit_button("上传材料"):
            if file is None:
                st.warning("请先选择文件。")
            else:
                _do(lambda: _attach(found, file.name, file.getvalue(), at))
    standing = [one for one in found.evidence if one.taken_back_at is None]
    if standing:
        with st.form("take back"):
            number = st.selectbox(
                "撤回材料",
                [one.number for one in standing],
                index=None,
                placeholder="请选择材料",
                format_func={one.number: f"{one.number} {one.file_name}" for one in standing}.__getitem__,
            )
            if st.form_submit_button("撤回材料") and number is not None:
                _do(lambda: _take_back(number, at))


def _attach(found: AssignmentHistory, name: str, content: bytes, at: datetime | None) -> str:
    number = attach(found.measure.code, found.unit, name, content, at=at or datetime.now(SHANGHAI))
    return f"“{name}”已上传，材料编号 {number}。"


def _take_back(number: int, at: datetime | None) -> str:
    take_back(number, at=at or datetime.now(SHANGHAI))
    return f"材料 {number} 已撤回，文件和记录仍然保留。"


def verify_form(found: AssignmentHistory, at: datetime | None) -> None:
    """The bureau's decision on what was reported done."""
    with st.form("verify"):
        reason = st.text_input("退回理由（退回时必填，存入记录）", max_chars=200)
        with st.container(horizontal=True):
            verified = st.form_submit_button("核验通过", type="primary")
            returned = st.form_submit_button("退回")
    if verified:
        _do(lambda: _verify(found, None, at))
    if returned:
        _do(lambda: _verify(found, reason, at))


def _verify(found: AssignmentHistory, returned: str | None, at: datetime | None) -> str:
    state = verify(found.measure.code, found.unit, returned=returned, at=at or datetime.now(SHANGHAI))
    return f"已核验，完成日期 {state.completion}。" if returned is None else f"已退回：{returned}"


def may_be_decided(found: AssignmentHistory) -> bool:
    """Whether the last word of the unit is that it is done."""
    return found.latest is not None and found.latest.state == DONE


def _do(act: Callable[[], str]) -> None:
    """Carries it out and shows the page again with what was done; a refusal is told in place."""
    try:
        said = act()
    except RefusedRequest as refused:
        st.warning(str(refused))
        return
    st.session_state["said"] = said
    st.rerun()
