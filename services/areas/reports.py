"""What one area asks for in reports: who owes which dataset for a measure of the area that counts it, what is missing,
what is to come.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from services.board.district import District, MissingReport
from services.board.scorecard import Duty
from services.figures.district_state import DistrictState


@dataclass(frozen=True)
class AreaReports:
    """As it stood at the end of a day, of all units or of one."""

    missing: tuple[MissingReport, ...]
    to_come: Mapping[tuple[str, str], date | None]  # (unit, dataset) not exempt → until when its next report is in time
    due: bool  # whether any report of these has been due by then
    heard: bool  # whether any of them ever came


def area_reports(district: District, area: str, unit: str | None = None) -> AreaReports:
    """Return the reports that an area needs; a dataset that a unit owes for the sake of another area
    alone is left out.
    """
    own = replace(district.plan, tasks=tuple(task for task in district.plan.tasks if task.area == area))
    duty = Duty(district.as_of, DistrictState(dict(district.settings), own, district.calendar), set(), {})
    names = {number: unit.name for number, unit in own.units.items()}
    owed = {
        (names[number], dataset): first
        for (number, dataset), first in duty.owed_from.items()
        if unit in (None, names[number])
    }
    to_come = {pair: district.owed[pair] for pair in owed if pair in district.owed}
    return AreaReports(
        tuple(gap for gap in district.missing if (gap.unit, gap.dataset) in owed),
        to_come,
        any(duty.due_months(owed[pair]) for pair in to_come),
        any(pair in district.heard for pair in to_come),
    )


@dataclass(frozen=True)
class Spoken:
    """Units by what they sent of a dataset that is in force, as of a day."""

    records: tuple[str, ...]
    zero: tuple[str, ...]  # a report without a record
    never: tuple[str, ...]


def spoken(district: District, dataset: str, records: Collection[str]) -> Spoken:
    """Return which units reported and which owe. `records`: units with records in force, whether they owe the dataset
    or only sent it.
    """
    owing = [unit for unit, code in district.owed if code == dataset and unit not in records]
    heard = [unit for unit in owing if (unit, dataset) in district.heard]
    return Spoken(tuple(records), tuple(heard), tuple(unit for unit in owing if unit not in heard))
