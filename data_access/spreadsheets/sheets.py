"""What every format's reader gives the hand-over: visible sheets as whole columns, and what keeps columns of scattered
cells.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from data_access.spreadsheets.kinds import BLANK
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.refusals import Rejected, far_cell_sentence

Box = tuple[int, int, int, int]
Column = tuple[pa.Array, np.ndarray]  # texts (large_string or a dictionary of it, never null) and kinds (uint8)
THIN = 50  # a box this many times larger than its cells is no table


@dataclass
class Sheet:
    """One visible sheet; `columns` are equally long and start at row `first_row`, column `first_column` (1-based)."""

    name: str
    columns: list[Column]
    first_row: int = 1
    first_column: int = 1
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[Box] = field(default_factory=list)


@dataclass
class Book:
    format: str
    sheets: Iterable[Sheet]
    hidden_sheets: list[str] = field(default_factory=list)
    epoch_1904: bool = False  # bare serial numbers count days from 1904-01-01


@dataclass
class Scattered:
    """The cells of one column in the order in which they came."""

    rows: array[int] = field(default_factory=lambda: array("l"))
    texts: list[str] = field(default_factory=list)
    kinds: bytearray = field(default_factory=bytearray)


class Scatter:
    """Cells as they come, in any order; blank ones are not kept, so that only real content makes the box."""

    def __init__(self) -> None:
        self.columns: dict[int, Scattered] = {}

    def add(self, row: int, column: int, text: str, kind: int) -> None:
        if kind != BLANK:
            cells = self.column(column)
            cells.rows.append(row)
            cells.texts.append(text)
            cells.kinds.append(kind)

    def column(self, number: int) -> Scattered:
        if number not in self.columns:
            self.columns[number] = Scattered()
        return self.columns[number]

    def sheet(self, name: str, limits: ReadLimits) -> Sheet:
        """Return the cells as whole columns. Raises Rejected where a far-off cell would make a box of emptiness."""
        if not self.columns:
            return Sheet(name, [])
        top, bottom = min(min(c.rows) for c in self.columns.values()), max(max(c.rows) for c in self.columns.values())
        left, right = min(self.columns), max(self.columns)
        filled = sum(len(cells.rows) for cells in self.columns.values())
        check_box(name, (bottom - top + 1) * (right - left + 1), filled, (bottom, right), limits)
        columns = [self._column(number, top, bottom - top + 1) for number in range(left, right + 1)]
        return Sheet(name, columns, top, left)

    def _column(self, number: int, top: int, height: int) -> Column:
        cells = self.columns.pop(number, None) or Scattered()
        place, kinds = np.zeros(height, np.int64), np.zeros(height, np.uint8)
        at = np.array(cells.rows, np.int64) - top
        place[at] = np.arange(1, len(at) + 1)
        kinds[at] = np.frombuffer(cells.kinds, np.uint8)
        return pa.array(["", *cells.texts], pa.large_string()).take(pa.array(place)), kinds


def check_box(name: str, box: int, filled: int, corner: tuple[int, int], limits: ReadLimits) -> None:
    """Raises Rejected where a far-off cell makes a box of emptiness."""
    if box > limits.box_cells and box > THIN * filled:
        raise Rejected("unsafe", far_cell_sentence(name, *corner))


def check_rows(first: int, last: int, limits: ReadLimits) -> None:
    """Raises Rejected where a sheet has more data rows than the limit, head and foot allowed for."""
    if last - first + 1 > limits.data_rows + limits.head_rows:
        raise Rejected("too-many-rows")
