"""From a header to which column is which field, what stays unmapped, what is missing or there twice."""

from __future__ import annotations

from dataclasses import dataclass

from models.cells import column_letter
from models.definitions import Field, Kind
from models.validation import MappedColumn, Problem, UnmappedColumn
from rules.intake import messages
from rules.intake.header import Header, Heading
from rules.intake.headings import Meaning, PartHeadings, as_typed, is_row_number


@dataclass(frozen=True)
class Columns:
    """`places`: field name → the column's place in SheetCells; `ignored`: places that are no one's, such as 序号."""

    places: dict[str, int]
    mapped: tuple[MappedColumn, ...]
    unmapped: tuple[UnmappedColumn, ...]
    missing: tuple[str, ...]
    ignored: frozenset[int]
    problems: tuple[Problem, ...]


def map_columns(
    header: Header, headings: PartHeadings, sheet: str, first_column: int, given: frozenset[Kind] = frozenset()
) -> Columns:
    """Return the column of each field. The best heading wins: its own label before a synonym, the first of equals.
    Columns of the kinds that are `given` with the file need not be there.
    """
    pairs = list(zip(header.headings, header.meanings, strict=True))
    chosen = _chosen(pairs)
    places = {name: heading.index for name, (heading, _) in chosen.items()}
    mapped = tuple(
        MappedColumn(
            column_letter(first_column + heading.index),
            as_typed(heading.levels),
            meaning.field.label,
            meaning.field.name,
            meaning.match,
        )
        for heading, meaning in sorted(chosen.values(), key=lambda pair: pair[0].index)
    )
    twice = _twice(pairs, chosen)
    taken = {heading.index for heading, _ in chosen.values()} | {heading.index for heading, _ in twice}
    ignored = frozenset(h.index for h, m in pairs if m is None and is_row_number(h.levels[-1]))
    unmapped = tuple(
        UnmappedColumn(
            column_letter(first_column + heading.index),
            as_typed(heading.levels),
            None if meaning else headings.suggestion(heading.levels, frozenset(places)),
        )
        for heading, meaning in pairs
        if heading.index not in taken | ignored
    )
    absent = [
        f for f in headings.part.fields if (f.required or f.demanded) and f.name not in places and f.kind not in given
    ]
    problems = (
        *(_duplicate(sheet, first_column, heading, meaning, places) for heading, meaning in twice),
        *(_missing(sheet, field, _near(field, unmapped)) for field in absent),
    )
    return Columns(places, mapped, unmapped, tuple(field.label for field in absent), ignored, problems)


_Pair = tuple[Heading, Meaning | None]


def _chosen(pairs: list[_Pair]) -> dict[str, tuple[Heading, Meaning]]:
    chosen: dict[str, tuple[Heading, Meaning]] = {}
    for heading, meaning in pairs:
        if meaning and (meaning.field.name not in chosen or meaning.rank < chosen[meaning.field.name][1].rank):
            chosen[meaning.field.name] = heading, meaning
    return chosen


def _twice(pairs: list[_Pair], chosen: dict[str, tuple[Heading, Meaning]]) -> list[tuple[Heading, Meaning]]:
    """Columns headed with the very words of another column that stands for the same field."""
    twice = []
    for heading, meaning in pairs:
        if meaning and chosen[meaning.field.name][0] is not heading:
            first = chosen[meaning.field.name][1]
            if (meaning.canonical and first.canonical) or meaning.text == first.text:
                twice.append((heading, meaning))
    return twice


def _duplicate(sheet: str, first_column: int, heading: Heading, meaning: Meaning, places: dict[str, int]) -> Problem:
    first = column_letter(first_column + places[meaning.field.name])
    label = meaning.field.label
    return Problem(
        sheet,
        heading.row,
        column_letter(first_column + heading.index),
        label,
        "duplicate-column",
        "error",
        as_typed(heading.levels),
        messages.duplicate_column(label, first),
    )


def _near(field: Field, unmapped: tuple[UnmappedColumn, ...]) -> UnmappedColumn | None:
    return next((column for column in unmapped if column.suggestion == field.label), None)


def _missing(sheet: str, field: Field, near: UnmappedColumn | None) -> Problem:
    severity = "error" if field.required else "warning"
    message = messages.missing_column(field.label, not field.required, (near.column, near.label) if near else None)
    return Problem(sheet, None, None, field.label, "missing-column", severity, None, message)
