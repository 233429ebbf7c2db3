"""A plan workbook tried on the board: which lamps would stand on a day, and what would be asked of whom, were it in
force from that day on. It is carried out as an import is, and forgotten.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS, datasets_of
from data_access.calendar_days import calendar_days
from data_access.database import DatabaseFailure, Session, reading
from data_access.plan_store import plan_row, plans_on_board
from data_access.rehearsal import can_rehearse, rehearsing_plan
from models.definitions import Dataset, Frequency
from models.lamps import Lamp, Scorecard
from models.plan import Plan
from models.tables import PlanRow
from rules.as_of import SHANGHAI, end_of_day
from rules.working_days import Calendar
from services.access.permission import BUREAU_ALONE, requires_role
from services.board.scorecard import duty_at, gather, lamps_of
from services.figures.district_state import DistrictState, district_state
from services.figures.fold import keep_of_day
from services.figures.records_in_force import counted_reports
from services.plan.decisions import Arrival, enter_plan
from services.plan.declarations import enter_declarations
from services.plan.in_force import rows_of
from services.plan.preview import PlanPreview

MOST_COUNTED = 1_000_000
"""Records × indicators, of those that count the same datasets, for which figures are made that nobody keeps yet."""


@dataclass(frozen=True, slots=True)
class LampTurn:
    """The units of a measure whose lamps would turn the same way. `before` None: the assignment is new; `after` None:
    it would be no more.
    """

    measure: str
    title: str
    before: Lamp | None
    after: Lamp | None
    units: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class UnitDemand:
    """What a unit answers for, and the datasets that it would owe for the first time or no longer."""

    unit: str
    measures_before: int
    measures_after: int
    newly_owed: tuple[str, ...]
    no_longer_owed: tuple[str, ...]


@dataclass(frozen=True)
class PlanTrial:
    """`before`, `after`: lamp → assignments. `uncounted`: indicators of which nothing was counted, because too many
    rows would have to be read or fields are added to what they count.
    """

    day: date
    before: Mapping[Lamp, int]
    after: Mapping[Lamp, int]
    turns: tuple[LampTurn, ...]
    demands: tuple[UnitDemand, ...]
    uncounted: tuple[str, ...]


@dataclass(frozen=True)
class _Board:
    """A plan with its lamps, and what all plans in force ask for."""

    plan: Plan
    card: Scorecard
    owed: frozenset[tuple[int, str]]  # (unit id, dataset)


@requires_role(*BUREAU_ALONE)
def try_plan(preview: PlanPreview, day: date) -> PlanTrial | None:
    """Return what the plan would do, or None where nothing can be tried: the database allows no tables of one's own, or
    has no room for them.

    Nobody waits for it. Raises RefusedRequest for what cannot be put in force, CalendarMissing.
    """
    if not can_rehearse():
        return None
    try:
        with rehearsing_plan() as session:
            code = preview.declarations.facts.code
            before, years = _board(session, day, code), {row.year for row in plans_on_board(session)}
            there = _Catalogue(dict(DATASETS), frozenset(INDICATORS), frozenset(years))
            _enter(session, preview, day)
            uncounted = _count(session, day, district_state(session, end_of_day(day), plan=code), there)
            after = _board(session, day, code)
            return PlanTrial(
                day,
                Counter(lamp.lamp for lamp in before.card.lamps),
                Counter(lamp.lamp for lamp in after.card.lamps),
                tuple(_turns(before, after)),
                tuple(_demands(before, after)),
                uncounted,
            )
    except DatabaseFailure:
        return None
    finally:
        with reading():  # the catalogue holds again what the board declares
            pass


def _enter(session: Session, preview: PlanPreview, day: date) -> None:
    declarations = preview.declarations
    calendar = Calendar.from_rows(calendar_days(session))
    begin = datetime.combine(day, time(), SHANGHAI)

    def declare(plan: PlanRow, since: datetime | None) -> None:
        enter_declarations(session, plan, declarations, since)

    arrival = Arrival(b"", "", declarations.facts, True, "试读", begin)
    enter_plan(session, rows_of(preview.words, declarations, calendar), arrival, declare)


def _board(session: Session, day: date, code: str) -> _Board:
    """Without lamps where there is no plan of this code yet."""
    there = plan_row(session, code) is not None
    state = district_state(session, end_of_day(day), plan=code if there else None)
    duty = duty_at(session, day, state).of_all_plans(session)
    owed = frozenset(owed for owed in duty.owed_from if owed not in duty.exempt)
    card = lamps_of(gather(session, day, state)) if there else Scorecard(day, ())
    return _Board(state.plan, card, owed)


@dataclass(frozen=True)
class _Catalogue:
    """What the board knew before. `years`: from whose January on figures of monthly reports are kept."""

    datasets: Mapping[str, Dataset]
    indicators: frozenset[str]
    years: frozenset[int]

    def keeps(self, code: str, year: int) -> bool:
        """Return whether figures of the indicator are kept for a plan of that year."""
        of_any_year = year in self.years or all(
            DATASETS[dataset].frequency is Frequency.SNAPSHOT for dataset in datasets_of(code)
        )
        return bool(INDICATORS[code].figures) or (code in self.indicators and of_any_year)


def _count(session: Session, day: date, state: DistrictState, there: _Catalogue) -> tuple[str, ...]:
    """Fold the figures that the plan is judged by and the board does not keep; return the titles of those that are not
    counted. What is declared only now has no rows.
    """
    groups: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for code in _judged(state.plan):
        datasets = datasets_of(code)
        if not there.keeps(code, state.plan.year) and there.datasets.keys() >= set(datasets):
            groups[datasets][code] = None
    uncounted = list[str]()
    for datasets, codes in groups.items():
        is_as_it_was = all(there.datasets[dataset] == DATASETS[dataset] for dataset in datasets)
        rows = sum(_rows(session, DATASETS[dataset], day, state) for dataset in datasets)
        if is_as_it_was and rows * len(codes) <= MOST_COUNTED:
            keep_of_day(session, codes, day, state)
        else:
            uncounted += (INDICATORS[code].title for code in codes)
    return tuple(uncounted)


def _judged(plan: Plan) -> Iterator[str]:
    return (target.indicator for task in plan.tasks for measure in task.measures for target in measure.targets)


def _rows(session: Session, dataset: Dataset, day: date, state: DistrictState) -> int:
    return sum(report.records for report in counted_reports(session, dataset, end_of_day(day), state))


def _turns(before: _Board, after: _Board) -> Iterator[LampTurn]:
    """The gravest after first, then the most units; what ends last."""
    lamps_before = {(lamp.measure, lamp.unit): lamp.lamp for lamp in before.card.lamps}
    lamps_after = {(lamp.measure, lamp.unit): lamp.lamp for lamp in after.card.lamps}
    units: dict[tuple[str, Lamp | None, Lamp | None], list[str | None]] = defaultdict(list)
    for measure, unit in lamps_after | lamps_before:
        was, now = lamps_before.get((measure, unit)), lamps_after.get((measure, unit))
        if was is not now:
            units[measure, was, now].append(unit)
    measures = (measure for plan in (before.plan, after.plan) for task in plan.tasks for measure in task.measures)
    titles = {measure.code: measure.title for measure in measures}
    order: dict[Lamp | None, int] = {lamp: index for index, lamp in enumerate(Lamp)}
    turns = [LampTurn(measure, titles[measure], was, now, tuple(names)) for (measure, was, now), names in units.items()]
    yield from sorted(turns, key=lambda turn: (order.get(turn.after, len(order)), -len(turn.units)))


def _demands(before: _Board, after: _Board) -> Iterator[UnitDemand]:
    """The units of whom something else would be asked, in the order of the register."""
    measures_before, measures_after = (Counter(lamp.unit for lamp in board.card.lamps) for board in (before, after))
    new, gone = _titles(after.owed - before.owed), _titles(before.owed - after.owed)
    for unit in after.plan.units.values():
        counts = measures_before[unit.name], measures_after[unit.name]
        if counts[0] != counts[1] or unit.id in new or unit.id in gone:
            yield UnitDemand(unit.name, *counts, tuple(new.get(unit.id, ())), tuple(gone.get(unit.id, ())))


def _titles(owed: frozenset[tuple[int, str]]) -> dict[int, list[str]]:
    """Unit id → titles of datasets, in the order of the catalogue."""
    by_unit: dict[int, set[str]] = defaultdict(set)
    for unit, dataset in owed:
        by_unit[unit].add(dataset)
    titles = {code: dataset.title for code, dataset in DATASETS.items()}
    return {unit: [title for code, title in titles.items() if code in codes] for unit, codes in by_unit.items()}
