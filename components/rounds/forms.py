"""The forms on rounds: set one, told first who would be visited too often; start, conclude, drop, attach and detach."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from catalogue.areas import area_of, areas_of_plan
from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.phrases import lines
from components.elements.plain import plain
from components.elements.rendering import render
from models.rounds import AttachedKind, Round, RoundKind, RoundState
from rules.rounds.course import setting_refusal
from services.access.permission import may
from services.rounds.acts import (
    RoundPlan,
    attach_to_round,
    change_round,
    conclude_round,
    detach_from_round,
    drop_round,
    plan_round,
    start_round,
    visited_too_often,
)

ROUND_KINDS: list[RoundKind] = list(RoundKind)
ATTACHED_KINDS: list[AttachedKind] = list(AttachedKind)


def planning_form(here: PageContext) -> None:
    """Set a round; before it is set, who would be visited too often is told."""
    key = "plan round"
    with entry_form(key):
        starts_on = here.day + timedelta(days=1)
        plan_wanted = _plan_fields(RoundPlan("", ROUND_KINDS[0], starts_on, here.day + timedelta(days=5), (), ""), here)
        if st.form_submit_button("安排"):
            _ask(key, plan_wanted, here)
    draw_question(key)


def _plan_fields(known: RoundPlan, here: PageContext) -> RoundPlan:
    """Draw what a round is set with; return what stands in the fields."""
    plan = here.district.plan
    tasks = {task.code: task.title for task in plan.tasks}
    first, second = st.columns([2, 1])
    name = first.text_input("名称（必填）", known.name, max_chars=100)
    kind = second.selectbox("类别", ROUND_KINDS, ROUND_KINDS.index(known.kind), format_func=_word)
    first, second, third = st.columns(3)
    starts_on = first.date_input("自", known.starts_on, format="YYYY-MM-DD")
    ends_on = second.date_input("至", known.ends_on, format="YYYY-MM-DD")
    leader = third.text_input("组长（必填）", known.leader, max_chars=50)
    every_unit = [unit.name for unit in plan.units.values()]
    units = st.multiselect("责任单位（必选）", every_unit, known.units, placeholder="可选多个")
    first, second = st.columns(2)
    every_area = dict.fromkeys([*(area.code for area in areas_of_plan(plan)), *known.areas])
    areas = first.multiselect(
        "领域", list(every_area), known.areas, format_func=lambda area: area_of(area).title, placeholder="可不选"
    )
    chosen = second.multiselect(
        "任务", list(tasks), known.tasks, format_func=lambda code: f"{code} {tasks[code]}", placeholder="可不选"
    )
    members = st.text_input("成员（用顿号分开）", "、".join(known.members), max_chars=200)
    scheme = st.text_area("方案", known.scheme, max_chars=2000, placeholder="查什么、怎么查、分几组")
    basis = st.text_input("依据", known.legal_basis, max_chars=200, placeholder="如《政府督查工作条例》")
    sealed = st.checkbox("四不两直：结束前责任单位看不到，领导只看到有一轮在进行", known.sealed)
    return RoundPlan(
        name, kind, starts_on, ends_on, units, leader, members.split("、"), areas, chosen, scheme, basis, sealed
    )


def _word(kind: RoundKind | AttachedKind) -> str:
    return kind.word


def _ask(key: str, plan: RoundPlan, here: PageContext, number: str | None = None) -> None:
    """Say what will be set, and who would be visited too often; `number`: of the round that is set otherwise."""
    if problem := setting_refusal(plan.name, plan.starts_on, plan.ends_on, plan.units, plan.leader):
        st.warning(plain(problem))
        return
    warnings = [f"注意：{sentence}" for sentence in visited_too_often(plan, here.day, instead_of=number)]
    act = f"将把督查轮次 {number} 调整为" if number else "将安排"
    change = f"{act}{plan.kind.word}督查“{plan.name}”：{plan.starts_on} 至 {plan.ends_on}，{len(plan.units)} 个单位。"
    yes = "确认调整" if number else "确认安排"
    ask_once_more(key, lines((change, *warnings)), lambda: _set(plan, here, number), yes=yes)


def _set(plan: RoundPlan, here: PageContext, number: str | None) -> str:
    if number is None:
        item, _ = plan_round(plan, at=here.now)
        return f"已安排督查轮次 {item.number}：{item.name}。"
    return _sentence(change_round(number, plan, at=here.now)[0], "已调整")


def forms(item: Round, here: PageContext) -> None:
    """Draw what may be done with a round in its present state."""
    if not may(start_round):
        return
    if item.state is RoundState.PLANNED:
        with st.expander("开始", expanded=here.day >= item.starts_on):
            _start_form(item, here)
        with st.expander("调整安排"):
            _change_form(item, here)
    if item.state is RoundState.UNDER_WAY:
        with st.expander("结束：对每个单位的结论"):
            _conclusion_form(item, here)
    if item.state in (RoundState.PLANNED, RoundState.UNDER_WAY):
        with st.expander("取消"):
            _drop_form(item, here)
    if item.state is not RoundState.DROPPED:
        with st.expander("关联抽查、整改、通报、会议"):
            _attach_form(item, here)


def _start_form(item: Round, here: PageContext) -> None:
    key = f"start round {item.number}"
    if here.day < item.starts_on:
        render(note(f"{item.starts_on} 当天及以后才能开始。"))
        return
    with entry_form(key):
        if st.form_submit_button("开始这一轮"):
            seen = "结束前保密" if item.sealed else "所列单位可以看到"
            ask_once_more(
                key,
                f"督查轮次 {item.number} 将标为进行中，{seen}。",
                lambda: _sentence(start_round(item.number, at=here.now), "已开始"),
            )
    draw_question(key)


def _change_form(item: Round, here: PageContext) -> None:
    key = f"change round {item.number}"
    with entry_form(key):
        plan_wanted = _plan_fields(RoundPlan.of(item), here)
        if st.form_submit_button("调整"):
            _ask(key, plan_wanted, here, item.number)
    draw_question(key)


def _conclusion_form(item: Round, here: PageContext) -> None:
    key = f"conclude round {item.number}"
    with entry_form(key):
        texts = {unit: st.text_area(plain(f"{unit}（必填）"), max_chars=2000, height=80) for unit in item.units}
        if st.form_submit_button("结束这一轮"):
            if missing := [unit for unit, text in texts.items() if not text.strip()]:
                st.warning(plain(f"请写明对每个单位的结论，还缺：{'、'.join(missing)}。"))
            else:
                ask_once_more(
                    key,
                    f"督查轮次 {item.number} 将结束，{len(texts)} 个单位各自看到对本单位的结论，不能再改。",
                    lambda: _sentence(conclude_round(item.number, texts, at=here.now), "已结束"),
                    yes="确认结束",
                )
    draw_question(key)


def _drop_form(item: Round, here: PageContext) -> None:
    key = f"drop round {item.number}"
    with entry_form(key):
        reason = st.text_input("取消的理由（必填）", max_chars=500)
        if st.form_submit_button("取消这一轮"):
            ask_once_more(
                key,
                f"督查轮次 {item.number} 将取消。理由：{reason}",
                lambda: _sentence(drop_round(item.number, reason=reason, at=here.now), "已取消"),
                reason=reason,
            )
    draw_question(key)


def _attach_form(item: Round, here: PageContext) -> None:
    key = f"attach round {item.number}"
    with entry_form(key):
        first, second = st.columns(2)
        kind = first.selectbox("类别", ATTACHED_KINDS, format_func=_word)
        number = second.text_input("编号", max_chars=15, placeholder="如 2023-1")
        if st.form_submit_button("关联"):
            ask_once_more(
                key,
                f"{kind.word} {number} 将关联到督查轮次 {item.number}。",
                lambda: _sentence(attach_to_round(item.number, kind, number, at=here.now), "已关联"),
            )
    draw_question(key)
    if item.attached:
        _detach_form(item, here)


def _detach_form(item: Round, here: PageContext) -> None:
    key = f"detach round {item.number}"
    with entry_form(key):
        attached = st.selectbox(
            "关联有误的", item.attached, format_func=lambda attached: f"{attached.kind.word} {attached.number}"
        )
        if st.form_submit_button("取消关联"):
            ask_once_more(
                key,
                f"{attached.kind.word} {attached.number} 将不再关联到督查轮次 {item.number}。",
                lambda: _sentence(
                    detach_from_round(item.number, attached.kind, attached.number, at=here.now), "已取消关联"
                ),
            )
    draw_question(key)


def _sentence(item: Round, done: str) -> str:
    return f"督查轮次 {item.number} {done}，状态：{item.state.word}。"
