"""From a sheet and where its header ends to the cells below the header, column by column, merged cells filled."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from models.cells import CellKind, SheetCells
from rules.intake.unique_cells import ColumnCells, encoded


class Body:
    """Row i is row `start + i` of SheetCells and row `first_row + i` of the file."""

    def __init__(self, sheet: SheetCells, start: int) -> None:
        self.sheet = sheet
        self.start = start
        self.first_row = sheet.first_row + self.start
        self.kind = sheet.kind[self.start :]
        self.rows = max(0, len(sheet.text) - self.start)
        self._merges = self._merges_by_column()
        self._columns: dict[int, ColumnCells] = {}
        self._raw_texts: dict[int, tuple[np.ndarray, pa.Array]] = {}

    def _merges_by_column(self) -> dict[int, list[tuple[int, int, int]]]:
        """Place of a column → (first row, last row, place of the column that holds the text), rows of the body."""
        merges: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for r1, c1, r2, c2 in self.sheet.merged:
            first, last, source = r1 - self.first_row, r2 - self.first_row, c1 - self.sheet.first_column
            if first < 0 or source < 0 or first >= self.rows:
                continue
            for index in range(source, min(c2 - self.sheet.first_column + 1, self.sheet.text.shape[1])):
                merges[index].append((first, last, source))
        return merges

    def column(self, place: int) -> ColumnCells:
        """Return the column's cells with every merge filled, and no further."""
        if place not in self._columns:
            self._columns[place] = (
                self._filled(place) if place in self._merges else ColumnCells(self._raw(place), self.kind[:, place])
            )
        return self._columns[place]

    def _raw(self, place: int) -> pa.DictionaryArray:
        array = pa.array(self.sheet.text[place].array)
        whole = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
        return (whole if pa.types.is_dictionary(whole.type) else encoded(pc.fill_null(whole, ""))).slice(self.start)

    def _filled(self, place: int) -> ColumnCells:
        text = self._raw(place).to_numpy(zero_copy_only=False)
        kind = self.kind[:, place].copy()
        for first, last, source in self._merges[place]:
            text[first : last + 1] = self.text_at(first, source)
            kind[first : last + 1] = self.kind[first, source]
        return ColumnCells(encoded(pa.array(text, pa.large_string())), kind)

    def text_at(self, row: int, place: int) -> str:
        """Return the text as it is in the file, unfilled."""
        if not self.kind[row, place]:
            return ""
        codes, words = self._texts(place)
        return str(words[int(codes[row])].as_py())

    def _texts(self, place: int) -> tuple[np.ndarray, pa.Array]:
        """The cells of a column as they stand in the file, to be asked for one by one: places among words."""
        if place not in self._raw_texts:
            cells = self._raw(place)
            self._raw_texts[place] = cells.indices.to_numpy(zero_copy_only=False), cells.dictionary
        return self._raw_texts[place]

    def width_of_merge(self, row: int, place: int) -> int:
        """Return how many columns the merged cell with this text covers; 1 where it is none, or over several rows."""
        return self._widths.get((row, place), 1)

    def has_merged(self, row: int, place: int) -> bool:
        """Return whether the row has a cell merged from above."""
        return any(first < row <= last for first, last, _ in self._merges.get(place, ()))

    @cached_property
    def _widths(self) -> dict[tuple[int, int], int]:
        left = self.sheet.first_column
        return {(r1 - self.first_row, c1 - left): c2 - c1 + 1 for r1, c1, r2, c2 in self.sheet.merged if r1 == r2}

    def row_texts(self, row: int) -> dict[int, str]:
        """Place → text of the filled cells of one row, unfilled."""
        places = np.flatnonzero(self.kind[row] != CellKind.BLANK)
        texts = {int(place): self.text_at(row, int(place)) for place in places}
        return {place: text for place, text in texts.items() if text.strip() or self.kind[row, place] != CellKind.TEXT}
