"""From plain tables to one .xlsx with a sheet for each. Text is written as text, whatever it begins with."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet


@dataclass(frozen=True)
class Link:
    """A place to look: words in the cell, the address behind them."""

    words: str
    address: str

    def __str__(self) -> str:
        return self.words


Value = str | int | float | date | datetime | Link | None
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MADE = datetime(2023, 1, 1)  # noqa: DTZ001 a file without a time of its own: the same table always makes the same bytes
WIDEST = 40


@dataclass(frozen=True)
class SheetTable:
    """`shares` are the columns (by number) shown as per cent, `note` a line above the headings. Times are naive, as
    people read them.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    shares: tuple[int, ...] = ()
    note: str = ""


def table_workbook(tables: Sequence[SheetTable], made: datetime = MADE) -> bytes:
    """Return a workbook of these tables. `made` (naive) is written into the file, so that the same rows at another time
    are another file.
    """
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, SAFE)
    workbook.set_properties({"created": made})
    heading = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = {
        date: workbook.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        float: workbook.add_format({"num_format": "0.0%"}),
    }
    for table in tables:
        _fill(workbook.add_worksheet(table.name), table, heading, formats)
    workbook.close()
    return out.getvalue()


def _fill(sheet: Worksheet, table: SheetTable, heading: Format, formats: dict[type, Format]) -> None:
    top = 1 if table.note else 0
    if table.note:
        sheet.write_string(0, 0, table.note)
    for column, words in enumerate(table.headings):
        sheet.write_string(top, column, words, heading)
        sheet.set_column(column, column, _width(table, column))
    for number, row in enumerate(table.rows, top + 1):
        for column, value in enumerate(row):
            _write(sheet, number, column, value, formats, column in table.shares)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    if table.rows:
        sheet.autofilter(top, 0, top + len(table.rows), len(table.headings) - 1)


def _write(sheet: Worksheet, row: int, column: int, value: Value, formats: dict[type, Format], is_share: bool) -> None:
    if value is None:
        return
    if isinstance(value, Link):
        sheet.write_url(row, column, value.address, string=value.words)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats[type(value)])
    else:
        sheet.write_number(row, column, value, formats[float] if is_share else None)


def _width(table: SheetTable, column: int) -> float:
    """Chinese characters take two places; the first 200 rows tell enough."""
    texts = [table.headings[column], *(str(row[column]) for row in table.rows[:200] if row[column] is not None)]
    return min(max(sum(2 if ord(sign) > 255 else 1 for sign in text) for text in texts) + 2, WIDEST)
