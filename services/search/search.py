"""Words in; the tasks, measures, units, guide items and case numbers that hold them out, each kind bounded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from catalogue.datasets import DATASETS
from catalogue.datasets.guides import GUIDES
from data_access.database import Session, reading
from data_access.item_search import FoundItem, find_cases, find_items
from data_access.submissions import places_in, submission
from models.plan import Measure, Plan, Task, UnitInfo
from rules.as_of import end_of_day
from services.access.permission import EVERYONE, is_own, requires_role
from services.access.personal_data import masked_unit
from services.figures.district_state import DistrictState, district_state
from services.figures.records_in_force import standing_reports

MOST = 30
SHORTEST = 2


@dataclass(frozen=True)
class Place:
    """A reported record with its place in the file as uploaded."""

    dataset: str
    code: str
    name: str
    unit: str
    month: str
    submission: int
    file: str
    sheet: str
    row: int


@dataclass(frozen=True)
class Found:
    """What holds the words. `more`: there were more items than are given."""

    words: str
    tasks: tuple[Task, ...] = ()
    measures: tuple[Measure, ...] = ()
    units: tuple[UnitInfo, ...] = ()
    items: tuple[Place, ...] = ()
    cases: tuple[Place, ...] = ()
    more: bool = False

    @property
    def number(self) -> int:
        return len(self.tasks) + len(self.measures) + len(self.units) + len(self.items) + len(self.cases)


@requires_role(*EVERYONE)
def search(words: str, as_of: date) -> Found:
    """Return what answers the words as of the end of the day; nothing for fewer than two signs."""
    wanted = " ".join(words.split())[:60]
    if len(wanted) < SHORTEST:
        return Found(wanted)
    end = end_of_day(as_of)
    with reading() as session:
        known = district_state(session, end)
        reports = [
            report
            for report in standing_reports(session, GUIDES, end, known)
            if is_own(known.plan.units[report.unit_id].name)
        ]
        items = find_items(session, GUIDES.main, wanted, reports, MOST + 1)
        return Found(
            wanted,
            _tasks(known.plan, wanted),
            _measures(known.plan, wanted),
            _units(known.plan, wanted),
            _places(session, known, GUIDES.code, items[:MOST]),
            _cases(session, known, wanted, end),
            len(items) > MOST,
        )


def _tasks(plan: Plan, words: str) -> tuple[Task, ...]:
    return tuple(task for task in plan.tasks if words == task.code or words in task.title or words in task.requirement)[
        :MOST
    ]


def _measures(plan: Plan, words: str) -> tuple[Measure, ...]:
    return tuple(
        measure for task in plan.tasks for measure in task.measures if words == measure.code or words in measure.title
    )[:MOST]


def _units(plan: Plan, words: str) -> tuple[UnitInfo, ...]:
    """By name, alias or a person named for it; a unit's person sees no other unit's people."""
    seen = (
        unit if is_own(unit.name) else replace(unit, leader=None, person=None, phone=None)
        for unit in plan.units.values()
    )
    return tuple(
        masked_unit(unit)
        for unit in seen
        if words in unit.name or any(words in alias for alias in unit.aliases) or words in (unit.leader, unit.person)
    )[:MOST]


def _cases(session: Session, known: DistrictState, number: str, end: datetime) -> tuple[Place, ...]:
    """A case number is looked up whole, in each ledger by its index."""
    return tuple(
        place
        for dataset in DATASETS.values()
        if dataset.is_case
        for place in _places(
            session,
            known,
            dataset.code,
            _own(known, _accepted(session, find_cases(session, number, dataset.main, MOST), end)),
        )
    )[:MOST]


def _accepted(session: Session, items: list[FoundItem], end: datetime) -> list[FoundItem]:
    return [
        item for item in items if (sent := submission(session, item.submission)) is not None and sent.accepted_at < end
    ]


def _own(known: DistrictState, items: list[FoundItem]) -> list[FoundItem]:
    return [item for item in items if is_own(known.plan.units[item.unit_id].name)]


def _places(session: Session, known: DistrictState, dataset: str, items: list[FoundItem]) -> tuple[Place, ...]:
    files = places_in(session, {item.submission for item in items})
    return tuple(
        Place(
            dataset,
            item.code,
            item.name,
            known.plan.units[item.unit_id].name,
            item.month,
            item.submission,
            files[item.submission][0],
            files[item.submission][1][item.sheet]["name"],
            item.row,
        )
        for item in items
    )
