"""The ledger of rectifications (台账) as of the end of a day: each with its course, lamp, days and age."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from catalogue.cases import CASE_KINDS
from data_access.database import Session, reading
from data_access.plan_store import plan_at
from data_access.rectifications import Chosen, entries_by_rectification, rectification_rows
from models.lamps import Lamp
from models.plan import Plan
from models.rectifications import Act, Course, DatedAct, Rectification, RectificationState, Source
from rules.as_of import day_of, end_of_day
from rules.lamp import roll_up
from rules.measure_addresses import address_in
from rules.numbering import number_of
from rules.rectifications.course import age_of, course_of, days_of, days_to_close, lamp_of
from rules.units.changes import family, names_answering
from rules.working_days import CalendarMissing
from services.access.permission import EVERYONE, requires_role
from services.access.personal_data import masked_words
from services.figures.district_state import DistrictState, district_state, plan_on_board
from services.figures.unit_names import unit_id_named


@dataclass(frozen=True)
class Ledger:
    """Every rectification opened by the end of a day, of all units or of one, by number."""

    as_of: date
    rectifications: tuple[Rectification, ...]
    due_days: Mapping[str, int]  # urgency in words → working days, the usual first
    review_days: int

    @property
    def counts(self) -> dict[Lamp, int]:
        """Lamp → how many, worst first; those withdrawn carry none and are not counted."""
        return counts_of(self.rectifications)

    @property
    def days_to_close(self) -> float | None:
        return days_to_close(self.rectifications)

    @property
    def returned(self) -> int:
        """How many were returned at least once."""
        return sum(item.course.returns > 0 for item in self.rectifications)

    @property
    def reopened(self) -> int:
        """How many came back after they had been closed (反弹)."""
        return sum(item.course.reopenings > 0 for item in self.rectifications)

    @property
    def repeated(self) -> int:
        return sum(item.repeats is not None for item in self.rectifications)

    def counts_by(self, group: Callable[[Rectification], str | None]) -> dict[str, dict[Lamp, int]]:
        """Group → lamp → how many, in the order in which the groups come, of those that have a lamp."""
        grouped: dict[str, list[Rectification]] = defaultdict(list)
        for item in self.rectifications:
            if (name := group(item)) is not None:
                grouped[name].append(item)
        counts = {name: counts_of(items) for name, items in grouped.items()}
        return {name: numbers for name, numbers in counts.items() if numbers}


def counts_of(items: Iterable[Rectification]) -> dict[Lamp, int]:
    return {lamp: number for lamp, number in roll_up(item.lamp for item in items).counts.items() if number}


@requires_role(*EVERYONE, own="unit")
def rectifications_as_of(as_of: date, unit: str | None = None) -> Ledger:
    """Return the rectifications opened by the end of the day; a unit's person gets the own unit's alone.

    Raises RefusedRequest for an unknown unit.
    """
    with reading() as session:
        state = district_state(session, end_of_day(as_of))
        unit_id = None if unit is None else unit_id_named(state, unit)
        settings = state.settings
        due_days = {
            "一般": int(settings["rectification_days"]),
            "立行立改": int(settings["rectification_days_prompt"]),
            "复杂": int(settings["rectification_days_complex"]),
        }
        items = rectifications_in(session, as_of, state, unit_id)
        return Ledger(as_of, items, due_days, int(settings["review_days"]))


def rectifications_in(
    session: Session, as_of: date, state: DistrictState, unit_id: int | None = None
) -> tuple[Rectification, ...]:
    """Return what `rectifications_as_of` does, within a transaction and without asking who asks."""
    rows, entries = _read(session, as_of, Chosen(_answered_for(state, unit_id)))
    judge = LedgerJudge(as_of, state, _areas_elsewhere(session, rows, as_of, state))
    return _judged(rows, entries, judge, _repeats(rows, entries))


def open_rectifications_in(
    session: Session, as_of: date, state: DistrictState, unit_id: int | None = None
) -> tuple[Rectification, ...]:
    """Return those neither closed nor withdrawn by the end of the day, by number; none says what it repeats.

    What was put right long ago costs nothing here.
    """
    rows, entries = _read(session, as_of, Chosen(_answered_for(state, unit_id), is_open=True))
    return _judged(rows, entries, LedgerJudge(as_of, state, _areas_elsewhere(session, rows, as_of, state)), {})


def _areas_elsewhere(
    session: Session, rows: Iterable[Any], as_of: date, state: DistrictState
) -> Mapping[str, Mapping[str, str]]:
    """Other plan of the board → its measures' areas, of the plans that these rows are about."""
    areas: dict[str, Mapping[str, str]] = {}
    for code in {row.plan for row in rows if row.measure} - {state.plan.code}:
        if (on_board := plan_on_board(session, code)) is not None:
            areas[code] = areas_of_measures(plan_at(session, end_of_day(as_of), on_board))
    return areas


def areas_of_measures(plan: Plan) -> dict[str, str]:
    """Return measure → the code of its area."""
    return {measure.code: task.area for task in plan.tasks for measure in task.measures}


def _answered_for(state: DistrictState, unit_id: int | None) -> tuple[int, ...] | None:
    return None if unit_id is None else family(state.plan, unit_id)


Entries = Mapping[int, Sequence[Any]]


def _read(session: Session, as_of: date, chosen: Chosen) -> tuple[Sequence[Any], Entries]:
    end = end_of_day(as_of)
    return rectification_rows(session, end, chosen), entries_by_rectification(session, end, chosen)


def _judged(
    rows: Sequence[Any], entries: Entries, judge: LedgerJudge, repeats: Mapping[int, str]
) -> tuple[Rectification, ...]:
    return tuple(
        judge.rectification(row, _course(row, entries), entries.get(row.id, ()), repeats.get(row.id)) for row in rows
    )


def _course(row: Any, entries: Entries) -> Course:
    return course_of(day_of(row.at), row.due, dated(entries.get(row.id, ())))


def closed_numbers(session: Session, end: datetime, *, source: Source) -> set[str]:
    """Return the numbers of the rectifications from such a source that were closed by the instant."""
    rows = rectification_rows(session, end, Chosen(source=source))
    entries = entries_by_rectification(session, end, Chosen(source=source))
    return {number_of(row.year, row.serial) for row in rows if _course(row, entries).state is RectificationState.CLOSED}


def dated(entries: Iterable[Any]) -> list[DatedAct]:
    """Return entries in the form that the rules take."""
    return [DatedAct(Act(entry.act), day_of(entry.at), entry.due) for entry in entries]


class LedgerJudge:
    """What one day, its settings and its calendar make of a course. `elsewhere`: other plan → its measures' areas."""

    def __init__(self, as_of: date, state: DistrictState, elsewhere: Mapping[str, Mapping[str, str]]) -> None:
        self.as_of, self.state = as_of, state
        self.warning_days = int(state.settings["case_warning_days"])
        self.names = names_answering(state.plan)
        self.areas = {state.plan.code: areas_of_measures(state.plan), **elsewhere}

    def rectification(
        self, row: Any, course: Course, entries: Sequence[Any], repeats: str | None = None
    ) -> Rectification:
        unit = self.names[row.unit_id]
        return Rectification(
            number_of(row.year, row.serial),
            unit,
            masked_words(row.issue, unit),
            masked_words(row.requirement, unit),
            self._source(row),
            self._area(row),
            self._measure(row),
            row.at,
            course,
            self._lamp(course),
            days_of(course, self.as_of, self.state.calendar),
            age_of(course, self.as_of, self.state.calendar),
            next((entry.cause for entry in reversed(entries) if entry.cause), None),
            repeats,
        )

    def _lamp(self, course: Course) -> Lamp:
        """In doubt where no entered calendar tells how near the due day is, as other cases are."""
        try:
            return lamp_of(course, self.as_of, self.state.calendar, self.warning_days)
        except CalendarMissing:
            return Lamp.DOUBT

    def _measure(self, row: Any) -> str | None:
        """By its address, where it is another plan's of the board."""
        is_elsewhere = row.measure and row.plan in self.areas and row.plan != self.state.plan.code
        return address_in(row.plan, row.measure) if is_elsewhere else row.measure

    def _source(self, row: Any) -> str:
        is_lamp = row.source == f"{Source.MEASURE}:{row.measure}"
        return f"{Source.MEASURE}:{self._measure(row)}" if is_lamp else row.source

    def _area(self, row: Any) -> str | None:
        area = self.areas.get(row.plan, {}).get(row.measure)
        if area is not None:
            return area
        kind = CASE_KINDS.get(row.source.split(":")[1]) if row.source.startswith(f"{Source.CASE}:") else None
        return kind.area if kind else None


def _repeats(rows: Sequence[Any], entries: Entries) -> dict[int, str]:
    """Id → the latest earlier one of the same unit about the same measure or rule, closed when this one was opened."""
    same: dict[tuple[int, str, str], list[tuple[Any, Sequence[tuple[datetime, bool]]]]] = defaultdict(list)
    repeats: dict[int, str] = {}
    for row in sorted(rows, key=lambda row: (row.at, row.id)):
        about = row.rule or row.measure
        if about is None:
            continue
        earlier_ones = same[row.unit_id, "" if row.rule else row.plan, about]
        for earlier, closes in reversed(earlier_ones):
            if _is_closed(closes, row.at):
                repeats[row.id] = number_of(earlier.year, earlier.serial)
                break
        earlier_ones.append((row, _closes(entries.get(row.id, ()))))
    return repeats


def _closes(entries: Sequence[Any]) -> list[tuple[datetime, bool]]:
    """When it was closed (True) and reopened, the last first."""
    acts = [(entry.at, entry.act) for entry in reversed(entries)]
    return [(at, act == Act.ACCEPT) for at, act in acts if act in (Act.ACCEPT, Act.REOPEN)]


def _is_closed(closes: Sequence[tuple[datetime, bool]], at: datetime) -> bool:
    """Whether the last of its closes and reopenings by the instant was a close."""
    return next((is_close for moment, is_close in closes if moment <= at), False)
