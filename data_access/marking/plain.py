"""Write the cells of a book of any format as a plain .xlsx, each at its address and of its kind. Nothing becomes a
formula.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryDirectory

from xlsxwriter import Workbook
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data_access.marking.problem_list import free_name
from data_access.marking.xml_text import storable
from data_access.spreadsheets.kinds import BLANK, BOOL, DATE, NUMBER, PERCENT
from data_access.spreadsheets.sheets import Book, Box, Sheet

EXACT_DIGITS = 15
ROWS_AT_ONCE = 2_000
MOST_MERGED = 100_000  # cells of a sheet; the writer notes each of them
LONGEST_NAME = 31  # of a sheet in Excel
NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
LOOKS = {"text": "@", "share": "0.00%", "day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm:ss"}
FONT = {"font_name": "宋体", "font_size": 11}
FIRST_DAY, EARLIEST = datetime(1899, 12, 30), datetime(1900, 3, 1)  # noqa: DTZ001 cells have no time zone


@dataclass(frozen=True)
class PlainWorkbook:
    """An .xlsx. `sheet_names`: name in the book → name in the workbook, where Excel does not take the former."""

    content: bytes
    sheet_names: dict[str, str]


def plain_xlsx(book: Book, folder: str | None = None) -> PlainWorkbook:
    """Return the workbook of the visible sheets; formats and formulas are not in a book and so not in the workbook.

    `folder`: where rows wait on the disk; whoever gives one takes it away, should this process be killed.
    """
    out, names = io.BytesIO(), dict[str, str]()
    with TemporaryDirectory(dir=folder) as waiting:
        options = {"constant_memory": True, "tmpdir": waiting, "default_format_properties": FONT}
        with Workbook(out, options) as workbook:
            looks = {name: workbook.add_format({**FONT, "num_format": code}) for name, code in LOOKS.items()}
            for sheet in book.sheets:
                names[sheet.name] = excel_name(sheet.name, names.values())
                _write_sheet(workbook.add_worksheet(names[sheet.name]), sheet, looks)
    return PlainWorkbook(out.getvalue(), {name: other for name, other in names.items() if name != other})


def excel_name(name: str, taken: Iterable[str]) -> str:
    """Return the name as Excel takes it for a sheet, other than those taken."""
    allowed = storable(name).translate(NOT_IN_A_NAME).strip("'")[:LONGEST_NAME].strip("'") or "Sheet"
    names = list(taken)
    free = free_name(names, allowed)
    return free if len(free) <= LONGEST_NAME else free_name(names, allowed[: LONGEST_NAME - 4])


def _write_sheet(target: Worksheet, sheet: Sheet, looks: dict[str, Format]) -> None:
    height = len(sheet.columns[0][1]) if sheet.columns else 0
    hidden = set(sheet.hidden_rows)
    _merge(target, sheet.merged)  # before the rows: those written are behind the writer
    for start in range(0, height, ROWS_AT_ONCE):
        columns = [
            (texts.slice(start, ROWS_AT_ONCE).to_pylist(), kinds[start : start + ROWS_AT_ONCE].tolist())
            for texts, kinds in sheet.columns
        ]
        for offset in range(len(columns[0][0])):
            row = sheet.first_row + start + offset - 1  # the writer counts from 0
            if row + 1 in hidden:
                target.set_row(row, None, None, {"hidden": True})
            for column, (texts, kinds) in enumerate(columns, sheet.first_column - 1):
                if kinds[offset] != BLANK:
                    _write_cell(target, row, column, texts[offset], kinds[offset], looks)


def _write_cell(target: Worksheet, row: int, column: int, value: str, kind: int, looks: dict[str, Format]) -> None:
    if kind == NUMBER and len(value.strip("-").replace(".", "")) <= EXACT_DIGITS and "E" not in value:
        target.write_number(row, column, float(value))
    elif kind == PERCENT:
        target.write_number(row, column, float(value) / 100, looks["share"])
    elif kind == BOOL:
        target.write_boolean(row, column, value == "TRUE")
    elif kind == DATE and (serial := _serial(value)):
        target.write_number(row, column, serial, looks["moment" if "T" in value else "day"])
    elif value:
        target.write_string(row, column, storable(value), looks["text"])


def _serial(value: str) -> float | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return (moment - FIRST_DAY).total_seconds() / 86_400 if moment >= EARLIEST else None


def _merge(target: Worksheet, boxes: Iterable[Box]) -> None:
    """Those that lie over another are left out, since Excel would mend the file, and very large ones."""
    left = MOST_MERGED
    for top, first, bottom, last in boxes:
        cells = (bottom - top + 1) * (last - first + 1)
        if 1 < cells <= left:
            left -= cells
            try:
                target.merge_range(top - 1, first - 1, bottom - 1, last - 1, "")
            except OverlappingRange:
                continue
