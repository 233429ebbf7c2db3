"""Forms by which the bureau settles a task's doubts and enters baselines, always with a reason that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from catalogue.indicators import INDICATORS
from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.rendering import render
from components.elements.task_table import deadline_in_words
from components.proof.evidence import clause
from models.plan import Target, Task
from services.plan.decisions import set_target, settle
from services.plan.unit_words import GROUPS


def settle_form(task: Task, units: Sequence[str], here: PageContext) -> None:
    """Draw what the plan says, what is in doubt, and the decision."""
    render(clause(task))
    if task.other_reading:
        render(note(f"另一种读法：{task.other_reading.isoformat()}。"))
    key = f"settle {task.code}"
    with entry_form(key):
        deadline = st.date_input("确定的完成时限", task.other_reading or task.deadline, format="YYYY-MM-DD", width=220)
        groups = sorted(set(GROUPS.values()), reverse=True)
        chosen = st.multiselect("确定的责任单位（不改动的留空）", [*groups, *units], placeholder="请选择单位或单位组")
        reason = st.text_input("理由（必填，存入记录）", max_chars=200)
        if st.form_submit_button("核定"):
            units_in_words = f"责任单位为{'、'.join(chosen)}" if chosen else "责任单位不变"
            ask_once_more(
                key,
                f"任务 {task.code} 的完成时限将核定为 {deadline or '未定'}，{units_in_words}，"
                f"相关责任项不再列为存疑。理由：{reason}",
                lambda: _settle(task, deadline, chosen, reason, here),
                reason=reason,
            )
    draw_question(key)


def _settle(task: Task, deadline: date | None, chosen: list[str], reason: str, here: PageContext) -> str:
    settle(task.code, deadline=deadline, unit_words=chosen or None, reason=reason, at=here.now)
    return f"任务 {task.code} 的存疑已核定：{reason}"


def baseline_form(targets: Sequence[Target], here: PageContext) -> None:
    """Draw the form for the same months of the year before, for targets that only ask for an increase."""
    titles = {target.indicator: INDICATORS[target.indicator].title for target in targets}
    with entry_form("baseline"):
        indicator = st.selectbox("指标", list(titles), format_func=lambda code: titles[code])
        baseline = st.number_input(
            "上年同期数（比例填小数，如 0.35）", min_value=0.0, value=None, format="%.4g", placeholder="请填数"
        )
        reason = st.text_input("依据（必填，存入记录）", max_chars=200)
        if st.form_submit_button("录入基数"):
            ask_once_more(
                "baseline",
                f"“{titles[indicator]}”的上年同期数将录入为 {'（未填）' if baseline is None else f'{baseline:.4g}'}，"
                f"相关责任项按此判定。依据：{reason}",
                lambda: _set_baseline(indicator, baseline, reason, here),
                reason=reason,
            )
    draw_question("baseline")


def _set_baseline(indicator: str, baseline: float | None, reason: str, here: PageContext) -> str:
    set_target(indicator, target=None, baseline=baseline, reason=reason, at=here.now)
    return f"指标“{INDICATORS[indicator].title}”的基数已录入：{reason}"


def heading(task: Task) -> str:
    return f"{task.code} {task.title}　{deadline_in_words(task)}"
