"""The lamps a command asks for, and their JSON as cli.md prescribes it."""

from __future__ import annotations

from datetime import date
from typing import Any

from catalogue.areas import AREAS, areas_of_plan, code_of_area
from data_access.database import reading
from models.definitions import plain_code
from models.lamps import IndicatorResult, MeasureLamp, Scorecard
from rules.as_of import end_of_day
from rules.working_days import CalendarMissing
from services.access.permission import EVERYONE, requires_role
from services.access.refusal import RefusedRequest
from services.board.scorecard import as_seen, assess_in
from services.figures.district_state import district_state
from services.figures.unit_names import names_of, unknown_unit


@requires_role(*EVERYONE)
def lamps_asked_for(as_of: date, *, unit: str | None, area: str | None, task: str | None) -> Scorecard:
    """Return the scorecard of a unit by any of its names, an area or a task. Raises RefusedRequest for a unit, area or
    task that is not there, CalendarMissing.
    """
    with reading() as session:
        state = district_state(session, end_of_day(as_of))
        if not state.calendar.covers(as_of.year):  # the document has no place to say what could not be told
            raise CalendarMissing(as_of.year)
        names = names_of(state)
        name = None if unit is None else names.resolve(unit)
        if unit is not None and name is None:
            raise RefusedRequest(unknown_unit(unit, names))
        if task is not None and state.plan.task(task) is None:
            raise RefusedRequest(f"方案中没有任务“{task}”，任务编号形如 2.1。")
        code = None if area is None else code_of_area(area)
        areas = areas_of_plan(state.plan)
        if code is not None and code not in AREAS.shipped and code not in {known_area.code for known_area in areas}:
            raise RefusedRequest(
                f"方案中没有领域“{area}”，可用：{'、'.join(known_area.title for known_area in areas)}。"
            )
        return as_seen(assess_in(session, as_of, unit=name, area=code, task=task))


def lamps_json(card: Scorecard) -> dict[str, Any]:
    return {"as_of": card.as_of.isoformat(), "lamps": [_lamp(lamp) for lamp in card.lamps]}


def _lamp(lamp: MeasureLamp) -> dict[str, Any]:
    return {
        "area": lamp.area,
        "task": lamp.task,
        "measure": lamp.measure,
        "unit": lamp.unit,
        "lamp": lamp.lamp.value,
        "deadline": lamp.deadline and lamp.deadline.isoformat(),
        "indicators": [_indicator(result) for result in lamp.indicators],
        "reason": lamp.reason,
    }


def _indicator(result: IndicatorResult) -> dict[str, Any]:
    return {
        "code": plain_code(result.code),
        "numerator": _number(result.numerator),
        "denominator": _number(result.denominator),
        "value": _number(result.value),
        "target": _number(result.target),
        "met": result.met,
    }


def _number(value: float | None) -> float | int | None:
    """Whole numbers without a decimal point."""
    return int(value) if value is not None and float(value).is_integer() else value
