"""抽查不符 k/n: the marks that confirmed findings leave beside measure × unit, as of a day.

A mark stands until a corrected report of the dataset comes in, or its rectification is closed; no lamp changes by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from data_access.database import Session, reading
from data_access.spot_checks import corrected_reports
from models.rectifications import RectificationState
from models.spot_checks import Element, Mark, Result, SpotCheck, State
from rules.as_of import day_of, end_of_day
from rules.duty import last_whole_month
from services.access.permission import EVERYONE, requires_role
from services.figures.district_state import DistrictState, district_state
from services.rectifications.ledger import rectifications_in
from services.spot_checks.standing import spot_checks_in


@requires_role(*EVERYONE, own="unit")
def marks_as_of(as_of: date, unit: str | None = None) -> tuple[Mark, ...]:
    """Return the marks that stand at the end of the day, of all units or of one, by number; a unit sees its own."""
    with reading() as session:
        known = district_state(session, end_of_day(as_of))
        return marks_in(session, as_of, known, unit)


def marks_in(session: Session, as_of: date, known: DistrictState, unit: str | None = None) -> tuple[Mark, ...]:
    """Return what `marks_as_of` does, within a transaction and without asking who asks."""
    end = end_of_day(as_of)
    unit_id = known.plan.unit_id(unit) if unit is not None else None
    checks = [
        check
        for check in spot_checks_in(session, known, end, unit_id=unit_id)
        if check.kind.measure is not None and check.state in (State.RELEASED, State.CLOSED)
    ]
    if not any(element.is_confirmed for check in checks for element in check.elements):
        return ()
    closed = {
        item.number
        for item in rectifications_in(session, as_of, known, unit_id)
        if item.course.state is RectificationState.CLOSED
    }
    marks = []
    for check in checks:
        for name, elements in _by_unit(check).items():
            failed = [element for element in elements if element.is_confirmed and element.rectification not in closed]
            failed = _without_corrected(session, check, name, failed, known, end)
            if failed:
                checked = sum(element.result in (Result.PASS, Result.FAIL) for element in elements)
                since = min(day_of(element.decision.at) for element in failed if element.decision)
                marks.append(Mark(check.kind.measure or "", name, check.number, len(failed), checked, since))
    return tuple(marks)


def _by_unit(check: SpotCheck) -> Mapping[str, Sequence[Element]]:
    by_unit: dict[str, list[Element]] = {}
    for element in check.elements:
        by_unit.setdefault(element.unit, []).append(element)
    return by_unit


def _without_corrected(
    session: Session, check: SpotCheck, unit: str, failed: list[Element], known: DistrictState, end: datetime
) -> list[Element]:
    """Without the findings decided before the unit sent the dataset again: its list anew, or one of the months."""
    if not failed or check.kind.dataset is None:
        return failed
    last_month = None
    if check.kind.monthly:
        last_month = check.month_to or last_whole_month(check.as_of)
    accepted = corrected_reports(session, check.kind.dataset, known.plan.unit_id(unit) or 0, last_month, end)
    return [element for element in failed if not _is_after(element, accepted)]


def _is_after(element: Element, accepted: Iterable[datetime]) -> bool:
    return element.decision is not None and any(moment > element.decision.at for moment in accepted)


def by_place(marks: Iterable[Mark]) -> Mapping[tuple[str, str], list[Mark]]:
    """Return (measure, unit) → its marks."""
    places: dict[tuple[str, str], list[Any]] = {}
    for mark in marks:
        places.setdefault((mark.measure, mark.unit), []).append(mark)
    return places
