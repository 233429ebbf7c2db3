"""From sheets as rows of plain values to an .xlsx or .csv whose bytes depend on nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

CREATED = datetime(2023, 6, 1)  # noqa: DTZ001 - a fixed stamp, so that making again gives the same bytes


class Percent(float):
    """A number that the workbook shows as per cent."""


class Heading(str):
    """A cell of a heading row, printed bold in a frame."""

    __slots__ = ()


CellValue = str | int | float | date | datetime | Percent | Heading | None
Row = Sequence[CellValue]


@dataclass
class Sheet:
    """Rows from A1 on; merges are (first row, first column, last row, last column), all 0-based."""

    name: str
    rows: list[Row]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    date_format: str = "yyyy-mm-dd"


def save_xlsx(path: Path, sheets: Sequence[Sheet], author: str = "样例数据") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": CREATED, "author": author})
    for sheet in sheets:
        _write_sheet(book, sheet)
    book.get_worksheet_by_name(next(s.name for s in sheets if not s.hidden)).activate()
    book.close()


def save_csv(path: Path, rows: Sequence[Row], encoding: str = "gb18030") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([["" if v is None else v for v in row] for row in rows])
    path.write_bytes(text.getvalue().encode(encoding))


def _write_sheet(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    formats = _formats(book, sheet)
    for number, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            _write_cell(page, number, column, value, formats)
    for first_row, first_column, last_row, last_column in sheet.merges:
        value = sheet.rows[first_row][first_column]
        page.merge_range(first_row, first_column, last_row, last_column, value, formats["merged"])
    for number in sheet.hidden_rows:
        page.set_row(number, None, None, {"hidden": True})
    _set_widths(page, sheet.rows)
    if sheet.hidden:
        page.hide()


def _formats(book: xlsxwriter.Workbook, sheet: Sheet) -> dict[str, Format]:
    return {
        "heading": book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}),
        "date": book.add_format({"num_format": sheet.date_format}),
        "datetime": book.add_format({"num_format": f"{sheet.date_format} hh:mm:ss"}),
        "percent": book.add_format({"num_format": "0%"}),
        "merged": book.add_format({"align": "center", "valign": "vcenter", "border": 1, "text_wrap": True}),
        "text": book.add_format({"num_format": "@"}),
    }


def _write_cell(page: Worksheet, row: int, column: int, value: CellValue, formats: dict[str, Format]) -> None:
    match value:
        case None | "":
            return
        case Heading():
            page.write_string(row, column, value, formats["heading"])
        case str():
            page.write_string(row, column, value, formats["text"])
        case Percent():
            page.write_number(row, column, float(value), formats["percent"])
        case datetime():
            page.write_datetime(row, column, value, formats["datetime"])
        case date():
            page.write_datetime(row, column, value, formats["date"])
        case _:
            page.write_number(row, column, value)


def _set_widths(page: Worksheet, rows: Sequence[Row]) -> None:
    for column in range(max((len(row) for row in rows), default=0)):
        texts = (str(row[column]) for row in rows[:40] if column < len(row) and row[column] is not None)
        width = max((sum(2 if ord(c) > 255 else 1 for c in text) for text in texts), default=8)
        page.set_column(column, column, min(max(width + 2, 8), 40))
