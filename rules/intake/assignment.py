"""From the sheets of a workbook and a dataset to which sheet holds which of its parts, and where."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from models.cells import SheetCells
from models.definitions import Dataset, Part
from rules.intake.header import Header, SheetTop, find_header
from rules.intake.headings import PartHeadings, normalised
from rules.intake.words import squeezed

_LEAST_SHARE = 0.3  # of a sheet's headings that the part must know
_LIKE_THE_BEST = 0.75  # as many fields as the best sheet of the part: the same table again
EXPLAINS = re.compile("说明|示例|样例|范例|字典")


@dataclass(frozen=True)
class OpenSheet:
    """A visible sheet and its first rows."""

    cells: SheetCells
    top: SheetTop


@dataclass(frozen=True)
class FoundTable:
    """A sheet that holds a part."""

    sheet: OpenSheet
    part: Part
    headings: PartHeadings
    header: Header
    named: bool  # the sheet's name says which part it is
    foreign: frozenset[str] = frozenset()  # headings by which other datasets are known

    @property
    def fit(self) -> int:
        """How well the headings suit the part: what is there less what is missing and what is strange, twice where it
        is another dataset's.
        """
        absent = sum(field.required for field in self.part.fields) - len(self.header.required)
        others = sum(
            meaning is None and normalised("".join(heading.levels)) in self.foreign
            for heading, meaning in zip(self.header.headings, self.header.meanings, strict=True)
        )
        return self.header.strength - 3 * absent - self.header.unknown - others


def find_tables(
    sheets: Sequence[OpenSheet],
    dataset: Dataset,
    headings: Sequence[PartHeadings],
    foreign: frozenset[str] = frozenset(),
) -> list[FoundTable]:
    """Return the tables of the dataset, whose parts answer to `headings`, in the order of the sheets; a sheet holds one
    at most.
    """
    tables = [table for sheet in sheets if (table := _table_of(sheet, headings, foreign)) is not None]
    best = {part.code: _best([t for t in tables if t.part is part]) for part in dataset.parts}
    return [table for table in tables if _belongs(table, best[table.part.code])]


def fit_of(tables: Sequence[FoundTable]) -> int:
    """Return how well a workbook suits a dataset: the best table of each part."""
    best: dict[str, int] = {}
    for table in tables:
        best[table.part.code] = max(best.get(table.part.code, table.fit), table.fit)
    return sum(best.values())


def _table_of(sheet: OpenSheet, headings: Sequence[PartHeadings], foreign: frozenset[str]) -> FoundTable | None:
    """By the sheet's name first, then by its headings."""
    named = named_part(sheet.cells.name, headings)
    if named and (header := find_header(sheet.top, named)) and len(header.fields) >= 2:
        return FoundTable(sheet, named.part, named, header, True, foreign)
    tables = [
        FoundTable(sheet, part.part, part, header, False, foreign)
        for part in headings
        if (header := find_header(sheet.top, part)) and _recognisable(header, part.part)
    ]
    return max(tables, key=lambda table: table.fit, default=None)


def named_part(name: str, headings: Sequence[PartHeadings]) -> PartHeadings | None:
    """Return the part that a sheet is named after, of several."""
    if len(headings) == 1:
        return None
    exact = [part for part in headings if squeezed(name) == squeezed(part.part.title)]
    within = [part for part in headings if squeezed(part.part.title) in squeezed(name)]
    return exact[0] if exact else within[0] if len(within) == 1 else None


def _recognisable(header: Header, part: Part) -> bool:
    """A third of the compulsory fields; among very many strange columns (an export) two thirds."""
    compulsory, recognised = sum(field.required for field in part.fields), len(header.required)
    enough = len(header.fields) >= 2 and 3 * recognised >= max(compulsory, 1)
    return enough and (header.share >= _LEAST_SHARE or (len(header.fields) >= 4 and 3 * recognised >= 2 * compulsory))


def has_demanded(part: Part, fields: Collection[str]) -> bool:
    """Return whether one of the fields is one that the plan demands, where such make out what the part is: a part with
    more compulsory fields is known by those, and a demanded one may be left out.
    """
    demanded = {field.name for field in part.fields if field.demanded}
    required = sum(field.required for field in part.fields)
    return len(demanded) <= required or not demanded.isdisjoint(fields)


def _best(tables: list[FoundTable]) -> FoundTable | None:
    return max(tables, key=lambda t: (t.named, not EXPLAINS.search(t.sheet.cells.name), t.fit), default=None)


def _belongs(table: FoundTable, best: FoundTable | None) -> bool:
    """Beside the best sheet of a part only sheets of the same kind hold data: no pivot, no list of problems."""
    if best is None or table is best or (table.named and not EXPLAINS.search(table.sheet.cells.name)):
        return True
    header, model = table.header, best.header
    if EXPLAINS.search(table.sheet.cells.name):
        return False
    if len(header.fields) >= _LIKE_THE_BEST * len(model.fields):
        return True
    complete = model.keys <= header.keys and 5 * len(header.required) >= 3 * len(model.required)
    return complete and (2 * len(header.fields) >= len(model.fields) or header.share >= 0.7)
