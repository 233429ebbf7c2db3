"""The words for cases: what is a case in a ledger, and one case or a unit's counts as they stood on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from models.expressions import Condition
from models.lamps import Lamp


@dataclass(frozen=True)
class CaseKind:
    """Which rows of a dataset are cases, and which of its fields hold start, due day and close. Source: datasets.md.

    The due day is the field `due`; where it is blank, so many working days after the start: `days` names a field of
    the row, `days_setting` a setting, `fixed_days` how many.
    Rows with a value of `unless` are no cases; rows without one of `only` neither.
    """

    code: str
    title: str
    area: str
    dataset: str
    what: str  # one sentence: when it is due and what closes it
    subject: tuple[str, ...]  # fields that tell what it is about and name nobody
    start: str
    closed: str
    due: str | None = None
    days: str | None = None
    days_setting: str | None = None
    closed_if: str | None = None  # a yes/no that closes it even without a date
    unless: tuple[tuple[str, bool], ...] = ()
    only: tuple[tuple[str, bool], ...] = ()
    item: str = ""  # field with the name of the item (事项), where the ledger has one
    mentions_item: bool = False  # that field is a text in which the name may stand
    dated_only: bool = False  # rows without `due` are no cases
    fixed_days: int | None = None  # so many for every row, of working days unless `calendar_days`
    calendar_days: bool = False
    closed_kept: str = ""  # the breakdown that has the closed ones counted, where no calendar and no condition decides
    condition: Condition | None = None  # rows for which it does not hold are no cases
    since: datetime | None = None  # declared by a plan, in these words, from then on
    until: datetime | None = None
    earlier: tuple[CaseKind, ...] = ()  # in the words that it had before, the first first

    def at(self, end: datetime) -> CaseKind | None:
        """Return the kind as it was written just before an instant, or None where there were no cases of it."""
        return next((wording for wording in (self, *reversed(self.earlier)) if wording._holds_at(end)), None)

    def _holds_at(self, end: datetime) -> bool:
        return (self.since is None or self.since < end) and (self.until is None or self.until >= end)


@dataclass(frozen=True, slots=True)
class Case:
    """One case with its place in the file as uploaded; `cell` is that of its number. `closed` None: open on that
    day.
    """

    code: str
    subject: str
    unit: str
    start: date | None
    due: date | None
    lamp: Lamp
    submission: int
    file: str
    sheet: str
    row: int
    cell: str
    closed: date | None = None


@dataclass(frozen=True)
class Caseload:
    """All cases of one kind on a day: how many stand on each lamp for each unit, and those that are open, worst
    first.
    """

    kind: CaseKind
    as_of: date
    counts: Mapping[str, Mapping[Lamp, int]]  # unit → lamp → cases; units with none are left out
    open: tuple[Case, ...]
    years_missing: tuple[int, ...] = ()  # years without a working-day calendar; their cases stand as doubt

    def closed(self, unit: str | None) -> int:
        """Return how many are closed, of one unit or of all."""
        return sum(self.of(unit).values()) - sum(unit in (None, case.unit) for case in self.open)

    def of(self, unit: str | None) -> dict[Lamp, int]:
        """Return the counts of one unit, or of all."""
        lamps_of_unit = [lamps for name, lamps in self.counts.items() if unit in (None, name)]
        return {
            lamp: sum(lamps.get(lamp, 0) for lamps in lamps_of_unit)
            for lamp in Lamp
            if any(lamp in lamps for lamps in lamps_of_unit)
        }
