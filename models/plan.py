"""The plan as it stood at one instant: tasks with the deadline and units in force, measures, indicators with
targets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.units import UnitChange


@dataclass(frozen=True, slots=True)
class Target:
    """What an indicator is held against.

    `increases`: a baseline, and `value` None while none has been entered. `at_most`: it is to stay at or below it, or
    to fall against its baseline. `change_by`: by what share of the baseline at least, where the plan says so.
    """

    indicator: str
    value: float | None
    increases: bool
    since: str = ""  # first month it is judged by, where later than the beginning
    at_most: bool = False
    change_by: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    code: str  # in its plan
    task: str
    title: str
    milestone: bool
    warning_days: int | None
    district: bool
    targets: tuple[Target, ...]
    since: str = ""  # first month it belongs to the plan, where later than the beginning
    prefix: str = ""  # the plan's

    @property
    def key(self) -> str:
        """Return what it is called in the tables: no measure of another plan has the same."""
        return self.prefix + self.code


@dataclass(frozen=True, slots=True)
class Task:
    code: str  # in its plan
    area: str
    title: str
    requirement: str
    units_text: str
    deadline_text: str
    deadline: date | None
    notes: tuple[str, ...]
    doubts: tuple[str, ...]  # unsettled
    other_reading: date | None
    units: tuple[int, ...]  # unit ids, in the order of the units workbook
    since: Mapping[int, str]  # unit id → first month it answers for the task, where later than the beginning
    measures: tuple[Measure, ...]
    deadline_ruled: bool = False  # the bureau decided on another day than the plan's words say
    units_told: str = ""  # who answers for it now, in words: the plan's, or what was decided with the plan's beside it
    prefix: str = ""  # the plan's
    open_ended: bool = False  # plan or bureau sets no deadline (长期坚持), which is no doubt

    @property
    def key(self) -> str:
        """Return what it is called in the tables: no task of another plan has the same."""
        return self.prefix + self.code


@dataclass(frozen=True, slots=True)
class UnitInfo:
    id: int
    name: str
    kind: str
    engineering: bool
    aliases: tuple[str, ...]
    leader: str | None
    person: str | None
    phone: str | None


@dataclass(frozen=True)
class Plan:
    """One plan as it stood at an instant, with the units of the board. `code` "": there is none."""

    year: int
    tasks: tuple[Task, ...]
    units: Mapping[int, UnitInfo]
    code: str = ""
    title: str = ""
    first_month: str | None = None
    prefix: str = ""
    unit_changes: tuple[UnitChange, ...] = ()  # in force, in their order

    @property
    def year_start(self) -> str:
        """Return the month from which its indicators count."""
        return f"{self.year}-01"

    def task(self, code: str) -> Task | None:
        return next((task for task in self.tasks if task.code == code), None)

    def measure(self, code: str) -> Measure | None:
        return next((m for task in self.tasks for m in task.measures if m.code == code), None)

    def key_of(self, code: str) -> str:
        """Return what a task or measure of this code is called in the tables."""
        return self.prefix + code

    def code_of(self, key: str) -> str | None:
        """Return the code in this plan of what the tables call so, or None where it is another plan's."""
        prefix, code = key[: key.rfind("/") + 1], key[key.rfind("/") + 1 :]
        return code if prefix == self.prefix else None

    def measure_judged_by(self, indicator: str) -> Measure | None:
        """Return the first measure that has a target for the indicator, or None if no measure of this plan has."""
        measures = (measure for task in self.tasks for measure in task.measures)
        return next((m for m in measures if any(target.indicator == indicator for target in m.targets)), None)

    def unit_id(self, name: str) -> int | None:
        """Return the unit of this name; else the one that has, or has had, it as another."""
        named = next((unit.id for unit in self.units.values() if unit.name == name), None)
        return named or next((unit.id for unit in self.units.values() if name in unit.aliases), None)
