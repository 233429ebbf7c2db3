"""Forms by which the bureau settles a task's doubts and enters baselines, always with a reason that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

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
from rules.as_of import SHANGHAI
from services.plan.decisions import decided_values, first_to_settle, set_target, settle
from services.plan.unit_words import GROUPS

SETTLE, ENTER = "核定", "录入基数"


def change_form(tasks: Sequence[Task], units: Sequence[str], here: PageContext) -> None:
    """Draw the decision on a task that is in no doubt: another deadline, none at all or one again, other units."""
    named = {task.code: task for task in tasks}
    code = st.selectbox("任务", list(named), format_func=lambda code: heading(named[code]), key="task to change")
    if code is not None:
        settle_form(named[code], units, here, subject="change")


def settle_form(task: Task, units: Sequence[str], here: PageContext, subject: str = "settle") -> None:
    """Draw what the plan says, what is in doubt, and the decision. `subject`: apart for each place on the page."""
    render(clause(task))
    if task.other_reading:
        render(note(f"另一种读法：{task.other_reading.isoformat()}。"))
    key = f"{subject} {task.code}"
    with entry_form(key):
        day = st.date_input("确定的完成时限", task.other_reading or task.deadline, format="YYYY-MM-DD", width=220)
        goes_on = st.checkbox("长期坚持，不设完成时限", task.open_ended)
        groups = sorted(set(GROUPS.values()), reverse=True)
        chosen = st.multiselect("确定的责任单位（不改动的留空）", [*groups, *units], placeholder="请选择单位或单位组")
        since = st.date_input("生效日期", here.day, min_value=here.day, format="YYYY-MM-DD", width=220)
        reason = st.text_input("理由（必填，存入记录）", max_chars=200)
        handed_in = st.form_submit_button(SETTLE)
        seen = as_drawn(key, decided_values(task, here.district.plan), handed_in=handed_in)
        if handed_in:
            decision = _Decision(task, None if goes_on else day, goes_on, tuple(chosen), since or here.day, reason)
            ask_once_more(key, decision.in_words, lambda: _settle(decision, here, seen), reason=reason)
    draw_question(key)


@dataclass(frozen=True)
class _Decision:
    """What was filled in: the last day, or that the task goes on, and the units; from which day on, and why."""

    task: Task
    day: date | None
    goes_on: bool
    units: tuple[str, ...]
    since: date
    reason: str

    @property
    def deadline(self) -> date | None:
        """Return another last day than is in force, and the same only where it was in doubt."""
        return None if self.day == self.task.deadline and not self.task.doubts else self.day

    @property
    def takes_deadline_away(self) -> bool:
        return self.goes_on and not self.task.open_ended

    @property
    def in_words(self) -> str:
        doubts = "，相关责任项不再列为存疑" if self.task.doubts else ""
        units = f"责任单位为{'、'.join(self.units)}" if self.units else "责任单位不变"
        begin = f"自 {self.since} 起，任务 {self.task.code} "
        return f"{begin}{self._deadline_in_words}，{units}{doubts}。理由：{self.reason}"

    @property
    def _deadline_in_words(self) -> str:
        if self.takes_deadline_away:
            return "长期坚持，不设完成时限"
        return f"的完成时限将核定为 {self.deadline}" if self.deadline else f"的完成时限不变（{last_day(self.task)}）"


def tell_who_was_first(task: Task, here: PageContext) -> None:
    """Tell whoever handed in a decision on a task that another has settled meanwhile; its form is gone."""
    key = f"settle {task.code}"
    if waits_for_an_answer(key, SETTLE):
        forget_question(key)
        st.warning(plain(first_to_settle(task.code, here.now)))


def _settle(decision: _Decision, here: PageContext, seen: Sequence[str]) -> str:
    """From now on, or from the beginning of a day to come."""
    task, is_to_come = decision.task, decision.since > here.day
    settle(
        task.code,
        deadline=decision.deadline,
        unit_words=decision.units or None,
        reason=decision.reason,
        at=datetime.combine(decision.since, time(), SHANGHAI) if is_to_come else here.now,
        seen=seen,
        no_deadline=decision.takes_deadline_away,
    )
    since = f"，自 {decision.since} 起" if is_to_come else ""
    return f"任务 {task.code} {'的存疑' if task.doubts else ''}已核定{since}：{decision.reason}"


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
