"""What a screen shows beside the lamps: plan, settings and calendar in force on a day, and which reports are missing by
then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from catalogue.datasets import DATASETS
from catalogue.settings import DEFAULTS
from data_access.database import reading
from data_access.settings import settings_at
from models.definitions import Frequency
from models.plan import Plan
from rules.as_of import SHANGHAI, day_of
from rules.working_days import Calendar
from services.access.clock import present
from services.access.permission import EVERYONE, is_own, requires_role
from services.access.personal_data import masked_unit
from services.board.scorecard import Duty, duty_at


@dataclass(frozen=True, slots=True)
class MissingReport:
    """A due report that is not there; `months` is empty for a snapshot that was never accepted."""

    unit: str
    dataset: str
    months: tuple[str, ...]
    owed: int  # reports of this dataset due from the unit by then


@dataclass(frozen=True)
class District:
    """As it stood at the end of `as_of`."""

    as_of: date
    plan: Plan
    calendar: Calendar
    settings: Mapping[str, Any]
    missing: tuple[MissingReport, ...]
    owed: Mapping[
        tuple[str, str], date | None
    ]  # (unit, dataset) that is not exempt → until when its next report is in time
    heard: frozenset[tuple[str, str]]  # (unit, dataset) of which a report ever came, zero reports among them
    silent: frozenset[str]  # units that owe reports and never sent one that they owe

    @property
    def is_sample(self) -> bool:
        return bool(self.settings["sample_data"])

    def days_left(self, day: date) -> int:
        """Return working days from the as-of date to `day`; those of a year not entered yet are counted by the week."""
        return self.calendar.about_working_days_between(self.as_of, day)[0]


@requires_role(*EVERYONE)
def district_as_of(as_of: date) -> District:
    with reading() as session:
        duty = duty_at(session, as_of).of_all_plans(session)
    state = duty.state
    missing = tuple(gap for gap in _missing(duty) if is_own(gap.unit))
    return District(
        as_of, _as_seen(state.plan), state.calendar, state.settings, missing, _owed(duty), _heard(duty), _silent(duty)
    )


def _as_seen(plan: Plan) -> Plan:
    """A unit's person sees no other unit's people, everyone else sees them masked."""
    return replace(
        plan,
        units={
            number: masked_unit(unit) if is_own(unit.name) else replace(unit, leader=None, person=None, phone=None)
            for number, unit in plan.units.items()
        },
    )


def _missing(duty: Duty) -> list[MissingReport]:
    missing = []
    for (unit_id, dataset), first in duty.owed_from.items():
        gaps = duty.missing(unit_id, dataset)
        if gaps:
            months = tuple(month for _, month in gaps if month)
            owed = len(duty.months_due(first, dataset)) if months else 1
            missing.append(MissingReport(duty.state.plan.units[unit_id].name, dataset, months, owed))
    return sorted(missing, key=lambda gap: (tuple(DATASETS).index(gap.dataset), -len(gap.months)))


def _owed(duty: Duty) -> dict[tuple[str, str], date | None]:
    day_is_over = duty.as_of < today()
    names = {number: unit.name for number, unit in duty.state.plan.units.items()}
    return {
        (names[unit_id], dataset): duty.next_due(unit_id, dataset, day_is_over=day_is_over)
        for unit_id, dataset in duty.owed_from
        if (unit_id, dataset) not in duty.exempt
    }


def _heard(duty: Duty) -> frozenset[tuple[str, str]]:
    names = {number: unit.name for number, unit in duty.state.plan.units.items()}
    return frozenset((names[unit_id], dataset) for unit_id, dataset in duty.ever if unit_id in names)


def _silent(duty: Duty) -> frozenset[str]:
    """The units that lack a report that was due and sent none that they owe, as a bulletin counts them."""
    # A whole-district ledger that somebody else exports speaks for a unit that may itself never have sent anything.
    silent = {unit_id for unit_id, dataset in duty.owed_from if duty.missing(unit_id, dataset)}
    for unit_id, dataset, month in duty.reported if silent else ():
        if unit_id in silent and _is_owed(duty, unit_id, dataset, month):
            silent.remove(unit_id)
    return frozenset(duty.state.plan.units[unit_id].name for unit_id in silent)


def _is_owed(duty: Duty, unit_id: int, dataset: str, month: str) -> bool:
    first = duty.owed_from.get((unit_id, dataset))
    if first is None:
        return False
    return DATASETS[dataset].frequency is Frequency.SNAPSHOT or month in duty.months_begun(first, dataset)


@requires_role(*EVERYONE)
def opening_day() -> date:
    """Return the as-of date of a visit that names none: the setting, else today in Shanghai."""
    with reading() as session:
        settings = DEFAULTS | settings_at(session, present())
    opens_at = settings["opens_at"]
    return date.fromisoformat(opens_at) if opens_at else today()


def moment(district: District) -> datetime | None:
    """Return when what is entered now takes effect. With sample data the clock stands at the as-of date; None: really
    now.
    """
    if not district.is_sample:
        return None
    return datetime.combine(district.as_of, datetime.now(SHANGHAI).time(), SHANGHAI)


def today() -> date:
    return day_of(present())
