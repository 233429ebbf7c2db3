"""From the records of a binary worksheet to its cells as places among texts, hidden rows and merged ranges, a window at
a time.

Clauses are those of [MS-XLSB]. The records 12 to 18, cells that follow the one before and have no column of their own,
are read by Excel and written by other programs, but stand in no edition of it:
https://oss.sheetjs.com/notes/xlsb_short_records/
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data_access.spreadsheets.biff12 import Records
from data_access.spreadsheets.byte_words import Words, bytes_with_room, eight_from
from data_access.spreadsheets.columns import used_texts
from data_access.spreadsheets.kinds import BLANK, BOOL, ERROR, TEXT
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.number_formats import Shown, number_cell
from data_access.spreadsheets.refusals import Rejected
from data_access.spreadsheets.sheets import Box, Column, Sheet, check_box
from data_access.spreadsheets.values import harmless

NOTHING, ROW, NO_VALUE, RK, REAL, TRUTH, FAULT, SHARED, OWN_TEXT = range(9)
KINDS = {  # record: what it holds, bytes before its value, bytes of the value at least; 2.4.761 BrtRowHdr, 2.5.10 Cell
    0: (ROW, 11, 1),
    1: (NO_VALUE, 8, 0),
    2: (RK, 8, 4),
    3: (FAULT, 8, 1),
    4: (TRUTH, 8, 1),
    5: (REAL, 8, 8),
    6: (OWN_TEXT, 8, 4),
    7: (SHARED, 8, 4),
    8: (OWN_TEXT, 8, 4),
    9: (REAL, 8, 8),
    10: (TRUTH, 8, 1),
    11: (FAULT, 8, 1),
    12: (NO_VALUE, 4, 0),
    13: (RK, 4, 4),
    14: (FAULT, 4, 1),
    15: (TRUTH, 4, 1),
    16: (REAL, 4, 8),
    17: (OWN_TEXT, 4, 4),
    18: (SHARED, 4, 4),
    62: (OWN_TEXT, 9, 4),
}
OTHER = 63  # stands for every record above
WHAT, BEFORE, VALUE = np.array([KINDS.get(kind, (NOTHING, 0, 0)) for kind in range(OTHER + 1)], np.int64).T
SHORT = 4  # bytes before the value of a cell that has no column
MERGE = 176  # 2.4.706 BrtMergeCell
HIDDEN = 0x10  # fDyZero in the byte 11 of BrtRowHdr
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
STYLE = 0xFFFFFF
FAULTS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Cells:
    """Rows' beginnings and cells of one window in their order: which record each is, what it holds, the words at its
    fields and at its value.
    """

    records: Records
    number: Numbers
    what: Numbers
    short: Mask
    fields: Words
    value: Words

    @classmethod
    def among(cls, records: Records) -> _Cells:
        """Raises Rejected where a record is shorter than what it must hold."""
        kinds = np.minimum(records.kinds, OTHER)
        number = np.flatnonzero(WHAT[kinds])
        kinds, places = kinds[number], records.places[number]
        if (records.sizes[number] < BEFORE[kinds] + VALUE[kinds]).any():
            raise Rejected("damaged")
        words = eight_from(bytes_with_room(records.data))
        return cls(records, number, WHAT[kinds], BEFORE[kinds] == SHORT, words[places], words[places + BEFORE[kinds]])

    def style(self) -> Numbers:
        return np.where(self.short, self.fields, self.fields >> np.uint64(32)).astype(np.int64) & STYLE

    def byte(self, where: Mask) -> Numbers:
        return (self.value[where] & np.uint64(0xFF)).astype(np.int64)

    def texts(self, where: Mask) -> list[str]:
        number = self.number[where]
        return [harmless(text) for text in self.records.texts(number, BEFORE[self.records.kinds[number]])]

    def doubles(self, where: Mask) -> npt.NDArray[np.float64]:
        """Return the numbers of Xnum (2.5.172) and RkNumber (2.5.123): an integer or the upper bits of a double, both
        perhaps to be divided by 100.
        """
        value, small = self.value[where], self.what[where] == RK
        rk = value & np.uint64(0xFFFFFFFF)
        whole = (rk.astype(np.uint32).view(np.int32) >> 2).astype(np.float64)
        upper = ((rk & np.uint64(0xFFFFFFFC)) << np.uint64(32)).view(np.float64)
        number = np.where(small, np.where(rk & np.uint64(2), whole, upper), value.view(np.float64))
        number[small & (rk & np.uint64(1) > 0)] /= 100
        return number


class BinarySheet:
    """Gathers the cells of one worksheet. `strings` is the workbook's table, `shown` how each cell style shows a
    number.
    """

    def __init__(self, strings: Column, shown: list[Shown], date1904: bool) -> None:
        self.strings, self.date1904 = strings, date1904
        self.shown = np.array([*(style.value for style in shown), Shown.PLAIN.value])
        self.texts: list[str] = []  # those that stand in no table; their places follow those of the table
        self.kinds = bytearray()
        self.windows: list[Numbers] = []  # of each window the rows and columns, from 0, and the places of the texts
        self.hidden_rows: list[int] = []
        self.merged: list[Box] = []
        self.row = self.column = -1

    def add(self, records: Records) -> None:
        """Raises Rejected where a cell lies outside a sheet, is too short for what it holds, or names a string that is
        not there.
        """
        for _, fields in records.fields(MERGE):
            self._merge(*(fields.number(4) for _ in range(4)))
        cells = _Cells.among(records)
        if len(cells.number):
            rows, columns = self._addresses(cells)
            codes = self._codes(cells)
            there = codes >= 0
            self.windows.append(np.array([rows[there], columns[there], codes[there]], np.int32))

    def _addresses(self, cells: _Cells) -> tuple[Numbers, Numbers]:
        """A cell's row is that of the last BrtRowHdr; a short one's column is the next after the cell before."""
        begins, first = cells.what == ROW, (cells.fields & np.uint64(0xFFFFFFFF)).astype(np.int64)
        self.hidden_rows += (first[begins & (cells.value & np.uint64(HIDDEN) > 0)] + 1).tolist()
        rows = np.append(self.row, first[begins])[np.cumsum(begins)]
        order = np.arange(len(first))
        last = np.maximum.accumulate(np.where(cells.short, -1, order))
        columns = np.where(last < 0, self.column, np.where(begins, -1, first)[last]) + order - last
        if rows.min() < 0 or rows.max() > LAST_ROW or columns.max() > LAST_COLUMN:
            raise Rejected("damaged")
        self.row, self.column = int(rows[-1]), int(columns[-1])
        return rows, columns

    def _codes(self, cells: _Cells) -> Numbers:
        """The place of each cell's text; -1 where there is no cell or nothing in it."""
        codes = np.full(len(cells.what), -1, np.int64)
        shared = cells.what == SHARED
        codes[shared] = (cells.value[shared] & np.uint64(0xFFFFFFFF)).astype(np.int64)
        if (codes >= len(self.strings[1])).any():
            raise Rejected("damaged")
        own = cells.what == OWN_TEXT
        self._put(codes, own, np.array(cells.texts(own), object), lambda text: (text, TEXT if text else BLANK))
        truths, faults = cells.what == TRUTH, cells.what == FAULT
        self._put(codes, truths, cells.byte(truths) != 0, lambda truth: (str(truth).upper(), BOOL))
        self._put(codes, faults, cells.byte(faults), lambda fault: (FAULTS.get(fault, "#N/A"), ERROR))
        numbers, shown = (
            (cells.what == RK) | (cells.what == REAL),
            self.shown[np.minimum(cells.style(), len(self.shown) - 1)],
        )
        for style in Shown:
            of_style = numbers & (shown == style.value)
            self._put(codes, of_style, cells.doubles(of_style), partial(self._number, style))
        return codes

    def _put(
        self, codes: Numbers, where: Mask, values: npt.NDArray[Any], cell: Callable[[Any], tuple[str, int]]
    ) -> None:
        """The places of these values' texts; each different value is understood once in a window."""
        if not len(values):
            return
        different, which = np.unique(values, return_inverse=True)
        codes[where] = len(self.strings[1]) + len(self.kinds) + which
        for text, kind in map(cell, different.tolist()):
            self.texts.append(text)
            self.kinds.append(kind)

    def _number(self, shown: Shown, value: float) -> tuple[str, int]:
        return number_cell(value, shown, self.date1904) if math.isfinite(value) else ("#NUM!", ERROR)

    def _merge(self, top: int, bottom: int, left: int, right: int) -> None:
        if not (top <= bottom <= LAST_ROW and left <= right <= LAST_COLUMN):
            raise Rejected("damaged")
        if (top, left) != (bottom, right):
            self.merged.append((top + 1, left + 1, bottom + 1, right + 1))

    def sheet(self, name: str, limits: ReadLimits) -> Sheet:
        """Return the cells as whole columns. Raises Rejected where a far-off cell would make a box of emptiness."""
        texts = pa.concat_arrays([self.strings[0], pa.array([*self.texts, ""], pa.large_string())])
        kinds = np.concatenate([self.strings[1], np.frombuffer(self.kinds + bytes([BLANK]), np.uint8)])
        rows, columns, codes = np.concatenate([np.empty((3, 0), np.int32), *self.windows], axis=1)
        filled = kinds[codes] != BLANK
        rows, columns, codes = rows[filled], columns[filled], codes[filled]
        if not len(rows):
            return Sheet(name, [], hidden_rows=self.hidden_rows, merged=self.merged)
        top, bottom, left, right = int(rows.min()), int(rows.max()), int(columns.min()), int(columns.max())
        check_box(name, (bottom - top + 1) * (right - left + 1), len(rows), (bottom + 1, right + 1), limits)
        order = np.argsort(columns, kind="stable")
        ends = np.searchsorted(columns[order], np.arange(left, right + 2))
        made = []
        for begin, end in pairwise(ends.tolist()):
            of_column = np.full(bottom - top + 1, len(texts) - 1, np.int32)
            of_column[rows[order[begin:end]] - top] = codes[order[begin:end]]
            used, words = used_texts(of_column, texts)
            made.append((pa.DictionaryArray.from_arrays(pa.array(words), texts.take(pa.array(used))), kinds[of_column]))
        return Sheet(name, made, top + 1, left + 1, self.hidden_rows, self.merged)
