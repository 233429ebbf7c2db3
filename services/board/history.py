"""An indicator over time: the units' figures added up as of each month's end, each as the board stood on that day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.indicators import INDICATORS
from data_access.database import Session, reading
from data_access.figures import NOTHING
from models.lamps import IndicatorResult, Scorecard
from rules.as_of import end_of_day
from rules.duty import last_day, month_of, months
from rules.indicators import sum_of_known
from services.access.permission import EVERYONE, own_unit, requires_role
from services.figures.district_state import asking_of_plan_on, plan_asked_about
from services.figures.indicator_figures import IndicatorFigures, figures_on


@dataclass(frozen=True, slots=True)
class Point:
    """`value` None where nobody had reported by then; `denominator` None for a count."""

    day: date
    numerator: float | None
    denominator: float | None
    target: float | None

    @property
    def value(self) -> float | None:
        if self.numerator is None or self.denominator == 0:
            return None
        return self.numerator if self.denominator is None else self.numerator / self.denominator


def days_to_show(as_of: date) -> list[date]:
    """Return the month ends of the year up to the as-of date, and that date itself."""
    ends = (last_day(month) for month in months(f"{as_of.year}-01", month_of(as_of)))
    return [*(end for end in ends if end < as_of), as_of]


Judged = tuple[str, str]
"""An indicator and the code of the measure that it judges."""


@requires_role(*EVERYONE)
def courses(figures_asked: Sequence[Judged], as_of: date) -> dict[Judged, list[Point]]:
    """Return one point a month end of each, as the board was on that day; for a unit's person of the own figures alone.
    The figures of a day are read once for all of them.
    """
    with reading() as session, asking_of_plan_on(session, as_of):
        days = [_on(session, day, figures_asked) for day in days_to_show(as_of)]
    return {judged: [points[judged] for points in days] for judged in figures_asked}


def _on(session: Session, day: date, figures_asked: Sequence[Judged]) -> dict[Judged, Point]:
    plan, unit = plan_asked_about(session, end_of_day(day)), own_unit()
    figures = figures_on(session, day, plan.year_start, {indicator for indicator, _ in figures_asked})
    unit_id = None if unit is None else plan.unit_id(unit) or 0
    return {
        (indicator, measure): _point(day, indicator, figures, figures.results_of(plan, measure, indicator, unit_id))
        for indicator, measure in figures_asked
    }


def _point(day: date, indicator: str, figures: IndicatorFigures, results: Sequence[IndicatorResult]) -> Point:
    """Of figures that are no sum over rows, such as an average, those of several units do not add up: the district's
    own stands in their place.
    """
    if len(results) < 2 or not INDICATORS[indicator].kept_whole:
        return added_up(day, results)
    whole = figures.figures.get(indicator, {}).get(None, NOTHING)
    return Point(day, whole.numerator, whole.denominator, results[0].target)


def point(card: Scorecard, indicator: str, measure: str, *, district: bool) -> Point:
    """Return the figures of one day. `district`: each unit's result already is the whole district's."""
    results = [result for row in card.select(measure=measure) for result in row.indicators if result.code == indicator]
    return added_up(card.as_of, results[:1] if district else results)


def added_up(day: date, results: Iterable[IndicatorResult]) -> Point:
    every = list(results)
    return Point(
        day,
        *sum_of_known((result.numerator, result.denominator) for result in every),
        every[0].target if every else None,
    )
