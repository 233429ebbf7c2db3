"""From sheets in which too few headings of a known dataset are understood to the tables whose headings are near enough
to be asked about.

A near heading is never applied: its column stays unmapped with a suggestion, and a compulsory one is missing until it
is confirmed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from models.definitions import Dataset, Part
from rules.intake.assignment import EXPLAINS, FoundTable, OpenSheet, named_part
from rules.intake.header import DEEPEST, Header, SheetTop, header_at
from rules.intake.headings import PartHeadings, is_row_number

_LONGEST = 40  # characters of a heading
_LEAST_SHARE = 0.5  # of the headings that are understood or near


@dataclass(frozen=True)
class _Near:
    """`fields`: how many are understood or near; `compulsory`: how many of these are."""

    header: Header
    fields: int
    compulsory: int

    @property
    def rank(self) -> tuple[int, int, int, int]:
        return self.compulsory, self.fields, -self.header.depth, -self.header.top


def near_tables(
    sheets: Sequence[OpenSheet],
    dataset: Dataset,
    found_tables: Collection[FoundTable],
    headings: Sequence[PartHeadings],
) -> list[FoundTable]:
    """Return tables that may be meant as the parts of which no table was found: in a dataset of several parts only in
    the sheets that are named after them.
    """
    read = {table.part.code for table in found_tables}
    idle = [sheet for sheet in sheets if not any(table.sheet is sheet for table in found_tables)]
    return [table for known in headings if known.part.code not in read for table in _near_tables(idle, known, headings)]


def _near_tables(
    sheets: Sequence[OpenSheet], known: PartHeadings, headings: Sequence[PartHeadings]
) -> list[FoundTable]:
    """The sheets with the most of the part's headings, several where they are alike."""
    several = len(headings) > 1
    open_to_it = [
        sheet
        for sheet in sheets
        if not EXPLAINS.search(sheet.cells.name) and (not several or named_part(sheet.cells.name, headings) is known)
    ]
    near = [(sheet, nearest) for sheet in open_to_it if (nearest := _near_header(sheet.top, known))]
    best = max((nearest.rank[:2] for _, nearest in near), default=None)
    return [
        FoundTable(sheet, known.part, known, nearest.header, named=several)
        for sheet, nearest in near
        if nearest.rank[:2] == best
    ]


def _near_header(top: SheetTop, headings: PartHeadings) -> _Near | None:
    candidates = [
        _read(header_at(top, headings, row, depth), headings)
        for row in range(len(top.raw))
        for depth in range(1, min(DEEPEST, len(top.raw) - row) + 1)
    ]
    return max(
        (candidate for candidate in candidates if _is_enough(candidate, headings.part)),
        key=lambda candidate: candidate.rank,
        default=None,
    )


def _read(header: Header, headings: PartHeadings) -> _Near:
    near = {
        headings.suggestion(heading.levels, header.fields)
        for heading, meaning in zip(header.headings, header.meanings, strict=True)
        if meaning is None and len("".join(heading.levels)) <= _LONGEST and not is_row_number(heading.levels[-1])
    }
    fields = [field for field in headings.part.fields if field.name in header.fields or field.label in near]
    return _Near(header, len(fields), sum(field.required for field in fields))


def _is_enough(near: _Near, part: Part) -> bool:
    compulsory = sum(field.required for field in part.fields)
    columns = len(near.header.fields) + near.header.unknown
    return near.fields >= 2 and 3 * near.compulsory >= max(compulsory, 1) and near.fields >= _LEAST_SHARE * columns
