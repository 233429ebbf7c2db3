"""What the reader gives: the cells of a workbook with their addresses, every value as text and its kind beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd

MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::00)?")


class CellKind(IntEnum):
    """What a cell held in the file, before our rules give it a type."""

    BLANK = 0
    TEXT = 1
    NUMBER = 2  # text is the number with at most 17 significant digits, no exponent up to 15 digits, no trailing “.0”
    PERCENT = 3  # a number shown as per cent; text is the number as SHOWN (0.85 → “85”)
    DATE = 4  # a number shown as a date; text is ISO (2023-06-03 or 2023-06-03T10:20:00)
    BOOL = 5  # text is TRUE or FALSE
    ERROR = 6  # #N/A and its kind; text is the error's word
    EMPTY_FORMULA = 7  # a formula without a stored value; text is empty


@dataclass(frozen=True)
class SheetCells:
    """One sheet. Row i of `text` is row `first_row + i` of the file as Excel shows it, column j is `first_column + j`
    (both 1-based).
    """

    name: str
    text: pd.DataFrame  # columns 0..n-1, str or an Arrow dictionary of strings; "" where blank
    kind: np.ndarray  # uint8, the shape of `text`
    first_row: int = 1
    first_column: int = 1
    hidden_rows: tuple[int, ...] = ()
    merged: tuple[
        tuple[int, int, int, int], ...
    ] = ()  # (first row, first column, last row, last column), file addresses


@dataclass(frozen=True)
class WorkbookCells:
    """The visible sheets of a file in order, and the names of the hidden ones."""

    format: str  # xlsx, xlsm, xls, xlsb, ods, csv
    sheets: tuple[SheetCells, ...]
    hidden_sheets: tuple[str, ...] = ()
    epoch_1904: bool = False  # bare serial numbers count days from 1904-01-01


@dataclass(frozen=True)
class Refusal:
    """Why a file could not be read at all; `code` is one of cli.md's refusal codes."""

    code: str
    message: str


class Refused(Exception):
    """Raised by the reader with the Refusal that the uploader is shown."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


def column_letter(number: int) -> str:
    """Return the letters of a column: 1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column: A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


LIST_SHEET = "问题清单"
LIST_MARK = "问题清单（系统生成"
"""A1 of the list sheet that a marked workbook begins with starts with these words; such a sheet is never data."""


def as_in_excel(text: str | None) -> str:
    """Return “2023-06-30T23:59:00”, as the reader writes a time, without the letter that nobody typed."""
    return MOMENT.sub(r"\1 \2", text or "")
