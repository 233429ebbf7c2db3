"""Forms by which the bureau settles a task's doubts and enters baselines, always with a reason that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from catalogue.indicators import INDICATORS
from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.forms import (
    as_drawn,
    ask_once_more,
    draw_question,
    entry_form,
    forget_question,
    waits_for_an_answer,
)
from components.elements.last_day import last_day
from components.elements.plain import plain
from components.elements.rendering import render
from components.elements.task_table import deadline_in_words
from components.proof.evidence import clause
from models.plan import Target, Task
from services.plan.decisions import decided_values, first_to_settle, set_target, settle
from services.plan.unit_words import GROUPS

SETTLE, ENTER = "核定", "录入基数"


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
        handed_in = st.form_submit_button(SETTLE)
        seen = as_drawn(key, decided_values(task, here.district.plan), handed_in=handed_in)
        if handed_in:
            units_in_words = f"责任单位为{'、'.join(chosen)}" if chosen else "责任单位不变"
            ask_once_more(
                key,
                f"任务 {task.code} 的完成时限{_decided(deadline, task)}，{units_in_words}，"
                f"相关责任项不再列为存疑。理由：{reason}",
                lambda: _settle(task, deadline, chosen, reason, here, seen),
                reason=reason,
            )
    draw_question(key)


def _decided(deadline: date | None, task: Task) -> str:
    if deadline is None:
        return f"不变（{last_day(task)}）"
    return f"将核定为 {deadline}"


def tell_who_was_first(task: Task, here: PageContext) -> None:
    """Tell whoever handed in a decision on a task that another has settled meanwhile; its form is gone."""
    key = f"settle {task.code}"
    if waits_for_an_answer(key, SETTLE):
        forget_question(key)
        st.warning(plain(first_to_settle(task.code, here.now)))


def _settle(
    task: Task, deadline: date | None, chosen: list[str], reason: str, here: PageContext, seen: Sequence[str]
) -> str:
    settle(task.code, deadline=deadline, unit_words=chosen or None, reason=reason, at=here.now, seen=seen)
    return f"任务 {task.code} 的存疑已核定：{reason}"


def baseline_form(targets: Sequence[Target], here: PageContext) -> None:
    """Draw the form for the same months of the year before, for targets that only ask for an increase."""
    by_indicator = {target.indicator: target for target in targets}
    titles = {target.indicator: INDICATORS[target.indicator].title for target in targets}
    with entry_form("baseline"):
        indicator = st.selectbox("指标", list(titles), format_func=lambda code: titles[code])
        baseline = st.number_input(
            "上年同期数（比例填小数，如 0.35）", min_value=0.0, value=None, format="%.4g", placeholder="请填数"
        )
        reason = st.text_input("依据（必填，存入记录）", max_chars=200)
        handed_in = st.form_submit_button(ENTER)
        drawn = as_drawn("baseline", list(titles), handed_in=handed_in)
        if handed_in and drawn != tuple(titles):
            gone = "、".join(f"“{INDICATORS[code].title}”" for code in drawn if code not in titles)
            st.warning(plain(f"{gone}的基数刚才已由他人录入，您的没有保存；请重新选择指标。"))
        elif handed_in:
            ask_once_more(
                "baseline",
                f"“{titles[indicator]}”的上年同期数将录入为 {'（未填）' if baseline is None else f'{baseline:.4g}'}，"
                f"相关责任项按此判定。依据：{reason}",
                lambda: _set_baseline(by_indicator[indicator], baseline, reason, here),
                reason=reason,
            )
    draw_question("baseline")


def tell_that_it_was_entered() -> None:
    """Tell whoever handed in a baseline that others have entered the last one meanwhile; the form is gone."""
    if waits_for_an_answer("baseline", ENTER):
        forget_question("baseline")
        st.warning("基数刚才已由他人录入，您的没有保存。")


def _set_baseline(target: Target, baseline: float | None, reason: str, here: PageContext) -> str:
    set_target(target.indicator, target=None, baseline=baseline, reason=reason, at=here.now, seen=target)
    return f"指标“{INDICATORS[target.indicator].title}”的基数已录入：{reason}"


def heading(task: Task) -> str:
    return f"{task.code} {task.title}　{deadline_in_words(task)}"
