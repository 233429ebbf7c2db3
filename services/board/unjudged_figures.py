"""Figures that stand beside a measure and that no lamp looks at: from an as-of date to each measure's figures, of all
its units or of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from catalogue.indicators import INDICATORS, UNJUDGED, UNJUDGED_OF_MEASURE
from catalogue.register import declared_in_force
from data_access.database import reading
from data_access.figures import NOTHING, KeptFigures
from models.lamps import IndicatorResult
from models.plan import Plan
from rules.as_of import end_of_day
from rules.indicators import sum_of_known
from rules.lamp import result
from services.access.permission import EVERYONE, requires_role
from services.figures.district_state import plan_asked_about
from services.figures.handed_on import figures_in_force


@requires_role(*EVERYONE, own="unit")
def unjudged_figures(as_of: date, unit: str | None = None) -> Mapping[str, tuple[IndicatorResult, ...]]:
    """Measure → what is shown beside it; of one unit only the measures that it answers for."""
    with reading() as session:
        plan = plan_asked_about(session, end_of_day(as_of))
        shown = shown_beside(plan, as_of)
        codes = {code for beside in shown.values() for code in beside}
        figures = figures_in_force(session, as_of, plan.year_start, codes=codes) if codes else {}
    return {
        measure: tuple(_result(code, figures, units) for code in codes)
        for measure, codes in shown.items()
        if (units := _whose(plan, measure, unit)) is not None
    }


def shown_beside(plan: Plan, as_of: date) -> dict[str, tuple[str, ...]]:
    """Measure of the plan → what stands beside it: by the catalogue, of the plan that it ships, and by the plan's own
    sheet 并列.
    """
    shown = {} if plan.prefix else dict(UNJUDGED_OF_MEASURE)
    for beside in declared_in_force().beside:
        measure = plan.code_of(beside.measure)
        if measure is not None and beside.holds_at(end_of_day(as_of)):
            shown[measure] = (*shown.get(measure, ()), beside.indicator)
    return shown


def _whose(plan: Plan, code: str, unit: str | None) -> set[int | None] | None:
    """The units whose figures add up to it; None where the unit does not answer for the measure."""
    measure = plan.measure(code)
    task = plan.task(measure.task) if measure else None
    if measure is None or task is None:
        return None
    unit_id = plan.unit_id(unit) if unit else None
    if unit and unit_id not in task.units:
        return None
    if (
        measure.district or not task.units
    ):  # a lead unit's measure, and one whose units are in doubt, counts everybody's records
        return {unit.id for unit in plan.units.values()}
    return {unit_id} if unit else set(task.units)


def _result(code: str, figures: KeptFigures, units: Iterable[int | None]) -> IndicatorResult:
    indicator = (INDICATORS | UNJUDGED)[code]
    of_units = list(units)
    whole = indicator.district or (indicator.kept_whole and len(of_units) > 1)
    summands = [figures.get(code, {}).get(unit_id, NOTHING) for unit_id in ([None] if whole else of_units)]
    return result(code, *sum_of_known((figure.numerator, figure.denominator) for figure in summands), None)
