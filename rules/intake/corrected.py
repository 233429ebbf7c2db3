"""From the cells of a workbook and corrections of some to the same cells with the corrected ones as if they had been
typed so.

A merged cell is one cell, as in Excel: its correction stands at its first cell and holds for every row that it covers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from models.cells import CellKind, SheetCells, WorkbookCells, column_letter, column_number
from models.corrections import CellCorrection, CorrectedCell, Place
from models.validation import MappedColumn, SheetReading

Box = tuple[int, int, int, int]  # first row, first column, last row, last column


def corrected(workbook: WorkbookCells, corrections: Iterable[CellCorrection]) -> WorkbookCells:
    """Return the workbook with the corrections; only the columns that change are copied."""
    by_sheet: dict[str, list[CellCorrection]] = defaultdict(list)
    for correction in corrections:
        by_sheet[correction.sheet].append(correction)
    return replace(workbook, sheets=tuple(_sheet(sheet, by_sheet.get(sheet.name, ())) for sheet in workbook.sheets))


def _sheet(sheet: SheetCells, corrections: Sequence[CellCorrection]) -> SheetCells:
    if not corrections:
        return sheet
    text, kind = sheet.text.copy(deep=False), sheet.kind.copy()
    by_place: dict[int, list[CellCorrection]] = defaultdict(list)
    for correction in corrections:
        by_place[column_number(correction.column) - sheet.first_column].append(correction)
    for place, of_column in by_place.items():
        rows, column = (
            [correction.row - sheet.first_row for correction in of_column],
            text[place].to_numpy(dtype=object, copy=True),
        )
        column[rows] = [correction.value for correction in of_column]
        text[place] = pd.Series(column, text.index, dtype="str")
        kind[rows, place] = [CellKind.TEXT if correction.value else CellKind.BLANK for correction in of_column]
    return replace(sheet, text=text, kind=kind)


class Cells:
    """The cells of one sheet that may be corrected: those of its records in the columns that were understood."""

    def __init__(self, sheet: SheetCells, reading: SheetReading) -> None:
        self.sheet, self.reading = sheet, reading
        self.rows = frozenset(reading.records["_row"].tolist())
        self.columns: Mapping[str, MappedColumn] = {column.column: column for column in reading.columns}
        below = [box for box in sheet.merged if box[0] > max(reading.header_rows) and box[1] >= sheet.first_column]
        self._boxes = {
            number: sorted(box for box in below if box[1] <= number <= box[3])
            for number in map(column_number, self.columns)
        }

    def anchor(self, row: int, column: str) -> Place | None:
        """Return the cell that holds the text of this place, or None where nothing can be corrected."""
        if row not in self.rows or column not in self.columns:
            return None
        top, left, _, _ = self._box(row, column_number(column))
        return self.sheet.name, top, column_letter(left)

    def changed(self, correction: CellCorrection) -> Iterator[CorrectedCell]:
        """Yield the fields of records that a correction at its anchor changes."""
        top, left, bottom, right = self._box(correction.row, column_number(correction.column))
        typed = self.typed(correction.row, correction.column) or None
        letters = [letter for number in range(left, right + 1) if (letter := column_letter(number)) in self.columns]
        for row in (row for row in range(top, bottom + 1) if row in self.rows):
            for letter in letters:
                field = self.columns[letter]
                yield CorrectedCell(
                    self.sheet.name,
                    row,
                    letter,
                    self.reading.part,
                    field.name,
                    field.field,
                    typed,
                    correction.value or None,
                    correction.place,
                )

    def typed(self, row: int, column: str) -> str:
        """Return what the file says there, a share as it is shown."""
        place = row - self.sheet.first_row, column_number(column) - self.sheet.first_column
        kind = self.sheet.kind[place]
        text = str(self.sheet.text.iat[place]) if kind != CellKind.BLANK else ""
        return text + "%" if kind == CellKind.PERCENT else text

    def says(self, correction: CellCorrection) -> bool:
        """Return whether the file has that very text there, so that nothing would be corrected."""
        kind = self.sheet.kind[
            correction.row - self.sheet.first_row, column_number(correction.column) - self.sheet.first_column
        ]
        is_as_typed = kind in (CellKind.BLANK, CellKind.TEXT)
        return bool(is_as_typed) and self.typed(correction.row, correction.column).strip() == correction.value

    def _box(self, row: int, column: int) -> Box:
        """The merged cell around it, which is it alone where it is not merged."""
        boxes = self._boxes.get(column, [])
        place = bisect_right(boxes, row, key=lambda box: box[0]) - 1
        return boxes[place] if place >= 0 and row <= boxes[place][2] else (row, column, row, column)


def cells_to_correct(workbook: WorkbookCells, readings: Iterable[SheetReading]) -> dict[str, Cells]:
    """Return sheet → its cells, of the sheets that were read as tables."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    return {reading.name: Cells(sheets[reading.name], reading) for reading in readings}
