"""The cases of a ledger as of a day, without reading the whole of it: open rows one by one, closed ones counted or
paged by the database.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Float,
    Integer,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    text,
)
from sqlmodel import Session

from data_access.case_conditions import holding
from data_access.record_tables import record_table
from data_access.submissions import ReportInForce
from models.cases import CaseKind
from models.definitions import Dataset, Kind, Part
from models.expressions import FieldRead
from rules.working_days import CalendarMissing

NO_NUMBER = -1.0  # of days, where a row has none
UNITS = 1_000_000  # more than there are units: submission × UNITS + unit names a report


class CaseRow(NamedTuple):
    """A case as the ledger has it. `due` None: to be counted from `start` by `days` (None: by a setting)."""

    key: str
    subject: tuple[str, ...]
    unit_id: int
    start: date | None
    due: date | None
    days: float | None
    submission_id: int
    sheet: int
    row: int
    closed: date | None = None  # of a closed case read as a row


class OpenGroup(NamedTuple):
    """So many open cases of a unit that are due on the same day; `due` None: as of a CaseRow."""

    unit_id: int
    start: date | None
    due: date | None
    days: float | None
    number: int


class ClosedGroup(NamedTuple):
    """So many closed cases of a unit. `late` None: no calendar of `year_missing` tells their due day."""

    unit_id: int
    late: bool | None
    number: int
    year_missing: int | None = None


class ClosedSpan(NamedTuple):
    """So many cases of a category that have start, close and promised days in common."""

    category: str
    start: date
    closed: date
    days: float
    number: int


DueDay = Callable[[date | None, float | None], date | None]
"""From start and days of a row to its due day, None where it has none. Raises CalendarMissing."""


class CaseRows:
    """The rows of one kind of case in the reports that stand, of every unit or of some, or those `where` a field holds
    a value (`is_within`: has it somewhere in its text); a case that a later month's ledger holds is read there.
    `elsewhere`: the parts in which the condition of the kind looks values up, with the reports that stand.
    """

    def __init__(
        self,
        session: Session,
        kind: CaseKind,
        dataset: Dataset,
        reports_in_force: Sequence[ReportInForce],
        as_of: date,
        unit_ids: Collection[int] | None = None,
        *,
        where: tuple[str, str] | None = None,
        is_within: bool = False,
        elsewhere: Mapping[str, tuple[Dataset, Sequence[ReportInForce]]] = MappingProxyType({}),
    ) -> None:
        self.where, self.is_within, self.elsewhere = where, is_within, elsewhere
        self.session, self.kind, self.part, self.as_of, self.unit_ids = session, kind, dataset.main, as_of, unit_ids
        self.table = record_table(dataset.main).alias("own")
        self.submissions = sorted(
            {report.submission_id for report in reports_in_force if unit_ids is None or report.unit_id in unit_ids}
        )
        self.nothing = not self.submissions
        if not self.nothing:
            self.reports = _reports(reports_in_force)
            self._is_case = dataset.is_case
            self._chosen = self._cases()

    def open(self) -> list[CaseRow]:
        """Return the cases not closed by the end of the day."""
        return [] if self.nothing else self._read(self._select_open(*self._columns()))

    def open_groups(self) -> list[OpenGroup]:
        """Return how many cases are not closed by the end of the day; a unit may come several times."""
        if self.nothing:
            return []
        columns = (self.table.c.unit_id, self._day(self.kind.start), self._due(), self._days())
        return [OpenGroup(*row) for row in self._rows(self._select_open(*columns, func.count()).group_by(*columns))]

    def _select_open(self, *columns: Any) -> Any:
        query = self._select(*columns).where(or_(self._closed().is_(None), self._closed() >= self._end()))
        # each is looked up: they are few
        return query.where(~self._again(self.part, self.table, self.reports)) if self._is_case else query

    def closed_rows(self, offset: int, number: int) -> list[CaseRow]:
        """Return so many of the cases closed by the end of the day, the last closed first."""
        return [] if self.nothing else self._page(self._closed() < self._end(), offset, number)

    def closed_late_rows(self, offset: int, number: int, due_day: DueDay) -> list[CaseRow]:
        """Return what `closed_rows` does, of those closed after their due day. `due_day` is called where it is not in
        the ledger.
        """
        if self.nothing:
            return []
        if self._is_counted():
            return self._page(self.table.c.id.in_(self._late_by_calendar(due_day)[offset : offset + number]), 0, number)
        return self._page(and_(self._closed() < self._end(), _as_day(self._closed()) > self._due()), offset, number)

    def _late_by_calendar(self, due_day: DueDay) -> list[int]:
        """The late rows in their order. Only what decides is read; ledgers that are counted by working days are
        small.
        """
        counted = self._counted_days(due_day)
        late = case(
            (self._due().is_not(None), _as_day(self._closed()) > self._due()),
            else_=_as_day(self._closed()) > counted.c.due,
        )
        query = (
            self._beside(self._select_standing(self.table.c.id), counted)
            .where(self._closed() < self._end(), late)
            .order_by(*self._last_closed_first())
        )
        return [row.id for row in self._rows(query)]

    def _page(self, condition: Any, offset: int, number: int) -> list[CaseRow]:
        """Sorted by what the index holds, and only then read: a whole row for each closed case would be the whole
        ledger.
        """
        chosen = (
            self._select_standing(self.table.c.id)
            .where(condition)
            .order_by(*self._last_closed_first())
            .offset(offset)
            .limit(number)
        )
        ids = list(self._rows(chosen))
        every = select(*self._columns()).where(self.table.c.id.in_([row.id for row in ids]))
        return self._read(every.order_by(*self._last_closed_first()))

    def _last_closed_first(self) -> tuple[Any, ...]:
        return self._closed().desc(), self.table.c.id

    def _columns(self) -> list[Any]:
        own = self.table.c
        return [
            own[self.part.keys[0].name],
            own.unit_id,
            self._day(self.kind.start),
            self._due(),
            self._days(),
            own.submission_id,
            own.sheet,
            own.row,
            _as_day(self._closed()),
            *(own[name] for name in self.kind.subject),
        ]

    def _read(self, query: Any) -> list[CaseRow]:
        return [
            CaseRow(
                key or "",
                tuple(word for word in about if word),
                unit,
                start,
                due,
                days,
                submission,
                sheet,
                row,
                closed if closed and closed <= self.as_of else None,
            )  # what came later is not known on that day
            for key, unit, start, due, days, submission, sheet, row, closed, *about in self._rows(query)
        ]

    def closed(self, due_day: DueDay) -> list[ClosedGroup]:
        """Return counts of the cases closed by the end of the day; a unit may come several times. `due_day` is called
        where it is not in the ledger.
        """
        if self.nothing:
            return []
        return [*self._closed_against_due(), *self._closed_to_be_counted(due_day)]

    def closed_spans(self, category: str) -> list[ClosedSpan]:
        """Return counts of the cases closed on whatever day, by a field, start, close and days; none that lacks one of
        them.
        """
        if self.nothing:
            return []
        columns = (self.table.c[category], self._day(self.kind.start), _as_day(self._closed()), self._days())
        query = self._select_standing(*columns, func.count()).where(*(column.is_not(None) for column in columns))
        return [ClosedSpan(*row) for row in self._rows(query.group_by(*columns))]

    def _closed_against_due(self) -> Iterator[ClosedGroup]:
        """A due day that is in the ledger, and one that can never be: no due day is never late."""
        if self.kind.due is None and self._is_counted():
            return
        late = case((_as_day(self._closed()) > self._due(), 1), else_=0)
        query = self._select_standing(self.table.c.unit_id, func.count(), func.sum(late)).where(
            self._closed() < self._end()
        )
        if self._is_counted():
            query = query.where(self._due().is_not(None))
        # By report, as the index has them: grouped by unit alone, SQLite would sort every row first.
        for unit, number, too_late in self._rows(query.group_by(self.table.c.submission_id, self.table.c.unit_id)):
            counts = ((False, number - too_late), (True, too_late))
            yield from (ClosedGroup(unit, is_late, count) for is_late, count in counts if count)

    def _closed_to_be_counted(self, due_day: DueDay) -> list[ClosedGroup]:
        if not self._is_counted():
            return []
        counted = self._counted_days(due_day)
        late = case((_as_day(self._closed()) > counted.c.due, 1), else_=0)
        place = (self.table.c.unit_id, counted.c.year_missing, late)
        query = (
            self._beside(self._select_standing(*place, func.count()), counted)
            .where(self._closed() < self._end(), self._due().is_(None))
            .group_by(*place)
        )
        return [
            ClosedGroup(unit, bool(is_late) if missing is None else None, number, missing)
            for unit, missing, is_late, number in self._rows(query)
        ]

    def _counted_days(self, due_day: DueDay) -> Any:
        """Each start and number of days that closed cases have, with the due day that follows from them: the same few
        come again and again.
        """
        columns = self._day(self.kind.start), self._days()
        pairs = self._select(*columns).distinct().where(self._closed() < self._end(), self._due().is_(None))
        is_typed = self.session.connection().dialect.name != "sqlite"
        known = [(start, days) for start, days in self._rows(pairs) if start is not None] or [(self.as_of, None)]
        rows = ", ".join(_counted_day(start, days, due_day, is_typed=is_typed) for start, days in known)
        kinds = (("start", Date), ("days", Float), ("due", Date), ("year_missing", Integer))
        return (
            select(*(literal_column(f"column{place}", kind).label(name) for place, (name, kind) in enumerate(kinds, 1)))
            .select_from(text(f"(VALUES {rows}) AS days"))
            .cte("counted")
        )

    def _beside(self, query: Any, counted: Any) -> Any:
        """Each row with its counted due day; a row without a start has none."""
        of_row = self._day(self.kind.start) == counted.c.start, func.coalesce(self._days(), NO_NUMBER) == counted.c.days
        return query.outerjoin(counted, and_(*of_row))

    def _rows(self, query: Any) -> Sequence[Any]:
        return self.session.connection().execute(query).all()

    def _is_counted(self) -> bool:
        return bool(self.kind.days or self.kind.days_setting or self.kind.fixed_days is not None)

    def _select_standing(self, *columns: Any) -> Any:
        """Leave out what a later month's ledger replaces, where any is."""
        query = self._select(*columns)
        return query.where(~self._replaced(self.part, self.table, self.reports)) if self._may_be_replaced else query

    @cached_property
    def _may_be_replaced(self) -> bool:
        return self._is_case and self._any_again()

    def _select(self, *columns: Any) -> Any:
        return (
            select(*columns)
            .select_from(self.table.join(self.reports, self._of_report(self.table, self.reports)))
            .where(self._chosen)
        )

    def _cases(self) -> Any:
        """Rows that are cases of this kind."""
        conditions: list[ColumnElement[bool]] = [self.table.c.submission_id.in_(self.submissions)]
        conditions += [self.table.c.unit_id.in_(self.unit_ids)] if self.unit_ids is not None else []
        conditions += [self._holds(*self.where)] if self.where is not None else []
        conditions += [self.table.c[name].is_distinct_from(value) for name, value in self.kind.unless]
        # coalesce keeps SQLite from finding the rows by this answer, which most of them share, instead of by
        # their report.
        conditions += [func.coalesce(self.table.c[name], not value) == literal(value) for name, value in self.kind.only]
        if self.kind.condition is not None:
            conditions.append(holding(self.kind.condition, self.table.c, self._values_elsewhere))
        if self.kind.dated_only:
            conditions.append(self._due().is_not(None))
        return and_(*conditions)

    def _holds(self, field: str, value: str) -> ColumnElement[bool]:
        column = self.table.c[field]
        return column.contains(value, autoescape=True) if self.is_within else column == value

    def _values_elsewhere(self, field: FieldRead, read: Callable[[Any], Any]) -> Any:
        """(unit id, value) of the records that stand in another table; None where nothing was reported of it."""
        dataset, reports_in_force = self.elsewhere[field.part]
        if not reports_in_force:
            return None
        part, reports = dataset.part(field.part), _reports(reports_in_force, f"standing_{field.part}")
        table = record_table(part).alias(f"own_{field.part}")
        values = select(table.c.unit_id, read(table.c)).select_from(
            table.join(reports, self._of_report(table, reports))
        )
        is_case = dataset.is_case and part is dataset.main
        return values.where(~self._replaced(part, table, reports)) if is_case else values

    def _any_again(self) -> bool:
        """Whether any number came twice: where none did, no row needs to be looked up again. Of one unit or of few
        rows each row is cheaper.
        """
        few = self.unit_ids is not None or self.where is not None
        return few or bool(self._rows(self._numbers_again(self.part).limit(1)))

    @staticmethod
    def _numbers_again(part: Part) -> Any:
        key = record_table(part).alias("every").c[part.keys[0].name]
        return select(key).group_by(key).having(func.count() > 1)

    def _replaced(self, part: Part, table: Any, reports: Any) -> Any:
        """What `_again` does; of many rows only those are looked up of which the number came twice."""
        again = self._again(part, table, reports)
        if table is self.table and (self.unit_ids is not None or self.where is not None):
            return again
        return and_(table.c[part.keys[0].name].in_(self._numbers_again(part)), again)

    def _again(self, part: Part, table: Any, reports: Any) -> Any:
        """A later month's ledger has it: the same unit's, or another's where one of them is a whole-district ledger."""
        later, of_later = record_table(part).alias("later"), reports.alias("of_later")
        same_case = (later.c[key.name] == table.c[key.name] for key in part.keys)
        return exists().where(
            *same_case,
            later.c.month > table.c.month,
            self._of_report(later, of_later),
            or_(later.c.unit_id == table.c.unit_id, reports.c.whole == 1, of_later.c.whole == 1),
        )

    @staticmethod
    def _of_report(table: Any, reports: Any) -> Any:
        # One number for both, or the database walks a whole ledger once for each unit that it speaks for.
        return cast(table.c.submission_id, BigInteger) * UNITS + table.c.unit_id == reports.c.report

    def _closed(self) -> Any:
        """When it was closed; a yes without a date counts from the start."""
        closed = self.table.c[self.kind.closed]
        if self.kind.closed_if is None:
            return closed
        closed_words = self.table.c[self.kind.closed_if]
        return case(
            (closed_words.is_(True), func.coalesce(closed, self.table.c[self.kind.start], type_=closed.type)),
            else_=closed,
        )

    def _due(self) -> Any:
        if self.kind.due is None:
            return cast(null(), Date)
        is_day = self.part.field(self.kind.due).kind is Kind.DATE
        return self.table.c[self.kind.due] if is_day else self._day(self.kind.due)

    def _days(self) -> Any:
        if self.kind.fixed_days is not None:
            return cast(literal(self.kind.fixed_days), Float)
        return self.table.c[self.kind.days] if self.kind.days else cast(null(), Float)

    def _day(self, field: str) -> Any:
        return _as_day(self.table.c[field])

    def _end(self) -> date | datetime:
        """The first moment after the day, in the type of the closing field."""
        following = self.as_of + timedelta(days=1)
        return following if self.part.field(self.kind.closed).kind is Kind.DATE else datetime.combine(following, time())


def _counted_day(start: date, days: float | None, due_day: DueDay, *, is_typed: bool) -> str:
    """As a row of written values; `is_typed`: the database tells days from text."""

    def written(day: date | None) -> str:
        kind = "DATE " if is_typed else ""
        return f"CAST(NULL AS {kind or 'text'})" if day is None else f"{kind}'{day.isoformat()}'"

    due, year_missing = None, None
    try:
        due = due_day(start, days)
    except CalendarMissing as missing:
        year_missing = missing.year
    number = NO_NUMBER if days is None else days
    return f"({written(start)}, {number!r}, {written(due)}, {year_missing or 'NULL'})"


def _as_day(moment: Any) -> Any:
    return func.date(moment, type_=Date)


def _reports(reports: Sequence[ReportInForce], name: str = "standing") -> Any:
    """As written numbers: bound one by one, hundreds of reports cost more than the query."""
    rows = ", ".join(
        f"({report.submission_id * UNITS + report.unit_id}, {int(report.whole_district)})" for report in reports
    )
    columns = (literal_column("column1", BigInteger).label("report"), literal_column("column2", Integer).label("whole"))
    return select(*columns).select_from(text(f"(VALUES {rows}) AS numbers")).cte(name)
