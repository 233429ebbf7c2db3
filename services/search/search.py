"""From words in any order to the tasks, measures, units, guide items and case numbers that hold them all, each kind
bounded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from catalogue.datasets import DATASETS
from catalogue.datasets.guides import GUIDES
from data_access.database import Session, reading
from data_access.item_search import FoundItem, find_cases, find_items
from data_access.submissions import places_in, submission
from models.plan import Measure, Plan, Task, UnitInfo
from rules.as_of import end_of_day
from rules.search_words import holds_every, search_terms
from services.access.permission import EVERYONE, is_own, requires_role
from services.access.personal_data import masked_unit
from services.figures.district_state import DistrictState, district_state
from services.figures.records_in_force import counted_reports

MOST = 30
SHORTEST = 2
Terms = tuple[str, ...]


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
    phone: str = ""


@dataclass(frozen=True)
class SearchResults:
    """What holds the words. `more`: there were more items than are given; `guides`: of how many units guides were
    looked through.
    """

    words: str
    tasks: tuple[Task, ...] = ()
    measures: tuple[Measure, ...] = ()
    units: tuple[UnitInfo, ...] = ()
    items: tuple[Place, ...] = ()
    cases: tuple[Place, ...] = ()
    more: bool = False
    guides: int = 0

    @property
    def number(self) -> int:
        return len(self.tasks) + len(self.measures) + len(self.units) + len(self.items) + len(self.cases)


@requires_role(*EVERYONE)
def search(words: str, as_of: date) -> SearchResults:
    """Return what answers the words as of the end of the day; nothing for fewer than two signs."""
    terms = search_terms(words)
    text = " ".join(terms)
    if len("".join(terms)) < SHORTEST:
        return SearchResults(text)
    end = end_of_day(as_of)
    with reading() as session:
        state = district_state(session, end)
        reports = [
            report
            for report in counted_reports(session, GUIDES, end, state)
            if is_own(state.plan.units[report.unit_id].name)
        ]
        items = find_items(session, GUIDES.main, terms, reports, MOST + 1)
        return SearchResults(
            text,
            _tasks(state.plan, terms),
            _measures(state.plan, terms),
            _units(state.plan, terms),
            _places(session, state, GUIDES.code, items[:MOST]),
            _cases(session, state, terms, end),
            len(items) > MOST,
            len(reports),
        )


def _tasks(plan: Plan, terms: Terms) -> tuple[Task, ...]:
    matches = (task for task in plan.tasks if holds_every(terms, (task.title, task.requirement), codes=(task.code,)))
    return tuple(islice(matches, MOST))


def _measures(plan: Plan, terms: Terms) -> tuple[Measure, ...]:
    every = (measure for task in plan.tasks for measure in task.measures)
    matches = (measure for measure in every if holds_every(terms, (measure.title,), codes=(measure.code,)))
    return tuple(islice(matches, MOST))


def _units(plan: Plan, terms: Terms) -> tuple[UnitInfo, ...]:
    """By name, kind, alias, person on duty or telephone, as far as whoever asks may see them."""
    seen = (
        masked_unit(unit) if is_own(unit.name) else replace(unit, leader=None, person=None, phone=None)
        for unit in plan.units.values()
    )
    matches = (
        unit
        for unit in seen
        if holds_every(terms, (unit.name, *unit.aliases, unit.kind, unit.leader, unit.person, unit.phone))
    )
    return tuple(islice(matches, MOST))


def _cases(session: Session, state: DistrictState, terms: Terms, end: datetime) -> tuple[Place, ...]:
    """Each term may be a case's number, which is looked up whole, in each ledger by its index."""
    return tuple(
        place
        for dataset in DATASETS.values()
        if dataset.is_case
        for place in _places(
            session,
            state,
            dataset.code,
            _own(state, _accepted(session, find_cases(session, terms, dataset.main, MOST), end)),
        )
    )[:MOST]


def _accepted(session: Session, items: list[FoundItem], end: datetime) -> list[FoundItem]:
    return [
        item for item in items if (sent := submission(session, item.submission)) is not None and sent.accepted_at < end
    ]


def _own(state: DistrictState, items: list[FoundItem]) -> list[FoundItem]:
    return [item for item in items if is_own(state.plan.units[item.unit_id].name)]


def _places(session: Session, state: DistrictState, dataset: str, items: list[FoundItem]) -> tuple[Place, ...]:
    files = places_in(session, {item.submission for item in items})
    return tuple(
        Place(
            dataset,
            item.code,
            item.name,
            state.plan.units[item.unit_id].name,
            item.month,
            item.submission,
            files[item.submission][0],
            files[item.submission][1][item.sheet]["name"],
            item.row,
            item.phone,
        )
        for item in items
    )
