"""From a sheet and the headings of a part to where its table begins and how its columns are headed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from models.cells import SheetCells
from rules.intake.headings import Meaning, PartHeadings, is_row_number, normalised
from rules.intake.words import half_width

HEADER_WITHIN = 30  # rows of the sheet among which the header is looked for
DEEPEST = 3  # rows of a header
_BAND_TITLE = 12  # characters; a longer text above the headings is a title, not a group
_NOT_A_BAND = re.compile(r"[:。;]|\d{4}年|\d月")


@dataclass(frozen=True)
class Heading:
    """One column's heading. `index` is the column's place in SheetCells, `row` the file's row of the lowest level."""

    index: int
    levels: tuple[str, ...]
    row: int


class SheetTop:
    """The first rows of a sheet as Python text, raw and with merged cells filled."""

    def __init__(self, sheet: SheetCells) -> None:
        self.first_row = sheet.first_row
        self._headings: dict[tuple[int, int], tuple[Heading, ...]] = {}
        rows = max(0, HEADER_WITHIN - sheet.first_row + 1)
        self.raw = sheet.text.iloc[:rows].astype("str").to_numpy(dtype=object).copy()
        self.raw[sheet.kind[:rows] == 0] = ""
        self._merged = [
            (r1 - sheet.first_row, c1 - sheet.first_column, r2 - sheet.first_row, c2 - sheet.first_column)
            for r1, c1, r2, c2 in sheet.merged
            if r1 < sheet.first_row + rows
        ]

    @cached_property
    def words(self) -> list[set[str]]:
        """What stands in each row."""
        return [set(filter(None, map(str.strip, row))) for row in self.raw.tolist()]

    @cached_property
    def filled(self) -> np.ndarray:
        """Every covered cell holds the text of its merge."""
        filled = self.raw.copy()
        for r1, c1, r2, c2 in self._merged:
            if r1 >= 0 and c1 >= 0:
                filled[r1 : r2 + 1, c1 : c2 + 1] = self.raw[r1, c1]
        return filled

    @cached_property
    def covered(self) -> np.ndarray:
        covered = np.zeros(self.raw.shape, dtype=bool)
        for r1, c1, r2, c2 in self._merged:
            covered[max(r1, 0) : r2 + 1, max(c1, 0) : c2 + 1] = True
        return covered

    @cached_property
    def continued(self) -> np.ndarray:
        """Cells that a merge covers from the left: as headings they are those of the column before."""
        continued = np.zeros(self.raw.shape, dtype=bool)
        for r1, c1, r2, c2 in self._merged:
            continued[max(r1, 0) : r2 + 1, max(c1 + 1, 0) : c2 + 1] = True
        return continued

    def hanging(self, row: int) -> set[str]:
        """Return the texts of the merged cells that begin above a row and reach into it."""
        return {str(self.raw[r1, c1]) for r1, c1, r2, _ in self._merged if 0 <= r1 < row <= r2 and c1 >= 0}

    def has_wide_merge(self, row: int) -> bool:
        return any(r1 == row and c2 > c1 for r1, c1, r2, c2 in self._merged)

    def headings(self, top: int, depth: int) -> tuple[Heading, ...]:
        """Return the headed columns of a header of `depth` rows from `top`."""
        if (top, depth) not in self._headings:
            self._headings[top, depth] = self._headed(top, depth)
        return self._headings[top, depth]

    def _headed(self, top: int, depth: int) -> tuple[Heading, ...]:
        rows = [list(self.filled[row]) for row in range(top, top + depth)]
        for level in range(depth - 1):
            self._spread(rows[level], rows[level + 1], top + level)
        own = np.flatnonzero(~self.continued[top + depth - 1]).tolist()
        columns = (self._heading(index, [row[index] for row in rows], top) for index in own)
        return tuple(heading for heading in columns if heading.levels)

    def _spread(self, upper: list[str], lower: list[str], row: int) -> None:
        """A group's title stands only in its first cell where the file kept no merges (CSV, some exports)."""
        for index in range(1, len(upper)):
            blank = not upper[index].strip() and not self.covered[row, index]
            if blank and lower[index].strip() and lower[index - 1].strip() and lower[index - 1] != upper[index - 1]:
                upper[index] = upper[index - 1]

    def _heading(self, index: int, texts: list[str], top: int) -> Heading:
        levels: list[str] = []
        row = top
        for level, text in enumerate(texts):
            if text.strip() and (not levels or levels[-1] != text):
                levels.append(text)
            if self.raw[top + level, index].strip():
                row = top + level
        return Heading(index, tuple(levels), self.first_row + row)


@dataclass(frozen=True)
class Header:
    """A header found for one part: rows `top` … `top + depth - 1` of SheetCells."""

    top: int
    depth: int
    headings: tuple[Heading, ...]
    meanings: tuple[Meaning | None, ...]

    @cached_property
    def fields(self) -> frozenset[str]:
        return frozenset(meaning.field.name for meaning in self.meanings if meaning)

    @cached_property
    def required(self) -> frozenset[str]:
        return frozenset(m.field.name for m in self.meanings if m and m.field.required)

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(m.field.name for m in self.meanings if m and m.field.key and m.field.default is None)

    @property
    def strength(self) -> int:
        """What the fields found weigh: a compulsory one three times."""
        return len(self.fields) + 2 * len(self.required)

    @cached_property
    def unknown(self) -> int:
        return sum(1 for h, m in zip(self.headings, self.meanings, strict=True) if m is None and not _ignored(h))

    @property
    def share(self) -> float:
        return len(self.fields) / max(1, len(self.fields) + self.unknown)

    @property
    def rows(self) -> range:
        return range(self.top, self.top + self.depth)


def _ignored(heading: Heading) -> bool:
    return is_row_number(heading.levels[-1])


def find_header(top: SheetTop, headings: PartHeadings) -> Header | None:
    """Return the rows with most of the part's headings, or None; of equals the fewest and the highest."""
    hits = _rows_with_known_words(top, headings)
    best: Header | None = None
    for row in range(len(top.raw)):
        if any(map(headings.knows, top.hanging(row))):
            continue  # the header begins where its merged headings do
        for depth in range(1, min(DEEPEST, len(top.raw) - row) + 1):
            if not hits[row : row + depth].any():
                continue
            header = header_at(top, headings, row, depth)
            if header.fields and (best is None or _rank(header) > _rank(best)):
                best = header
    return _with_band(top, headings, best) if best else None


def _rows_with_known_words(top: SheetTop, headings: PartHeadings) -> np.ndarray:
    return np.array([any(map(headings.knows, words)) for words in top.words], dtype=bool)


def _rank(header: Header) -> tuple[int, int, int]:
    return header.strength, -header.depth, -header.top


def header_at(top: SheetTop, headings: PartHeadings, row: int, depth: int) -> Header:
    """Return the header of `depth` rows from `row`, whatever is there."""
    stacked = top.headings(row, depth)
    return Header(row, depth, stacked, tuple(headings.meaning(heading.levels) for heading in stacked))


def _with_band(top: SheetTop, headings: PartHeadings, header: Header) -> Header:
    """Group titles merged over headings that are complete in themselves belong to the header too."""
    row = header.top - 1
    if row < 0 or header.depth == DEEPEST or not _is_band(top, row):
        return header
    wider = header_at(top, headings, row, header.depth + 1)
    return wider if wider.strength >= header.strength else header


def _is_band(top: SheetTop, row: int) -> bool:
    titles = [text for text in top.raw[row] if text.strip()]
    short = all(len(text) <= _BAND_TITLE and not _NOT_A_BAND.search(half_width(text)) for text in titles)
    return len({normalised(text) for text in titles}) >= 2 and short and top.has_wide_merge(row)
