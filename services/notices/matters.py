"""The matters of each unit at the end of a day: measures, reports and rectifications that are late or nearly so.

Source: supervision.md 5.1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from catalogue.datasets import DATASETS
from catalogue.datasets.progress import PROGRESS
from data_access.database import Session
from data_access.milestones import milestones_at
from models.definitions import Frequency
from models.lamps import Lamp, MeasureLamp, MilestoneState, Scorecard
from models.notices import Matter, MatterKind
from models.rectifications import Rectification
from rules.as_of import end_of_day, month_of
from rules.duty import due_day, months
from rules.notices.matters import report_lamp
from rules.rectifications.course import days_to
from rules.working_days import CalendarMissing
from services.board.scorecard import Duty, duty_at, gather, lamps_of
from services.figures.district_state import DistrictState, district_state
from services.figures.unit_names import unit_id_named
from services.rectifications.ledger import open_rectifications_in

PRESSING = (Lamp.OVERDUE, Lamp.DUE_SOON)


@dataclass(frozen=True)
class UnitMatters:
    """In the order of the plan, then of datasets and months, then by number."""

    unit: str
    matters: tuple[Matter, ...]
    returned: tuple[str, ...]  # milestones returned and not reported done since


@dataclass(frozen=True)
class DistrictMatters:
    """Of every unit in the order of the register, or of one; units without a matter are there with none."""

    as_of: date
    state: DistrictState = field(repr=False)
    duty: Duty = field(repr=False)
    milestones: Mapping[tuple[str, int], MilestoneState] = field(repr=False)
    lamps: Sequence[MeasureLamp] = field(repr=False)  # of every unit, or of the one
    rectifications: Sequence[Rectification] = field(repr=False)  # neither closed nor withdrawn
    units: Mapping[str, UnitMatters]

    @property
    def ids(self) -> dict[str, int]:
        return {unit.name: unit.id for unit in self.state.plan.units.values()}


def matters_in(
    session: Session, as_of: date, unit: str | None = None, card: Scorecard | None = None
) -> DistrictMatters:
    """Return the district's matters. `card`: the board of that day, where it has been judged already.

    Raises RefusedRequest for an unknown unit, CalendarMissing.
    """
    state = district_state(session, end_of_day(as_of))
    unit_id = None if unit is None else unit_id_named(state, unit)
    name = None if unit_id is None else state.plan.units[unit_id].name
    if card is None:
        facts = gather(session, as_of, state, name)
        duty, milestones, lamps = facts.duty, facts.milestones, lamps_of(facts, unit=name).lamps
    else:
        duty = duty_at(session, as_of, state, unit_id)
        milestones = milestones_at(session, PROGRESS, end_of_day(as_of), duty.latest_month)
        lamps = card.select(unit=name)
    items = open_rectifications_in(session, as_of, state, unit_id)
    matters: dict[str, list[Matter]] = defaultdict(list)
    for owner, matter in (
        *_measures(state, as_of, lamps),
        *_reports(duty.of_all_plans(session), unit_id),
        *_rectifications(items),
    ):
        matters[owner].append(matter)
    returned = _returned(state, milestones)
    units = {
        unit.name: UnitMatters(unit.name, tuple(matters.get(unit.name, ())), tuple(returned.get(unit.name, ())))
        for unit in state.plan.units.values()
        if unit_id in (None, unit.id)
    }
    return DistrictMatters(as_of, state, duty, milestones, lamps, items, units)


def _measures(state: DistrictState, as_of: date, lamps: Sequence[MeasureLamp]) -> Iterator[tuple[str, Matter]]:
    titles = {measure.code: measure.title for task in state.plan.tasks for measure in task.measures}
    for lamp in lamps:
        if lamp.lamp in PRESSING and lamp.unit is not None and lamp.deadline is not None:
            code = f"{MatterKind.MEASURE}:{lamp.measure}"
            days = _days(state, lamp.deadline, as_of)
            yield lamp.unit, Matter(code, lamp.deadline, lamp.lamp, days, titles[lamp.measure])


def _reports(duty: Duty, unit_id: int | None) -> Iterator[tuple[str, Matter]]:
    state = duty.state
    warning_days = int(state.settings["report_warning_days"])
    order = list(DATASETS)
    for (owner, dataset), first in sorted(duty.owed_from.items(), key=lambda owed: order.index(owed[0][1])):
        if unit_id not in (None, owner) or (owner, dataset) in duty.exempt:
            continue
        for month, due_month in _months_not_reported(duty, owner, dataset, first):
            try:
                due = due_day(due_month, state.calendar, duty.day)
                lamp = report_lamp(due, duty.as_of, state.calendar, warning_days)
            except CalendarMissing:
                continue  # no entered calendar tells the day
            if lamp is not None:
                title = f"{month}月报：{DATASETS[dataset].title}" if month else DATASETS[dataset].title
                code = f"{MatterKind.REPORT}:{dataset}:{month}"
                yield state.plan.units[owner].name, Matter(code, due, lamp, _days(state, due, duty.as_of), title)


def _months_not_reported(duty: Duty, owner: int, dataset: str, first: str) -> Iterator[tuple[str, str]]:
    """(month, month whose due day counts) of each report that is not there, down to the month that runs; month "" of a
    snapshot.
    """
    if DATASETS[dataset].frequency is Frequency.SNAPSHOT:
        if (owner, dataset) not in duty.ever:
            yield "", first
        return
    for month in months(first, month_of(duty.as_of)):
        if DATASETS[dataset].is_owed(month) and (owner, dataset, month) not in duty.reported:
            yield month, month


def _rectifications(items: Sequence[Rectification]) -> Iterator[tuple[str, Matter]]:
    for item in items:
        if item.lamp in PRESSING:
            code = f"{MatterKind.RECTIFICATION}:{item.number}"
            yield item.unit, Matter(code, item.course.due, item.lamp, item.days, item.issue)


def _returned(state: DistrictState, milestones: Mapping[tuple[str, int], MilestoneState]) -> dict[str, list[str]]:
    """Unit → milestones returned and not reported done since, in the order of the plan."""
    returned: dict[str, list[str]] = defaultdict(list)
    for task in state.plan.tasks:
        for measure in task.measures:
            for unit_id in task.units if measure.milestone else ():
                milestone = milestones.get((measure.key, unit_id))
                if milestone and milestone.returned_reason is not None and milestone.completion is None:
                    returned[state.plan.units[unit_id].name].append(measure.code)
    return returned


def _days(state: DistrictState, due: date, as_of: date) -> int | None:
    try:
        return days_to(due, as_of, state.calendar)
    except CalendarMissing:
        return None
