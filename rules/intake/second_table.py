"""From a sheet in which a table was found to the row where another table begins, above it or below: its rows are
neither read as the table's nor left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from models.cells import CellKind
from models.definitions import Kind, Part
from rules.intake.body import Body
from rules.intake.columns import Columns
from rules.intake.header import Header, SheetTop
from rules.intake.headings import PartHeadings, normalised

_FEWEST = 3  # known headings in a row from which it is one of headings beyond doubt
_FEWEST_CELLS = 2
_LONGEST = 30  # characters of a heading
_FIGURE = re.compile(r"\d")
_WITH_FIGURES = (Kind.DATE, Kind.DATETIME, Kind.INT, Kind.MONTH)


class HeadingRows:
    """Tells rows of headings below a table's own from its records. `foreign`: headings of the other datasets."""

    def __init__(self, body: Body, part: Part, columns: Columns, headings: PartHeadings, foreign: Collection[str]):
        self.body = body
        self.places = columns.places
        self.headings = headings
        self.foreign = foreign
        self.figures = {self.places[f.name] for f in part.fields if f.kind in _WITH_FIGURES and f.name in self.places}

    def repeats_the_columns(self, row: int) -> bool:
        """Return whether the row heads the same columns again, in other words or only some of them."""
        texts = self.body.row_texts(row)
        means = {place: self.headings.meaning((text,)) for place, text in texts.items()}
        fields = {name: place for name, place in self.places.items() if place in texts}
        return self._are_headings(texts.values()) and all(
            (meaning := means[place]) is not None and meaning.field.name == name for name, place in fields.items()
        )

    def begins_a_table(self, row: int) -> bool:
        """Return whether the row heads other columns than the table's: known headings, or words alone where the table
        has days and figures.
        """
        texts = self.body.row_texts(row)
        if self._are_headings(texts.values()):
            return True
        if len(texts) < _FEWEST_CELLS or not self.figures & texts.keys() or row + 1 >= self.body.rows:
            return False
        words = all(
            self.body.kind[row, place] == CellKind.TEXT and len(text) <= _LONGEST and not _FIGURE.search(text)
            for place, text in texts.items()
        )
        below = self.body.row_texts(row + 1)
        return words and len(below) >= _FEWEST_CELLS and (self._known(texts.values()) >= 2 or self._is_set_off(row))

    def _is_set_off(self, row: int) -> bool:
        """By a blank row, or by a title of its own below one."""
        above = [self.body.row_texts(number) for number in range(max(0, row - 2), row)]
        return bool(above) and (not above[-1] or (len(above) == 2 and not above[0] and len(above[1]) == 1))

    def _are_headings(self, texts: Iterable[str]) -> bool:
        return are_headings(texts, self.headings, self.foreign)

    def _known(self, texts: Iterable[str]) -> int:
        return _known(texts, self.headings, self.foreign)


def are_headings(texts: Iterable[str], headings: PartHeadings, foreign: Collection[str]) -> bool:
    """Return whether these cells of a row are headings beyond doubt: three known ones, and more than half of them."""
    filled = [text for text in texts if text.strip()]
    known = _known(filled, headings, foreign)
    return known >= _FEWEST and 2 * known > len(filled)


def _known(texts: Iterable[str], headings: PartHeadings, foreign: Collection[str]) -> int:
    short = {text.strip() for text in texts if len(text) <= _LONGEST}
    return sum(headings.knows(text) or normalised(text) in foreign for text in short)


def row_of_table_above(top: SheetTop, header: Header, headings: PartHeadings, foreign: Collection[str]) -> int | None:
    """Return the row of SheetCells that heads another table above the header, with rows of its own, or None."""
    for row in range(header.top):
        rows_between = (top.words[number] for number in range(row + 1, header.top))
        if are_headings(top.raw[row], headings, foreign) and any(
            len(words) >= _FEWEST_CELLS and not are_headings(words, headings, foreign) for words in rows_between
        ):
            return row
    return None
