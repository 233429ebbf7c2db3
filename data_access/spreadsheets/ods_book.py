"""From the bytes of an .ods to its visible sheets, repeated rows and cells only as far as they hold something."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from data_access.spreadsheets.kinds import BLANK, BOOL, EMPTY_FORMULA, ERROR, NUMBER, PERCENT, TEXT
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.refusals import Rejected
from data_access.spreadsheets.safe_xml import Attributes, Handler, parse
from data_access.spreadsheets.sheets import Book, Box, Scatter, Sheet
from data_access.spreadsheets.unpacking import Archive
from data_access.spreadsheets.values import DAY_SECONDS, elapsed_text, harmless, iso_cell, number_text, percent_text

CLOCK = re.compile(r"P(?:(\d{1,6})D)?T?(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d+)?)S)?")
ERRORS = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d+")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
SKIPPED = {"annotation", "tracked-changes", "shapes", "dde-links", "forms", "ruby-text"}
VALUES = {
    "float": "value",
    "currency": "value",
    "percentage": "value",
    "date": "date-value",
    "time": "time-value",
    "boolean": "boolean-value",
}
CELLS = {"table-cell", "covered-table-cell"}


def open_ods(content: bytes, limits: ReadLimits) -> Book:
    handler = _Content(limits.box_cells * 10)
    parse(Archive(content, limits).chunks("content.xml"), handler)
    hidden = [table.name for table in handler.tables if table.style in handler.hidden_styles]
    visible = [table for table in handler.tables if table.style not in handler.hidden_styles]
    return Book("ods", [_sheet(table, limits) for table in visible], hidden, handler.epoch_1904)


@dataclass
class _Table:
    name: str
    style: str
    scatter: Scatter = field(default_factory=Scatter)
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[Box] = field(default_factory=list)


def _sheet(table: _Table, limits: ReadLimits) -> Sheet:
    sheet = table.scatter.sheet(table.name, limits)
    sheet.hidden_rows, sheet.merged = table.hidden_rows, table.merged
    return sheet


class _Content(Handler):
    """Follows tables, rows and cells; `most_cells` bounds what repetition may make of a few bytes."""

    namespaces = frozenset(
        f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "style", "table", "text")
    )

    def __init__(self, most_cells: int) -> None:
        self.tables: list[_Table] = []
        self.hidden_styles: set[str] = set()
        self.style_name = ""
        self.epoch_1904 = False
        self.most_cells = most_cells
        self.row = self.row_repeats = self.column = self.skipping = self.paragraphs = 0
        self.row_cells: list[tuple[int, int, str, int]] = []
        self.cell: Attributes = {}
        self.parts: list[str] = []
        self.in_paragraph = False

    def start(self, name: str, attributes: Attributes) -> None:
        if self.skipping or name in SKIPPED:
            self.skipping += name in SKIPPED
        elif name in CELLS:
            self.cell, self.paragraphs = _local(attributes), 0
            self.parts.clear()
        elif name == "table-row":
            self._start_row(_local(attributes))
        elif name in ("p", "s", "tab", "line-break"):
            self._start_text(name, attributes)
        elif name == "table":
            self._start_table(_local(attributes))
        elif name == "style":
            self.style_name = _local(attributes).get("name", "")
        elif name == "table-properties" and _local(attributes).get("display") == "false":
            self.hidden_styles.add(self.style_name)
        elif name == "null-date":
            self.epoch_1904 = _local(attributes).get("date-value", "").startswith("1904")

    def end(self, name: str) -> None:
        if self.skipping:
            self.skipping -= name in SKIPPED
        elif name in CELLS:
            self._end_cell(covered=name.startswith("covered"))
        elif name == "p":
            self.in_paragraph = False
        elif name == "table-row":
            self._end_row()

    def text(self, data: str) -> None:
        if self.in_paragraph and not self.skipping:
            self.parts.append(data)

    def _start_table(self, attributes: Attributes) -> None:
        self.tables.append(_Table(attributes.get("name", ""), attributes.get("style-name", "")))
        self.row = 0

    def _start_row(self, attributes: Attributes) -> None:
        self.row += 1
        self.row_repeats = _count(attributes, "number-rows-repeated")
        self.column = 0
        if attributes.get("visibility", "visible") != "visible" and self.tables:
            self.tables[-1].hidden_rows += range(self.row, min(self.row + self.row_repeats, LAST_ROW + 1))

    def _start_text(self, name: str, attributes: Attributes) -> None:
        if name == "p":
            self.parts += ["\n"] * bool(self.paragraphs)
            self.paragraphs += 1
            self.in_paragraph = True
        elif self.in_paragraph:
            spaces = min(_count(_local(attributes), "c"), 1000)
            self.parts.append({"s": " " * spaces, "tab": "\t"}.get(name, "\n"))

    def _end_cell(self, covered: bool) -> None:
        first, self.column = self.column + 1, self.column + _count(self.cell, "number-columns-repeated")
        text, kind = ("", BLANK) if covered else _read(self.cell, "".join(self.parts))
        if kind != BLANK:
            if self.column > LAST_COLUMN:
                raise Rejected("unsafe")
            self.row_cells.append((first, self.column, text, kind))
        rows, columns = _count(self.cell, "number-rows-spanned"), _count(self.cell, "number-columns-spanned")
        if (rows > 1 or columns > 1) and self.tables:
            self.tables[-1].merged.append((self.row, first, self.row + rows - 1, first + columns - 1))

    def _end_row(self) -> None:
        last = self.row + self.row_repeats - 1
        if self.row_cells and self.tables:
            self._keep_row(last)
        self.row, self.row_cells = last, []

    def _keep_row(self, last: int) -> None:
        self.most_cells -= self.row_repeats * sum(right - left + 1 for left, right, _, _ in self.row_cells)
        if last > LAST_ROW or self.most_cells < 0:
            raise Rejected("unsafe")
        for row in range(self.row, last + 1):
            for left, right, text, kind in self.row_cells:
                for column in range(left, right + 1):
                    self.tables[-1].scatter.add(row, column, text, kind)


def _local(attributes: Attributes) -> Attributes:
    """Names without namespace; LibreOffice's calcext:value-type keeps its own."""
    return {_local_name(key): value for key, value in attributes.items()}


@cache
def _local_name(key: str) -> str:
    namespace, _, name = key.rpartition(" ")
    return f"calcext:{name}" if "calcext" in namespace else name


def _count(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "1")
    return max(int(text), 1) if text.isdigit() and len(text) < 10 else 1


def _read(cell: Attributes, text: str) -> tuple[str, int]:
    kind = cell.get("value-type", "")
    if cell.get("calcext:value-type") == "error" or ("formula" in cell and ERRORS.fullmatch(text)):
        return text, ERROR
    if "formula" in cell and not text and kind != "string" and VALUES.get(kind, "") not in cell:
        return "", EMPTY_FORMULA
    if kind in ("float", "currency", "percentage"):
        return _number(cell.get("value", ""), kind, text)
    if kind == "date" and "date-value" in cell:
        return iso_cell(cell["date-value"])
    if kind == "time" and (clock := CLOCK.fullmatch(cell.get("time-value", ""))):
        return _clock_text(*clock.groups("0")), TEXT
    if kind == "boolean":
        return cell.get("boolean-value", text).upper(), BOOL
    value = harmless(cell.get("string-value", "") or text)
    return value, TEXT if value else BLANK


def _clock_text(days: str, hours: str, minutes: str, seconds: str) -> str:
    """To the nearest second: PT10H19M59.9999S → 10:20:00."""
    whole = (int(days) * 24 + int(hours)) * 3600 + int(minutes) * 60
    return elapsed_text((whole + float(seconds.replace(",", "."))) / DAY_SECONDS).rjust(8, "0")


def _number(value: str, kind: str, text: str) -> tuple[str, int]:
    try:
        number = float(value)
        return (percent_text(number), PERCENT) if kind == "percentage" else (number_text(number), NUMBER)
    except (ValueError, OverflowError, ArithmeticError):
        return (text, TEXT) if text else ("", BLANK)
