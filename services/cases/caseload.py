"""Cases with lamps of their own: from a kind of case and a day to counts by unit and lamp and the open cases with their
cells.

Closed cases are counted by the database and read a page at a time; only open ones are read all, so that a page does not
grow with a ledger.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain

from catalogue.cases import CASE_KINDS
from catalogue.datasets import DATASET_OF_PART, DATASETS
from data_access.breakdowns import breakdown_of_all
from data_access.case_rows import CaseRow, CaseRows, ClosedGroup, OpenGroup
from data_access.database import Session, reading
from data_access.submissions import ReportInForce, places_in
from models.cases import Case, CaseKind, Caseload
from models.lamps import Lamp
from rules.as_of import end_of_day, month_of
from rules.breakdowns import LATE
from rules.expressions.evaluation import looked_into
from rules.lamp import case_lamp
from rules.units.changes import family, names_answering
from rules.working_days import CalendarMissing
from services.access.permission import EVERYONE, is_own, requires_role
from services.access.personal_data import masked_words
from services.access.refusal import RefusedRequest
from services.figures.district_state import DistrictState, district_state
from services.figures.records_in_force import counted_reports
from services.figures.unit_names import unit_id_named

WORST_FIRST = tuple(Lamp)
MOST_CLOSED = 200
"""Closed cases of one number, or of one item, that are read."""


@requires_role(*EVERYONE, own="unit")
def caseload(kind: str, as_of: date, unit: str | None = None) -> Caseload:
    """Return every case of a kind, or those of one unit, as of the end of a day. Raises RefusedRequest for an unknown
    kind or unit.
    """
    with reading() as session:
        return _Reader(session, as_of, unit).caseload(_kind(kind, as_of))


@requires_role(*EVERYONE, own="unit")
def closed_cases(
    kind: str, as_of: date, unit: str | None = None, late: bool = False, offset: int = 0, number: int = 20
) -> tuple[Case, ...]:
    """Return so many cases closed by the end of a day, the last closed first; `late`: only those closed after their due
    day.

    Raises RefusedRequest for an unknown kind or unit.
    """
    with reading() as session:
        return _Reader(session, as_of, unit).closed(_kind(kind, as_of), late, offset, number)


@requires_role(*EVERYONE, own="unit")
def caseloads(as_of: date, unit: str | None = None) -> tuple[Caseload, ...]:
    """Return those of every kind. Raises RefusedRequest for an unknown unit."""
    with reading() as session:
        reader = _Reader(session, as_of, unit)
        return tuple(reader.caseload(kind) for kind in kinds_at(as_of))


@requires_role(*EVERYONE, own="unit")
def overdue_by_kind(as_of: date, unit: str | None = None) -> dict[str, int]:
    """Return kind → how many are overdue at the end of a day; the closed ones are not looked at. Raises RefusedRequest
    for an unknown unit.
    """
    with reading() as session:
        reader = _Reader(session, as_of, unit)
        return {kind.code: reader.overdue(kind) for kind in kinds_at(as_of)}


@requires_role(*EVERYONE)
def cases_of_item(name: str, units: Collection[str], as_of: date) -> tuple[tuple[CaseKind, Case], ...]:
    """Return the cases of these units whose ledgers name the item, with their kinds; of a unit's person the own alone.

    Ledgers have no code of the item: its name has to be the same, or, of a ticket, to stand in what was asked for.
    """
    with reading() as session:
        reader = _Reader(session, as_of, None)
        return tuple(
            (kind, case)
            for kind in kinds_at(as_of)
            if kind.item
            for case in reader.where(kind, kind.item, name, is_within=kind.mentions_item)
            if case.unit in units and is_own(case.unit)
        )


def counts_by_unit(session: Session, kind: str, as_of: date) -> Mapping[str, Mapping[Lamp, int]]:
    """Return unit → how many cases of a kind it has on each lamp, within a transaction; the cases themselves are not
    read.
    """
    return _Reader(session, as_of, None).counts(_kind(kind, as_of))


def cases_of_number(session: Session, kind: CaseKind, number: str, as_of: date) -> tuple[Case, ...]:
    """Return the cases of a kind that bear a number, within a transaction: one for each unit that has it."""
    key = DATASETS[kind.dataset].main.keys[0].name
    return _Reader(session, as_of, None).where(kind, key, number)


def open_counts(session: Session, as_of: date, unit: str | None) -> Mapping[str, Mapping[str, Mapping[Lamp, int]]]:
    """Return kind → unit → how many open cases it has on each lamp, within a transaction; the closed ones are not
    looked at.
    """
    reader = _Reader(session, as_of, unit)
    return {kind.code: reader.open_counts(kind) for kind in kinds_at(as_of)}


def kinds_at(as_of: date) -> tuple[CaseKind, ...]:
    """Return the kinds of cases that there were at the end of a day, as they were written then."""
    end = end_of_day(as_of)
    return tuple(wording for kind in CASE_KINDS.values() if (wording := kind.at(end)) is not None)


def _kind(code: str, as_of: date) -> CaseKind:
    """The kind as it was written on the day."""
    if code not in CASE_KINDS:
        raise RefusedRequest(f"没有名为“{code}”的案件类别，可用：{'、'.join(CASE_KINDS)}。")
    return CASE_KINDS[code].at(end_of_day(as_of)) or CASE_KINDS[code]


class _Reader:
    """Cases as of the end of one day, of every unit or of one."""

    def __init__(self, session: Session, as_of: date, unit: str | None) -> None:
        self.session, self.as_of = session, as_of
        self.state = district_state(session, end_of_day(as_of))
        self.names = names_answering(self.state.plan)
        self.unit_ids = None if unit is None else family(self.state.plan, unit_id_named(self.state, unit))
        self._reports: dict[str, list[ReportInForce]] = {}

    def caseload(self, kind: CaseKind) -> Caseload:
        rows, judge = self._rows(kind), _Judge(kind, self.as_of, self.state)
        opened = [(row, *judge.open(row)) for row in rows.open()]
        return Caseload(
            kind,
            self.as_of,
            self._counts(rows, judge, ((row.unit_id, lamp, 1) for row, _, lamp in opened)),
            _listed(self.session, kind, opened, self.names),
            tuple(sorted(judge.years_missing)),
        )

    def counts(self, kind: CaseKind) -> Mapping[str, Mapping[Lamp, int]]:
        rows, judge = self._rows(kind), _Judge(kind, self.as_of, self.state)
        return self._counts(rows, judge, _judged_groups(rows, judge))

    def open_counts(self, kind: CaseKind) -> Mapping[str, Counter[Lamp]]:
        return self._by_unit(_judged_groups(self._rows(kind), _Judge(kind, self.as_of, self.state)))

    def _counts(
        self, rows: CaseRows, judge: _Judge, opened: Iterable[tuple[int, Lamp, int]]
    ) -> Mapping[str, Counter[Lamp]]:
        """`opened`: (unit id, lamp, open cases)."""
        closed_counts = self._closed_kept(judge.kind)
        if closed_counts is None:
            closed_counts = ((group.unit_id, judge.closed(group), group.number) for group in rows.closed(judge.due_day))
        return self._by_unit(chain(opened, closed_counts))

    def _by_unit(self, counted: Iterable[tuple[int, Lamp, int]]) -> Mapping[str, Counter[Lamp]]:
        counts: defaultdict[str, Counter[Lamp]] = defaultdict(Counter)
        for unit_id, lamp, number in counted:
            counts[self.names[unit_id]][lamp] += number
        return counts

    def _closed_kept(self, kind: CaseKind) -> Iterable[tuple[int, Lamp, int]] | None:
        """(unit id, lamp, closed cases) as the fold left them; None where they are to be counted row by row: nothing is
        kept of the kind, or a month was reported before it began.
        """
        if not kind.closed_kept:
            return None
        rows_by_unit = breakdown_of_all(
            self.session, kind.closed_kept, self.as_of, self.state.year_start, self.unit_ids
        )
        if any(month > month_of(self.as_of) for _, month, _ in rows_by_unit):
            return None
        day = self.as_of.isoformat()
        return [
            (unit_id, Lamp.DONE_LATE if state == LATE else Lamp.DONE, int(number or 0))
            for unit_id, _, rows in rows_by_unit
            for state, closed_on, number in rows
            if closed_on is None or str(closed_on) <= day
        ]

    def closed(self, kind: CaseKind, late: bool, offset: int, number: int) -> tuple[Case, ...]:
        rows, judge = self._rows(kind), _Judge(kind, self.as_of, self.state)
        page = rows.closed_late_rows(offset, number, judge.due_day) if late else rows.closed_rows(offset, number)
        return _as_cases(self.session, kind, [(row, *judge.closed_row(row)) for row in page], self.names)

    def where(self, kind: CaseKind, field: str, value: str, *, is_within: bool = False) -> tuple[Case, ...]:
        """Return the cases of which a field holds the value: the open ones, then the last closed."""
        rows, judge = self._rows(kind, (field, value), is_within=is_within), _Judge(kind, self.as_of, self.state)
        judged = [
            *((row, *judge.open(row)) for row in rows.open()),
            *((row, *judge.closed_row(row)) for row in rows.closed_rows(0, MOST_CLOSED)),
        ]
        return _as_cases(self.session, kind, judged, self.names)

    def overdue(self, kind: CaseKind) -> int:
        judged = _judged_groups(self._rows(kind), _Judge(kind, self.as_of, self.state))
        return sum(number for _, lamp, number in judged if lamp is Lamp.OVERDUE)

    def _rows(self, kind: CaseKind, where: tuple[str, str] | None = None, *, is_within: bool = False) -> CaseRows:
        dataset = DATASETS[kind.dataset]
        return CaseRows(
            self.session,
            kind,
            dataset,
            self._counted_reports(kind.dataset),
            self.as_of,
            self.unit_ids,
            where=where,
            is_within=is_within,
            elsewhere={
                part: (DATASETS[code], self._counted_reports(code))
                for part in looked_into(kind.condition)
                for code in (DATASET_OF_PART[part],)
            },
        )

    def _counted_reports(self, dataset: str) -> list[ReportInForce]:
        if dataset not in self._reports:  # several kinds of cases stand in one ledger
            self._reports[dataset] = counted_reports(
                self.session, DATASETS[dataset], end_of_day(self.as_of), self.state
            )
        return self._reports[dataset]


class _Judge:
    """The lamp of each case; a due day that the calendar cannot give is doubt, never guessed."""

    def __init__(self, kind: CaseKind, as_of: date, state: DistrictState) -> None:
        self.kind, self.as_of, self.state = kind, as_of, state
        self.days = state.settings[kind.days_setting] if kind.days_setting else None
        self.by_calendar = kind.calendar_days
        self.warning = int(state.settings["case_warning_days"])
        self.years_missing: set[int] = set()
        # the same few days come again and again
        self._due: dict[tuple[date, int], date] = {}
        self._open: dict[tuple[date | None, date | None, float | None], tuple[date | None, Lamp]] = {}

    def open(self, row: CaseRow | OpenGroup) -> tuple[date | None, Lamp]:
        """Return due day and lamp."""
        dates = row.due, row.start, row.days
        if dates not in self._open:
            self._open[dates] = self._judge_open(*dates)
        return self._open[dates]

    def _judge_open(self, due: date | None, start: date | None, days: float | None) -> tuple[date | None, Lamp]:
        try:
            due = due or self.due_day(start, days)
            return due, case_lamp(due, None, self.as_of, self.state.calendar, self.warning)
        except CalendarMissing as missing:
            self.years_missing.add(missing.year)
            return due, Lamp.DOUBT

    def closed(self, group: ClosedGroup) -> Lamp:
        if group.year_missing is not None:
            self.years_missing.add(group.year_missing)
        if group.late is None:
            return Lamp.DOUBT
        return Lamp.DONE_LATE if group.late else Lamp.DONE

    def closed_row(self, row: CaseRow) -> tuple[date | None, Lamp]:
        """Return due day and lamp; the due day is None where it cannot be known."""
        try:
            due = row.due or self.due_day(row.start, row.days)
        except CalendarMissing as missing:
            self.years_missing.add(missing.year)
            return None, Lamp.DOUBT
        return due, Lamp.DONE_LATE if row.closed and due and row.closed > due else Lamp.DONE

    def due_day(self, start: date | None, days: float | None) -> date | None:
        """So many days after the start: the row's own promise, else the kind's or the setting's."""
        number = days if days is not None else self.days
        if start is None or number is None:
            return None
        key = (start, int(number))
        if key not in self._due:
            later = start + timedelta(days=int(number))
            self._due[key] = later if self.by_calendar else self.state.calendar.add_working_days(*key)
        return self._due[key]


def _judged_groups(rows: CaseRows, judge: _Judge) -> Iterator[tuple[int, Lamp, int]]:
    """(unit id, lamp, open cases)."""
    return ((group.unit_id, judge.open(group)[1], group.number) for group in rows.open_groups())


def _listed(
    session: Session, kind: CaseKind, opened: Iterable[tuple[CaseRow, date | None, Lamp]], names: dict[int, str]
) -> tuple[Case, ...]:
    worst_first = sorted(
        opened,
        key=lambda judged: (WORST_FIRST.index(judged[2]), judged[1] or date.max, judged[0].unit_id, judged[0].key),
    )
    return _as_cases(session, kind, worst_first, names)


def _as_cases(
    session: Session, kind: CaseKind, judged: Sequence[tuple[CaseRow, date | None, Lamp]], names: dict[int, str]
) -> tuple[Case, ...]:
    places = places_in(session, {row.submission_id for row, _, _ in judged})
    key = DATASETS[kind.dataset].main.keys[0].name
    return tuple(_case(row, due, lamp, names, places[row.submission_id], key) for row, due, lamp in judged)


def _case(row: CaseRow, due: date | None, lamp: Lamp, names: dict[int, str], place: tuple[str, list], key: str) -> Case:
    file, sheets = place
    sheet = sheets[row.sheet]
    return Case(
        row.key,
        masked_words("，".join(row.subject), names[row.unit_id]),
        names[row.unit_id],
        row.start,
        due,
        lamp,
        row.submission_id,
        file,
        sheet["name"],
        row.row,
        f"{sheet['columns'].get(key, '')}{row.row}",
        row.closed,
    )
