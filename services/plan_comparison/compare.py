"""Two plans of the board beside one another: their tasks and measures, and the indicators that both are judged by, over
both years.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data_access.database import reading
from models.definitions import plain_code
from models.plan import Measure, Plan, Task
from rules.as_of import end_of_day
from rules.plan.pairs import pairs
from services.access.chosen_plan import asking_of
from services.access.permission import EVERYONE, requires_role
from services.board.history import Point, course
from services.figures.district_state import plan_asked_about


@dataclass(frozen=True)
class ComparedMeasure:
    """A measure in both plans, or None where one of them has none like it; each with its task."""

    before: tuple[Task, Measure] | None
    after: tuple[Task, Measure] | None

    @property
    def change(self) -> str:
        return "延续" if self.before and self.after else "新增" if self.after else "不再列入"


@dataclass(frozen=True)
class ComparedIndicator:
    """An indicator that judges a measure of both plans, at each month's end of either year."""

    code: str
    before: tuple[Point, ...]
    after: tuple[Point, ...]


@dataclass(frozen=True)
class PlanComparison:
    """`before` and `after`: the plans as they stood at the end of the day."""

    before: Plan
    after: Plan
    measures: tuple[ComparedMeasure, ...]
    indicators: tuple[ComparedIndicator, ...]


@requires_role(*EVERYONE)
def compare_plans(before: str, after: str, as_of: date) -> PlanComparison:
    """Return two plans by their codes side by side. Raises RefusedRequest for one that is not there."""
    with reading() as session:
        first, second = (plan_asked_about(session, end_of_day(as_of), code) for code in (before, after))
    return PlanComparison(first, second, tuple(_measures(first, second)), tuple(_indicators(first, second, as_of)))


def _measures(first: Plan, second: Plan) -> Iterator[ComparedMeasure]:
    for before, after in pairs(first.tasks, second.tasks):
        for old, new in pairs(before.measures if before else (), after.measures if after else ()):
            yield ComparedMeasure((before, old) if before and old else None, (after, new) if after and new else None)


def _indicators(first: Plan, second: Plan, as_of: date) -> Iterator[ComparedIndicator]:
    judged = _judged(second)
    for code, (indicator, measure) in _judged(first).items():
        if code in judged:
            yield ComparedIndicator(
                judged[code][0], _course(first, indicator, measure, as_of), _course(second, *judged[code], as_of)
            )


def _judged(plan: Plan) -> dict[str, tuple[str, str]]:
    """Code → the indicator's key and the first measure that it judges."""
    judged: dict[str, tuple[str, str]] = {}
    for task in plan.tasks:
        for measure in task.measures:
            for target in measure.targets:
                judged.setdefault(plain_code(target.indicator), (target.indicator, measure.code))
    return judged


def _course(plan: Plan, indicator: str, measure: str, as_of: date) -> tuple[Point, ...]:
    """The month ends of the plan's year."""
    with asking_of(plan.code):
        return tuple(course(indicator, measure, min(as_of, date(plan.year, 12, 31))))
