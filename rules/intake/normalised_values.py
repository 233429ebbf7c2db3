"""From the cells of a sheet as typed and its records as they were read to column by column what was read otherwise than
typed.

Nothing of it is kept by a check: it is found again from both whenever somebody wants to see it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from models.cells import CellKind, SheetCells, column_number
from models.definitions import Field, Kind, Part
from rules.intake.body import Body
from rules.intake.column_values import missing_words

MOST = 200  # told of one column
_AS_SHOWN = ((r"^(\d{4}-\d\d-\d\d)T", r"\1 "), (r" 00:00(:00)?$", ""), (r"^(\d{4}-\d\d-\d\d \d\d:\d\d):00$", r"\1"))
_BARE_NUMBER = ((r"^(\d+(\.\d+)?)$", r"\1个工作日"),)
_SAME = {Kind.DATE: _AS_SHOWN, Kind.DATETIME: _AS_SHOWN, Kind.DURATION: _BARE_NUMBER}
"""Ways of writing that say the very same: no difference worth telling."""


@dataclass(frozen=True)
class NormalisedCell:
    """`read` is "" where the cell was taken for a blank one; `row` is the first of the `number` cells."""

    typed: str
    read: str
    number: int
    row: int


@dataclass(frozen=True)
class NormalisedColumn:
    """What was read otherwise in one column: `kinds` ways in `cells` cells, of which `most` has the most frequent."""

    sheet: str
    column: str
    field: Field
    kinds: int
    cells: int
    most: tuple[NormalisedCell, ...]


def normalised_columns(
    sheet: SheetCells,
    part: Part,
    columns: Mapping[str, str],
    records: pd.DataFrame,
    below: int,
    mended: Collection[tuple[int, str]] = (),
) -> list[NormalisedColumn]:
    """Return the cells that were normalised. `columns`: field name → letter; `records` with `_row`; `below`: the last
    row of the header. Wrong cells, and the corrected ones `mended` (row, letter), are reported elsewhere.
    """
    body = Body(sheet, below + 1 - sheet.first_row)
    normalised = []
    for name, letter in columns.items():
        rows = {row for row, column in mended if column == letter}
        mine = records[~records["_row"].isin(rows)] if rows else records
        if name in mine and (column := _of_column(body, letter, part.field(name), mine)):
            normalised.append(column)
    return normalised


def _of_column(body: Body, letter: str, field: Field, records: pd.DataFrame) -> NormalisedColumn | None:
    cells = body.column(column_number(letter) - body.sheet.first_column)
    rows = records["_row"].to_numpy()
    places = rows - body.first_row
    codes, kinds = cells.codes[places].astype(np.int64), cells.kind[places]
    _, first, number = np.unique(codes * len(CellKind) + kinds, return_index=True, return_counts=True)
    typed = _typed(cells.text.dictionary.take(pa.array(codes[first])), kinds[first])
    read = _in_words(records[field.name].iloc[first], field.kind)
    other = np.flatnonzero(_differ(typed, read, kinds[first], field))
    if not len(other):
        return None
    order = other[np.lexsort((first[other], -number[other]))]
    most = pa.array(order[:MOST])
    pairs = zip(typed.take(most).to_pylist(), read.take(most).to_pylist(), order[:MOST].tolist(), strict=True)
    return NormalisedColumn(
        body.sheet.name,
        letter,
        field,
        len(other),
        int(number[other].sum()),
        tuple(
            NormalisedCell(typed_texts, taken or "", int(number[place]), int(rows[first[place]]))
            for typed_texts, taken, place in pairs
        ),
    )


def _typed(texts: pa.Array, kinds: np.ndarray) -> pa.Array:
    """A share as it is shown, a blank as nothing."""
    typed_texts = pc.if_else(
        pa.array(kinds == CellKind.BLANK), pa.scalar("", pa.large_string()), texts.cast(pa.large_string())
    )
    return pc.if_else(
        pa.array(kinds == CellKind.PERCENT), pc.replace_substring_regex(typed_texts, "$", "%"), typed_texts
    )


def _differ(typed: pa.Array, read: pa.Array, kinds: np.ndarray, field: Field) -> np.ndarray:
    same = typed
    for pattern, plain in _SAME.get(field.kind, ()):
        same = pc.replace_substring_regex(same, pattern, plain)
    other = pc.fill_null(pc.and_(pc.not_equal(typed, read), pc.not_equal(same, read)), False).to_numpy(
        zero_copy_only=False
    )
    nothing = pa.array(sorted(missing_words(field) - {""}), pa.large_string())
    blanked = pc.and_(pc.is_null(read), pc.is_in(pc.utf8_trim_whitespace(typed), value_set=nothing)).to_numpy(
        zero_copy_only=False
    )
    broken = np.isin(kinds, (CellKind.ERROR, CellKind.EMPTY_FORMULA))
    return (other | (blanked & (not field.required))) & ~broken


def _in_words(values: pd.Series, kind: Kind) -> pa.Array:
    """As a person would write it; null where missing."""
    missing = values.isna().to_numpy()
    if kind in (Kind.DATE, Kind.DATETIME):
        typed_texts = pa.array(np.datetime_as_string(values.to_numpy().astype("datetime64[s]")), pa.large_string())
        for pattern, plain in _AS_SHOWN:
            typed_texts = pc.replace_substring_regex(typed_texts, pattern, plain)
        return pc.if_else(pa.array(missing), pa.scalar(None, pa.large_string()), typed_texts)
    words = [None if blank else _word(value, kind) for blank, value in zip(missing, values.tolist(), strict=True)]
    return pa.array(words, pa.large_string())


def _word(value: object, kind: Kind) -> str:
    if kind is Kind.YES_NO:
        return "是" if value else "否"
    if kind is Kind.DECIMAL:
        return f"{value:.15g}"
    return f"{value:g}个工作日" if kind is Kind.DURATION else str(value)
