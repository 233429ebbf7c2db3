"""From the XML of a worksheet, or cells cut out of it, to cells with text and kind, hidden rows and merged ranges."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cache

from data_access.spreadsheets.kinds import BLANK, BOOL, EMPTY_FORMULA, ERROR, TEXT
from data_access.spreadsheets.number_formats import Shown, number_cell
from data_access.spreadsheets.refusals import Rejected
from data_access.spreadsheets.safe_xml import Attributes, Handler
from data_access.spreadsheets.sheets import Box
from data_access.spreadsheets.values import harmless, iso_cell, unescaped

ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?0*([1-9][0-9]{0,6})")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
TRUE = ("1", "true", "on")
Keep = Callable[[int, int, str, int], None]


@cache
def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def position(address: str) -> tuple[int, int]:
    """Return row and column: B3 → (3, 2). Raises Rejected for what is no address of a sheet."""
    match = ADDRESS.fullmatch(address)
    if not match:
        raise Rejected("damaged")
    row, column = int(match[2]), column_number(match[1].upper())
    if row > LAST_ROW or column > LAST_COLUMN:
        raise Rejected("damaged")
    return row, column


class CellReader:
    """Makes text and kind of a cell's type, style, value and formula."""

    def __init__(self, shown: list[Shown], strings: list[str], date1904: bool) -> None:
        self.shown, self.strings, self.date1904 = shown, strings, date1904

    def read(self, kind: str, style: str, value: str | None, inline: str, formula: bool) -> tuple[str, int]:
        """Return text and kind of a cell. `value` is the text of <v>, None without one; `inline` that of <is>."""
        if kind == "s":
            return self._shared(value)
        if kind == "inlineStr":
            return _text(inline or value or "")
        if formula and (value is None or (not value and kind != "str")):
            return "", EMPTY_FORMULA
        if not value:
            return "", BLANK
        if kind in ("", "n"):
            return self.number(value, style)
        return _other(kind, value)

    def number(self, value: str, style: str) -> tuple[str, int]:
        try:
            number = float(value)
        except ValueError:
            return _text(value)
        if not math.isfinite(number):
            return _text(value)
        index = int(style) if style.isdigit() else 0
        return number_cell(number, self.shown[index] if index < len(self.shown) else Shown.PLAIN, self.date1904)

    def _shared(self, value: str | None) -> tuple[str, int]:
        if not value:
            return "", BLANK
        if not value.strip().isdigit() or int(value) >= len(self.strings):
            raise Rejected("damaged")
        text = self.strings[int(value)]
        return text, TEXT if text else BLANK


def _text(text: str) -> tuple[str, int]:
    text = harmless(unescaped(text))
    return text, TEXT if text else BLANK


def _other(kind: str, value: str) -> tuple[str, int]:
    if kind == "b":
        return ("TRUE" if value.strip() in TRUE else "FALSE"), BOOL
    if kind == "e":
        return value, ERROR
    if kind == "d":
        return iso_cell(value)
    return _text(value)


class SheetHandler(Handler):
    """Follows rows and cells; those without an address follow the one before, as the standard allows."""

    def __init__(self, cells: CellReader, keep: Keep) -> None:
        self.cells, self.keep = cells, keep
        self.hidden_rows: list[int] = []
        self.merged: list[Box] = []
        self.row = self.column = 0
        self.kind = self.style = ""
        self.value: list[str] | None = None
        self.inline: list[str] = []
        self.formula = self.in_value = self.in_inline = self.in_phonetic = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name == "v":
            self.value, self.in_value = [], True
        elif name == "f":
            self.formula = True
        elif name == "t":
            self.in_inline = not self.in_phonetic
        elif name == "rPh":
            self.in_phonetic = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name == "c":
            value = None if self.value is None else "".join(self.value)
            text, kind = self.cells.read(self.kind, self.style, value, "".join(self.inline), self.formula)
            if kind != BLANK:
                self.keep(self.row, self.column, text, kind)
        elif name == "v":
            self.in_value = False
        elif name == "t":
            self.in_inline = False
        elif name == "rPh":
            self.in_phonetic = False

    def text(self, data: str) -> None:
        if self.in_value and self.value is not None:
            self.value.append(data)
        elif self.in_inline:
            self.inline.append(data)

    def _start_cell(self, attributes: Attributes) -> None:
        address = attributes.get("r")
        if address:
            self.row, self.column = position(address)
        else:
            self.column += 1
        self.kind, self.style = attributes.get("t", ""), attributes.get("s", "")
        self.value, self.formula = None, False
        self.inline.clear()

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        self.row = int(number) if number.isdigit() else self.row + 1
        self.column = 0
        if attributes.get("hidden") in TRUE:
            self.hidden_rows.append(self.row)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        box = (*position(first), *position(last or first))
        if box[:2] != box[2:]:
            self.merged.append(box)
