"""From a round and its steps to its state, or the sentence why a step may not be taken. Source: supervision.md 6."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from models.rounds import RoundState, RoundStep

LEADS_TO = {
    RoundStep.START: RoundState.UNDER_WAY,
    RoundStep.CONCLUDE: RoundState.CONCLUDED,
    RoundStep.DROP: RoundState.DROPPED,
}
ALLOWED_IN = {
    RoundStep.CHANGE: (RoundState.PLANNED,),
    RoundStep.START: (RoundState.PLANNED,),
    RoundStep.CONCLUDE: (RoundState.UNDER_WAY,),
    RoundStep.DROP: (RoundState.PLANNED, RoundState.UNDER_WAY),
    RoundStep.ATTACH: (RoundState.PLANNED, RoundState.UNDER_WAY, RoundState.CONCLUDED),
    RoundStep.DETACH: (RoundState.PLANNED, RoundState.UNDER_WAY, RoundState.CONCLUDED),
}
"""Step → the states in which it may be taken."""


def state_after(steps: Iterable[RoundStep]) -> RoundState:
    """Return where a round stands after these steps, in the order in which they were taken."""
    state = RoundState.PLANNED
    for step in steps:
        state = LEADS_TO.get(step, state)
    return state


def step_refusal(state: RoundState, step: RoundStep) -> str | None:
    """Return why the state forbids the step, or None."""
    if state in ALLOWED_IN[step]:
        return None
    if step is RoundStep.CONCLUDE and state is RoundState.PLANNED:
        return "该轮次还没有开始，开始后才能结束。"
    return f"该轮次{state.word}，不能再{step.word}。"


def setting_refusal(name: str, starts_on: date, ends_on: date, units: Collection[str], leader: str) -> str | None:
    """Return why a round cannot be set so, or None."""
    if not name.strip():
        return "请写明轮次名称。"
    if ends_on < starts_on:
        return f"结束日期（{ends_on}）不能早于开始日期（{starts_on}）。"
    if not units:
        return "请至少选择一个责任单位。"
    return None if leader.strip() else "请写明组长。"


def conclusion_refusal(units: Iterable[str], conclusions: Mapping[str, str]) -> str | None:
    """Return why these conclusions do not do, or None: every unit of the round is given one, and nobody else."""
    units = list(units)
    if missing := [unit for unit in units if not conclusions.get(unit, "").strip()]:
        return f"请写明对每个单位的结论，还缺：{'、'.join(missing)}。"
    if others := [unit for unit in conclusions if unit not in units]:
        return f"{'、'.join(others)}不在这一轮次中。"
    return None
