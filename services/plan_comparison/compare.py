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
from services.board.history import Judged, Point, courses
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
    before, after = _judged(first), _judged(second)
    codes = [code for code in before if code in after]
    earlier = _courses(first, [before[code] for code in codes], as_of)
    later = _courses(second, [after[code] for code in codes], as_of)
    for code in codes:
        yield ComparedIndicator(after[code][0], tuple(earlier[before[code]]), tuple(later[after[code]]))


def _judged(plan: Plan) -> dict[str, Judged]:
    """Code → the indicator's key and the first measure that it judges."""
    judged: dict[str, Judged] = {}
    for task in plan.tasks:
        for measure in task.measures:
            for target in measure.targets:
                judged.setdefault(plain_code(target.indicator), (target.indicator, measure.code))
    return judged


def _courses(plan: Plan, figures_asked: list[Judged], as_of: date) -> dict[Judged, list[Point]]:
    """The month ends of the plan's year."""
    with asking_of(plan.code):
        return courses(figures_asked, min(as_of, date(plan.year, 12, 31)))
