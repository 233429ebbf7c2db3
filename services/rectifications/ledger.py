"""The ledger of rectifications (台账) as of the end of a day: each with its course, lamp, days and age."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from catalogue.cases import CASE_KINDS
from data_access.database import Session, reading
from data_access.rectifications import entries_by_rectification, rectification_rows
from models.lamps import Lamp
from models.rectifications import Act, Course, DatedAct, Rectification, Source
from rules.as_of import day_of, end_of_day
from rules.lamp import roll_up
from rules.numbering import number_of
from rules.rectifications.course import age_of, course_of, days_of, days_to_close, lamp_of
from rules.working_days import CalendarMissing
from services.access.permission import EVERYONE, requires_role
from services.access.personal_data import masked_words
from services.figures.district_state import DistrictState, district_state
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
        known = district_state(session, end_of_day(as_of))
        unit_id = None if unit is None else unit_id_named(known, unit)
        settings = known.settings
        due_days = {
            "一般": int(settings["rectification_days"]),
            "立行立改": int(settings["rectification_days_prompt"]),
            "复杂": int(settings["rectification_days_complex"]),
        }
        items = rectifications_in(session, as_of, known, unit_id)
        return Ledger(as_of, items, due_days, int(settings["review_days"]))


def rectifications_in(
    session: Session, as_of: date, known: DistrictState, unit_id: int | None = None
) -> tuple[Rectification, ...]:
    """Return what `rectifications_as_of` does, within a transaction and without asking who asks."""
    end = end_of_day(as_of)
    rows = rectification_rows(session, end, unit_id)
    entries = entries_by_rectification(session, end, unit_id)
    courses = {row.id: course_of(day_of(row.at), row.due, dated(entries.get(row.id, ()))) for row in rows}
    judge = LedgerJudge(as_of, known)
    repeats = _repeats(rows, entries)
    return tuple(
        judge.rectification(row, courses[row.id], entries.get(row.id, ()), repeats.get(row.id)) for row in rows
    )


def dated(entries: Iterable[Any]) -> list[DatedAct]:
    """Return entries in the form that the rules take."""
    return [DatedAct(Act(entry.act), day_of(entry.at), entry.due) for entry in entries]


class LedgerJudge:
    """What one day, its settings and its calendar make of a course."""

    def __init__(self, as_of: date, known: DistrictState) -> None:
        self.as_of, self.known = as_of, known
        self.warning_days = int(known.settings["case_warning_days"])
        self.names = {unit.id: unit.name for unit in known.plan.units.values()}
        self.areas = {measure.code: task.area for task in known.plan.tasks for measure in task.measures}

    def rectification(
        self, row: Any, course: Course, entries: Sequence[Any], repeats: str | None = None
    ) -> Rectification:
        unit = self.names[row.unit_id]
        return Rectification(
            number_of(row.year, row.serial),
            unit,
            masked_words(row.issue, unit),
            masked_words(row.requirement, unit),
            row.source,
            self._area(row),
            row.measure,
            row.at,
            course,
            self._lamp(course),
            days_of(course, self.as_of, self.known.calendar),
            age_of(course, self.as_of, self.known.calendar),
            next((entry.cause for entry in reversed(entries) if entry.cause), None),
            repeats,
        )

    def _lamp(self, course: Course) -> Lamp:
        """In doubt where no entered calendar tells how near the due day is, as other cases are."""
        try:
            return lamp_of(course, self.as_of, self.known.calendar, self.warning_days)
        except CalendarMissing:
            return Lamp.DOUBT

    def _area(self, row: Any) -> str | None:
        if row.measure in self.areas:
            return self.areas[row.measure]
        kind = CASE_KINDS.get(row.source.split(":")[1]) if row.source.startswith(f"{Source.CASE}:") else None
        return kind.area if kind else None


def _repeats(rows: Sequence[Any], entries: dict[int, list[Any]]) -> dict[int, str]:
    """Id → the latest earlier one of the same unit about the same measure or rule, closed when this one was opened."""
    same: dict[tuple[int, str], list[Any]] = defaultdict(list)
    repeats: dict[int, str] = {}
    for row in sorted(rows, key=lambda row: (row.at, row.id)):
        about = row.rule or row.measure
        if about is None:
            continue
        for earlier in reversed(same[row.unit_id, about]):
            if _is_closed(entries.get(earlier.id, ()), row.at):
                repeats[row.id] = number_of(earlier.year, earlier.serial)
                break
        same[row.unit_id, about].append(row)
    return repeats


def _is_closed(entries: Sequence[Any], at: datetime) -> bool:
    """Whether the last of its closes and reopenings by the instant was a close."""
    acts = [entry.act for entry in entries if entry.at <= at and entry.act in (Act.ACCEPT, Act.REOPEN)]
    return bool(acts) and acts[-1] == Act.ACCEPT
