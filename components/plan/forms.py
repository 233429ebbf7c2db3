"""Forms by which the bureau settles a task's doubts and enters baselines, always with a reason that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from catalogue.indicators import INDICATORS
from components.elements.rendering import render
from components.elements.task_table import deadline_in_words
from components.proof.evidence import clause
from models.plan import Target, Task
from rules.as_of import SHANGHAI
from services.access.refusal import RefusedRequest
from services.plan.decisions import GROUPS, set_target, settle


def settle_form(task: Task, units: Sequence[str], at: datetime | None) -> None:
    """What the plan says, what is in doubt, and the decision."""
    render(clause(task))
    if task.other_reading:
        render(Markup('<p class="note">另一种读法：{}。</p>').format(task.other_reading.isoformat()))
    with st.form(f"settle {task.code}"):
        deadline = st.date_input("确定的完成时限", task.other_reading or task.deadline, format="YYYY-MM-DD", width=220)
        groups = sorted(set(GROUPS.values()), reverse=True)
        chosen = st.multiselect("确定的责任单位（不改动的留空）", [*groups, *units], placeholder="请选择单位或单位组")
        reason = st.text_input("理由（必填，存入记录）", max_chars=200)
        if st.form_submit_button("了结存疑"):
            _settle(task, deadline, chosen, reason, at)


def _settle(task: Task, deadline: object, chosen: list[str], reason: str, at: datetime | None) -> None:
    try:
        settle(task.code, deadline=deadline, unit_words=chosen or None, reason=reason, at=at or datetime.now(SHANGHAI))  # type: ignore[arg-type]
    except RefusedRequest as refused:
        st.warning(str(refused))
        return
    st.session_state["settled"] = f"任务 {task.code} 的存疑已了结：{reason}"
    st.rerun()


def baseline_form(targets: Sequence[Target], at: datetime | None) -> None:
    """The same months of the year before, for targets that only ask for an increase."""
    titles = {target.indicator: INDICATORS[target.indicator].title for target in targets}
    with st.form("baseline"):
        indicator = st.selectbox("指标", list(titles), format_func=lambda code: titles[code])
        baseline = st.number_input(
            "上年同期数（比例填小数，如 0.35）", min_value=0.0, value=None, format="%.4g", placeholder="请填数"
        )
        reason = st.text_input("依据（必填，存入记录）", max_chars=200)
        if st.form_submit_button("录入基数"):
            _set_baseline(indicator, baseline, reason, at)


def _set_baseline(indicator: str, baseline: float | None, reason: str, at: datetime | None) -> None:
    try:
        set_target(indicator, target=None, baseline=baseline, reason=reason, at=at or datetime.now(SHANGHAI))
    except RefusedRequest as refused:
        st.warning(str(refused))
        return
    st.session_state["settled"] = f"指标“{INDICATORS[indicator].title}”的基数已录入：{reason}"
    st.rerun()


def tell_what_was_settled() -> None:
    """Once, after the page has run again."""
    said = st.session_state.pop("settled", None)
    if said:
        st.success(said)


def heading(task: Task) -> str:
    return f"{task.code} {task.title}　{deadline_in_words(task)}"
