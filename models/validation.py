"""What a check of a workbook finds: how it was understood, every wrong cell, the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from models.cells import Refusal
from models.corrections import CorrectedCell


class Problem(NamedTuple):
    """One wrong cell (row and column set), column (row None) or sheet. `field` is the canonical heading.

    A tuple, for there may be a hundred thousand.
    """

    sheet: str | None
    row: int | None
    column: str | None  # letter
    field: str | None
    code: str
    severity: str  # error, warning
    value: str | None  # as typed
    message: str

    @property
    def cell(self) -> str | None:
        return f"{self.column}{self.row}" if self.row and self.column else None


@dataclass(frozen=True)
class MappedColumn:
    """A column of the file and the field it was understood as. `match`: exact, alias, normalised, remembered."""

    column: str
    label: str  # the heading as typed, levels joined with “_”
    field: str  # canonical heading
    name: str  # the field's name in frames
    match: str


@dataclass(frozen=True)
class UnmappedColumn:
    column: str
    label: str
    suggestion: str | None = None  # a canonical heading that is close; never applied silently


@dataclass(frozen=True)
class DroppedRow:
    row: int
    why: str  # total, note, instruction


@dataclass(frozen=True)
class SheetReading:
    """How one sheet was understood as one part of a dataset, with its records.

    `records` has one row a record: field names as columns (all fields of the part; missing columns are all-missing),
    `_sheet` and `_row`; a wrong cell is missing. dtypes: text, code, choice, unit → object (str or None); int → Int64;
    duration → Float64; yes_no → boolean; date and datetime → datetime64[us]; month → object “YYYY-MM”.
    """

    name: str
    part: str
    header_rows: tuple[int, ...]
    columns: tuple[MappedColumn, ...]
    unmapped: tuple[UnmappedColumn, ...]
    missing: tuple[str, ...]
    dropped_rows: tuple[DroppedRow, ...]
    hidden_rows: tuple[int, ...]
    records: pd.DataFrame
    above: tuple[str, ...] = ()  # the text above the table, kept: the unit and month are suggested from it


@dataclass(frozen=True)
class IgnoredSheet:
    name: str
    why: str  # hidden, not-data, other-month


@dataclass(frozen=True)
class ValidationReport:
    """The whole answer to “check this workbook”. Nothing is stored."""

    file: str
    sha256: str
    refused: Refusal | None = None
    dataset: str | None = None
    unit: str | None = None
    month: str | None = None
    sheets: tuple[SheetReading, ...] = ()
    ignored_sheets: tuple[IgnoredSheet, ...] = ()
    problems: tuple[Problem, ...] = ()
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)  # part code → records of all its sheets
    unlisted: Mapping[tuple[str, str], int] = field(default_factory=dict)  # code, severity → problems beyond those kept
    unlisted_rows: Mapping[tuple[str | None, str], Sequence[int]] = field(
        default_factory=dict
    )  # sheet, heading → rows of such errors
    corrected: tuple[CorrectedCell, ...] = ()  # what was mended on screen; everything else is of the cells as mended
    months: tuple[str, ...] = ()  # of a workbook with tables of several, where none was chosen of them

    @property
    def errors(self) -> int:
        """How many in all, listed or not."""
        return self._number("error")

    @property
    def warnings(self) -> int:
        return self._number("warning")

    def _number(self, severity: str) -> int:
        listed = sum(problem.severity == severity for problem in self.problems)
        return listed + sum(number for (_, level), number in self.unlisted.items() if level == severity)

    @property
    def accepted(self) -> bool:
        return self.refused is None and self.dataset is not None and not self.errors
