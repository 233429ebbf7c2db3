"""The lamp rule of product.md: from the facts of one measure × unit at one date to exactly one lamp with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from operator import ge, gt, le, lt

from models.lamps import IndicatorResult, Judgement, Lamp, MeasureCase, MilestoneState, RollUp
from models.plan import Target
from rules.lamp_reasons import Because
from rules.working_days import Calendar

TOLERANCE = 1e-9  # a target of 2/3 is kept as a float and is met by exactly 2/3

Traits = tuple[bool, bool, MilestoneState | None, tuple[bool | None, ...]]
"""All that the rule looks at in which units of one measure differ: whether a due report is missing, whether the unit is
exempted, its milestone, and of each indicator what `standings` says. Units of the same traits have the same lamp, so
that a board asks the rule once for all of them.
"""


def judge(case: MeasureCase, calendar: Calendar) -> Judgement:
    """Return the lamp of a measure × unit. The days of a year not entered yet, on the way to the deadline, are counted
    by the week.
    """
    if is_doubtful(case):
        return Judgement(Lamp.DOUBT, Because(case, Lamp.DOUBT))
    if case.exemption is not None:
        return Judgement(Lamp.NOT_APPLICABLE, Because(case, Lamp.NOT_APPLICABLE))
    if case.deadline is None:
        lamp = judge_without_deadline(case)
        return Judgement(lamp, Because(case, lamp))
    settled = (
        judge_indicators(case, case.deadline)
        if case.milestone is None
        else judge_milestone(case.milestone, case.as_of, case.deadline)
    )
    if settled is not None:
        return Judgement(settled, Because(case, settled))
    days_left, not_entered = calendar.about_working_days_between(case.as_of, case.deadline)
    lamp = Lamp.DUE_SOON if days_left <= case.warning_days else Lamp.ON_TRACK
    return Judgement(lamp, Because(case, lamp, days_left, not_entered))


def is_doubtful(case: MeasureCase) -> bool:
    """Return whether rule 1 holds: an unsettled doubt, no deadline where the plan does not say that there is none, or a
    target to increase without the baseline.
    """
    undated = case.deadline is None and not case.open_ended
    return undated or bool(case.doubt) or any(i.increases and i.target is None for i in case.indicators)


def judge_without_deadline(case: MeasureCase) -> Lamp:
    """Return the lamp of what goes on (长期坚持): finished as of the day, or going on; what is missing is told in the
    reason. Source: plans.md, section 2.
    """
    if case.milestone is not None:
        return Lamp.DONE if case.milestone.verified_on is not None else Lamp.ON_TRACK
    applying = [i for i in case.indicators if i.applies]
    if case.missing:
        return Lamp.ON_TRACK
    if case.indicators and not applying:
        return Lamp.NOT_APPLICABLE
    return Lamp.DONE if applying and all(i.met for i in applying) else Lamp.ON_TRACK


def judge_indicators(case: MeasureCase, deadline: date) -> Lamp | None:
    """Return the lamp by rule 2, or None where only the nearness of the deadline is left to look at."""
    if case.missing and case.as_of <= deadline:
        return Lamp.NOT_REPORTED
    applying = [i for i in case.indicators if i.applies]
    if case.indicators and not applying and not case.missing:
        return Lamp.NOT_APPLICABLE
    if applying and all(i.met for i in applying):
        return Lamp.DONE
    return Lamp.OVERDUE if case.as_of > deadline else None


def judge_milestone(state: MilestoneState, as_of: date, deadline: date) -> Lamp | None:
    """Return the lamp by rule 3, or None where only the nearness of the deadline is left to look at."""
    completed = state.completion
    if state.verified_on is not None and completed is not None:
        return Lamp.DONE if completed <= deadline else Lamp.DONE_LATE
    if (
        completed is not None
        and state.first_reported_at is not None
        and max(completed, state.first_reported_at) <= deadline
    ):
        return Lamp.TO_VERIFY
    if as_of > deadline:
        return Lamp.OVERDUE
    return None if state.latest_month_reported else Lamp.NOT_REPORTED


def traits(case: MeasureCase) -> Traits:
    """Return the traits of a case, as plainly as can be: boards put them together column by column."""
    standing = tuple(bool(i.met) if i.applies else None for i in case.indicators)
    return bool(case.missing), case.exemption is not None, case.milestone, standing


def standings(target: Target, figures: Iterable[tuple[float | None, float | None]]) -> list[bool | None]:
    """Return of each (numerator, denominator) whether it meets the target; None where there is nothing to count. No
    figures meet nothing.
    """
    bound, increases = _bound(target)
    held_against, edge = (_never, 0.0) if bound is None else _edge(bound, increases, target.at_most)
    return [
        False
        if numerator is None
        else held_against(numerator, edge)
        if denominator is None
        else held_against(numerator / denominator, edge)
        if denominator
        else None
        for numerator, denominator in figures
    ]


def meets(
    numerator: float, denominator: float | None, target: float, increases: bool = False, at_most: bool = False
) -> bool:
    """Return whether the share (or, without a denominator, the count) reaches its target; to increase, exceeds its
    baseline. `at_most`: whether it stays at or below its target; to fall, is below its baseline.
    """
    held_against, edge = _edge(target, increases, at_most)
    return held_against(numerator if denominator is None else numerator / denominator, edge)


def _edge(target: float, increases: bool, at_most: bool) -> tuple[Callable[[float, float], bool], float]:
    """How a value is held against a target, and the value that it is held against."""
    if at_most:
        return (lt, target - TOLERANCE) if increases else (le, target + TOLERANCE)
    return (gt, target + TOLERANCE) if increases else (ge, target - TOLERANCE)


def _never(value: float, edge: float) -> bool:
    return False


def judged(target: Target, numerator: float | None, denominator: float | None) -> IndicatorResult:
    """Return an indicator's figure beside what a measure holds it against."""
    bound, increases = _bound(target)
    return result(target.indicator, numerator, denominator, bound, increases, target.at_most)


def _bound(target: Target) -> tuple[float | None, bool]:
    """The value that a figure is held against, and whether it is a baseline to exceed."""
    if target.value is None or target.change_by is None:
        return target.value, target.increases
    # then it is no longer “more than before”, but a value
    return target.value * (1 + (-target.change_by if target.at_most else target.change_by)), False


def result(
    code: str,
    numerator: float | None,
    denominator: float | None,
    target: float | None,
    increases: bool = False,
    at_most: bool = False,
) -> IndicatorResult:
    """Return an indicator's figure beside its target. No numerator: no figures. No denominator: a count. Denominator 0:
    nothing to count.
    """
    if numerator is None:
        return IndicatorResult(code, None, None, None, target, None, increases, at_most)
    if denominator == 0:
        return IndicatorResult(code, numerator, denominator, None, target, None, increases, at_most)
    value = numerator if denominator is None else numerator / denominator
    met = None if target is None else meets(numerator, denominator, target, increases, at_most)
    return IndicatorResult(code, numerator, denominator, value, target, met, increases, at_most)


def case_lamp(due: date | None, closed: date | None, as_of: date, calendar: Calendar, warn_days: int = 1) -> Lamp:
    """Return the lamp of a case against its own due date; what was closed after the as-of date is still open on it.

    A case without a due date cannot be late. The days of a year not entered yet are counted by the week.
    """
    if closed is not None and closed <= as_of:
        return Lamp.DONE if due is None or closed <= due else Lamp.DONE_LATE
    if due is None:
        return Lamp.ON_TRACK
    if as_of > due:
        return Lamp.OVERDUE
    return Lamp.DUE_SOON if calendar.about_working_days_between(as_of, due)[0] <= warn_days else Lamp.ON_TRACK


def roll_up(lamps: Iterable[Lamp]) -> RollUp:
    """Return the worst lamp and how many there are of each."""
    number_of = Counter(lamps)
    counts: dict[Lamp, int] = {lamp: number_of[lamp] for lamp in Lamp if lamp is not Lamp.NOT_APPLICABLE}
    return RollUp(next((lamp for lamp, number in counts.items() if number), Lamp.NOT_APPLICABLE), counts)
