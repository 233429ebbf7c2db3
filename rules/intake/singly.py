"""From a field to the function that reads one of its cells: (text, kind) → the value, or None and the code of the
mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from models.cells import CellKind
from models.definitions import Field, Kind
from rules.intake.choices import choice_table, read_choice, read_yes_no, read_yes_no_or_file, yes_no_table
from rules.intake.codes import read_code, read_measure
from rules.intake.dates import read_due_day, read_moment, read_month
from rules.intake.numbers import is_share, read_decimal, read_duration, read_int, read_share
from rules.intake.unit_names import UnitNames
from rules.intake.words import half_width, has_other_digits

Reading = tuple[object, str | None]
Reader = Callable[[str, CellKind], Reading]

_DUE = re.compile("时限|期限|承诺")
_UNREADABLE = {
    Kind.INT: "not-a-number",
    Kind.DECIMAL: "not-a-number",
    Kind.DURATION: "not-a-duration",
    Kind.DATE: "not-a-date",
    Kind.DATETIME: "not-a-date",
    Kind.MONTH: "not-a-date",
}


@dataclass(frozen=True)
class ReadingTerms:
    """What the reading of a cell depends on beside its field."""

    units: UnitNames
    year: int  # of a date typed without one
    epoch_1904: bool = False
    month_is_stated: bool = False  # 8.1 is a day then
    measures: frozenset[str] = frozenset()  # known measure codes
    unit: str | None = None  # that speaks for itself: its column may be blank or missing


def reader_of(field: Field, terms: ReadingTerms, of_one: bool = False) -> Reader:
    """Return the reader of a field. `of_one`: the column holds shares as fractions of one."""
    read, unreadable = _reader_of(field, terms, of_one), _UNREADABLE.get(field.kind)
    if unreadable is None:
        return read
    return lambda text, kind: (None, unreadable) if has_other_digits(text) else read(text, kind)


def _reader_of(field: Field, terms: ReadingTerms, of_one: bool) -> Reader:
    year, epoch, stated = terms.year, terms.epoch_1904, terms.month_is_stated
    match field.kind:
        case Kind.INT | Kind.DECIMAL | Kind.DURATION:
            return _number_reader(field, of_one)
        case Kind.DATE:
            read_day = read_due_day if _DUE.search(field.label) else read_moment
            return lambda text, kind: _day_of(read_day(text, kind, year, epoch, stated))
        case Kind.DATETIME:
            return lambda text, kind: read_moment(text, kind, year, epoch, stated)
        case Kind.MONTH:
            return lambda text, kind: read_month(text, kind, year, epoch)
        case Kind.YES_NO:
            answers = yes_no_table(field)
            return lambda text, kind: read_yes_no(text, answers)
        case Kind.YES_NO_OR_FILE:
            answers = yes_no_table(field)
            return lambda text, kind: read_yes_no_or_file(text, answers)
        case Kind.CODE if field.names_measure:
            return lambda text, kind: read_measure(text, kind, field, terms.measures)
        case Kind.CODE:
            return lambda text, kind: read_code(text, kind, field)
        case Kind.UNIT:
            return lambda text, kind: _unit(text, terms.units)
        case Kind.CHOICE:
            table = choice_table(field)
            return lambda text, kind: read_choice(text, table)
    return lambda text, kind: (half_width(text), None)


def _number_reader(field: Field, of_one: bool) -> Reader:
    if field.kind is Kind.DURATION:
        return read_duration
    if field.kind is Kind.DECIMAL:
        return lambda text, kind: read_decimal(text, kind, field)
    if is_share(field):
        return lambda text, kind: read_share(text, kind, field, of_one)
    return lambda text, kind: read_int(text, kind, field)


def _day_of(moment: tuple[datetime | None, str | None]) -> Reading:
    instant, mistake = moment
    return (instant.replace(hour=0, minute=0, second=0) if instant else None), mistake


def _unit(text: str, units: UnitNames) -> Reading:
    name = units.resolve(text)
    return (name, None) if name else (None, "unknown-unit")
