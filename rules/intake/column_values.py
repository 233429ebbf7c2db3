"""From one column as text with kinds to its typed values and the mistake of each cell, each distinct cell read once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from models.cells import CellKind
from models.definitions import Field, Kind
from rules.intake.dtypes import empty, typed
from rules.intake.lengths import too_long
from rules.intake.numbers import is_of_one, is_share
from rules.intake.singly import ReadingTerms, reader_of
from rules.intake.unique_cells import ColumnCells, UniqueCells, distinct
from rules.intake.vectorised import read_at_once
from rules.intake.words import DASHES, ERROR_WORDS, INVISIBLE, MISSING_WORDS, NOT_YET

MISTAKES = (
    "",
    "missing-value",
    "formula-error",
    "not-a-number",
    "not-a-whole-number",
    "out-of-range",
    "not-a-date",
    "ambiguous-date",
    "not-a-choice",
    "not-yes-or-no",
    "not-a-duration",
    "damaged-code",
    "unknown-unit",
    "ambiguous-number",
    "too-long",
)
_NUMBER_OF = {code: number for number, code in enumerate(MISTAKES)}
_KINDS = tuple(CellKind)
_BLANK, _PERCENT = int(CellKind.BLANK), int(CellKind.PERCENT)
_BROKEN = (int(CellKind.ERROR), int(CellKind.EMPTY_FORMULA))


@dataclass(frozen=True)
class ColumnValues:
    """`values` has the dtype of the field's kind; `mistakes` is the place in MISTAKES of each row, 0 for none."""

    values: pd.Series
    mistakes: np.ndarray


def read_column(cells: ColumnCells, field: Field, terms: ReadingTerms) -> ColumnValues:
    """Return the values of a column: a wrong cell is missing in them, a blank in a compulsory or demanded field is
    missing-value.
    """
    column = distinct(cells)
    values, mistakes = _read(column, field, terms)
    return ColumnValues(_series(typed(values, field.kind).take(column.index)), mistakes[column.index])


def missing_column(rows: int, field: Field, unit: str | None) -> ColumnValues:
    """Return the values of a column that the file does not have. `unit`: who speaks for itself."""
    values = empty(1, field.kind)
    values[0] = unit if field.kind is Kind.UNIT else field.default
    column = typed(values, field.kind).take(np.zeros(rows, dtype=np.intp))
    return ColumnValues(_series(column), np.zeros(rows, dtype=np.uint8))


def _series(column: np.ndarray | pd.api.extensions.ExtensionArray) -> pd.Series:
    return pd.Series(column, dtype=column.dtype, copy=False)  # words stay Python objects


def _read(column: UniqueCells, field: Field, terms: ReadingTerms) -> tuple[np.ndarray, np.ndarray]:
    values, mistakes = empty(len(column), field.kind), np.zeros(len(column), dtype=np.uint8)
    broken = _formula_errors(column)
    said_nothing = (column.among(missing_words(field)) | _invisible(column) | (column.kinds == _BLANK)) & ~broken
    mistakes[broken] = _NUMBER_OF["formula-error"]
    long = too_long(column.words, field) & ~said_nothing
    mistakes[long] = _NUMBER_OF["too-long"]
    if field.kind is Kind.UNIT and terms.unit:
        values[said_nothing] = terms.unit
    elif field.required or field.demanded:
        mistakes[said_nothing] = _NUMBER_OF["missing-value"]
    elif field.default is not None:
        values[said_nothing] = field.default
    _fill(values, mistakes, ~(broken | said_nothing | long), column, field, terms)
    return values, mistakes


def _fill(
    values: np.ndarray, mistakes: np.ndarray, left: np.ndarray, column: UniqueCells, field: Field, terms: ReadingTerms
) -> None:
    """The cells in the usual form at once, the others one by one."""
    if field.kind is Kind.TEXT:
        values[left] = _texts(column)[left]
        return
    usual = read_at_once(column, field)
    if usual is not None:
        done = left & usual.read
        values[done] = usual.values[done]
        left = left & ~done
    read = reader_of(field, terms, is_share(field) and _has_shares_of_one(column))
    places = np.flatnonzero(left)
    texts = column.words.take(pa.array(places)).to_pylist()
    for place, text, kind in zip(places.tolist(), texts, column.kinds[places].tolist(), strict=True):
        value, mistake = read(text, _KINDS[kind])
        if mistake:
            mistakes[place] = _NUMBER_OF[mistake]
        else:
            values[place] = value


def _has_shares_of_one(column: UniqueCells) -> bool:
    return any(is_of_one(text, _KINDS[kind]) for text, kind in zip(column.texts, column.kinds, strict=True))


def _formula_errors(column: UniqueCells) -> np.ndarray:
    """Cells that hold an error; in a CSV file its word is all that is left of it."""
    broken = np.isin(column.kinds, _BROKEN)
    if pc.any(pc.starts_with(column.words, "#")).as_py():
        broken |= column.among(ERROR_WORDS)
    return broken


def _invisible(column: UniqueCells) -> np.ndarray:
    return pc.match_substring_regex(column.words, f"^[{INVISIBLE}\\s]+$").to_numpy(zero_copy_only=False)


def missing_words(field: Field) -> frozenset[str]:
    """Return the words that say nothing in this field; of a day that may be left out also that it has not come yet."""
    lists_none = field.kind in (Kind.YES_NO, Kind.YES_NO_OR_FILE) or "无" in field.choices
    if field.kind in (Kind.DATE, Kind.DATETIME) and not (field.required or field.demanded):
        return MISSING_WORDS | NOT_YET
    return DASHES if lists_none else MISSING_WORDS


def _texts(column: UniqueCells) -> np.ndarray:
    """A share shown as 85 % is the text “85%”."""
    shares = column.kinds == _PERCENT
    return np.where(shares, column.texts + "%", column.texts) if shares.any() else column.texts
