"""One column as text with kinds in; its typed values and the mistake of each cell out, each distinct cell read once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from models.cells import CellKind
from models.definitions import Field, Kind
from rules.intake.choices import choice_table, read_choice, read_yes_no, read_yes_no_or_file
from rules.intake.codes import read_code
from rules.intake.dates import read_moment, read_month
from rules.intake.many_moments import read_many_moments
from rules.intake.numbers import read_duration, read_int
from rules.intake.typed import typed
from rules.intake.unit_names import UnitNames
from rules.intake.words import DASHES, ERROR_WORDS, MISSING_WORDS, half_width

_MANY = 3000  # distinct cells from which a whole-column reading pays


@dataclass(frozen=True)
class ReadingTerms:
    """What the reading of a cell depends on beside its field."""

    units: UnitNames
    year: int  # of a date typed without one
    epoch_1904: bool = False


@dataclass(frozen=True)
class ColumnCells:
    """The cells of one column in the table's body: text as typed and its kind (CellKind), row by row."""

    text: pa.Array
    kind: np.ndarray


@dataclass(frozen=True)
class ColumnValues:
    """`values` has the dtype of the field's kind; `mistakes` one code or None a row."""

    values: pd.Series
    mistakes: np.ndarray  # object: code or None


Reading = tuple[object, str | None]


def read_column(cells: ColumnCells, field: Field, terms: ReadingTerms) -> ColumnValues:
    """A wrong cell is missing in the values; a blank in a compulsory or demanded field is missing-value."""
    texts, kinds, index = _distinct(cells)
    values, mistakes = _read_distinct(texts, kinds, field, terms)
    column = typed(values, field.kind).take(index)
    by_row = mistakes[index]
    if field.required or field.demanded:
        by_row = np.where(pd.isna(column) & pd.isna(by_row), "missing-value", by_row)
    elif field.default is not None:
        column[pd.isna(column) & pd.isna(by_row)] = field.default
    return ColumnValues(_series(column), by_row)


def missing_column(rows: int, field: Field) -> ColumnValues:
    """What stands for a column that the file does not have."""
    column = typed(np.full(1, None, dtype=object), field.kind).take(np.zeros(rows, dtype=np.intp))
    if field.default is not None:
        column[:] = field.default
    return ColumnValues(_series(column), np.full(rows, None, dtype=object))


def _series(column: np.ndarray | pd.api.extensions.ExtensionArray) -> pd.Series:
    return pd.Series(column, dtype=column.dtype, copy=False)  # words stay Python objects


def _distinct(cells: ColumnCells) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(texts, kinds, index): cell i of the column is distinct cell index[i]."""
    encoded = cells.text.dictionary_encode()
    words = encoded.dictionary.to_numpy(zero_copy_only=False)
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    index = np.empty(len(codes), dtype=np.intp)
    texts, kinds, start = [], [], 0
    for kind in np.flatnonzero(np.bincount(cells.kind, minlength=len(CellKind))):
        here = cells.kind == kind
        used = np.flatnonzero(np.bincount(codes[here], minlength=len(words)))
        place = np.zeros(len(words), dtype=np.intp)
        place[used] = np.arange(start, start + len(used))
        index[here] = place[codes[here]]
        texts.append(words[used])
        kinds.append(np.full(len(used), kind, dtype=np.uint8))
        start += len(used)
    return _joined(texts, object), _joined(kinds, np.uint8), index


def _joined(arrays: list[np.ndarray], dtype: type) -> np.ndarray:
    return np.concatenate(arrays) if arrays else np.empty(0, dtype=dtype)


def _read_distinct(
    texts: np.ndarray, kinds: np.ndarray, field: Field, terms: ReadingTerms
) -> tuple[np.ndarray, np.ndarray]:
    values, mistakes = np.full(len(texts), None, dtype=object), np.full(len(texts), None, dtype=object)
    stripped = np.fromiter(map(str.strip, texts), dtype=object, count=len(texts))
    mistakes[_formula_errors(stripped, kinds)] = "formula-error"
    missing = _missing_words(field)
    said_nothing = np.fromiter((text in missing for text in stripped), dtype=bool, count=len(texts))
    left = np.flatnonzero(~said_nothing & (mistakes == None) & (kinds != CellKind.BLANK))  # noqa: E711
    values[left], mistakes[left] = _read(stripped[left], kinds[left], field, terms)
    return values, mistakes


def _formula_errors(texts: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Cells that hold an error; in a CSV file its word is all that is left of it."""
    wrong = (kinds == CellKind.ERROR) | (kinds == CellKind.EMPTY_FORMULA)
    as_text = pc.starts_with(pa.array(texts, pa.large_string()), "#").to_numpy(zero_copy_only=False)
    for place in np.flatnonzero(as_text & ~wrong):
        wrong[place] = texts[place] in ERROR_WORDS
    return wrong


def _missing_words(field: Field) -> frozenset[str]:
    lists_none = field.kind in (Kind.YES_NO, Kind.YES_NO_OR_FILE) or "无" in field.choices
    return DASHES if lists_none else MISSING_WORDS


def _read(texts: np.ndarray, kinds: np.ndarray, field: Field, terms: ReadingTerms) -> tuple[np.ndarray, np.ndarray]:
    if field.kind is Kind.TEXT:
        return _texts(texts, kinds), np.full(len(texts), None, dtype=object)
    values, mistakes = np.full(len(texts), None, dtype=object), np.full(len(texts), None, dtype=object)
    left = np.arange(len(texts))
    if field.kind in (Kind.DATE, Kind.DATETIME) and len(texts) > _MANY:
        moments = read_many_moments(texts)
        left = np.flatnonzero(np.isnat(moments))
        if field.kind is Kind.DATE:
            moments = moments.astype("datetime64[D]").astype("datetime64[us]")
        values[:] = moments.astype(object)
    read = _reader(field, terms)
    for place in left:
        values[place], mistakes[place] = read(texts[place], CellKind(kinds[place]))
    return values, mistakes


def _texts(texts: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """A share shown as 85 % is the text “85%”."""
    shares = kinds == CellKind.PERCENT
    if shares.any():
        texts = texts.copy()
        texts[shares] = texts[shares] + "%"
    return texts


def _reader(field: Field, terms: ReadingTerms) -> Callable[[str, CellKind], Reading]:
    year, epoch = terms.year, terms.epoch_1904
    match field.kind:
        case Kind.INT:
            return lambda text, kind: read_int(text, kind, field)
        case Kind.DURATION:
            return read_duration
        case Kind.DATE:
            return lambda text, kind: _day_of(read_moment(text, kind, year, epoch))
        case Kind.DATETIME:
            return lambda text, kind: read_moment(text, kind, year, epoch)
        case Kind.MONTH:
            return lambda text, kind: read_month(text, kind, year, epoch)
        case Kind.YES_NO:
            return lambda text, kind: read_yes_no(text)
        case Kind.YES_NO_OR_FILE:
            return lambda text, kind: read_yes_no_or_file(text)
        case Kind.CODE:
            return lambda text, kind: read_code(text, kind, field)
        case Kind.UNIT:
            return lambda text, kind: _unit(text, terms.units)
        case Kind.CHOICE:
            table = choice_table(field)
            return lambda text, kind: read_choice(text, table)
    return lambda text, kind: (half_width(text), None)


def _day_of(moment: Reading) -> Reading:
    found, mistake = moment
    return (found.replace(hour=0, minute=0, second=0) if isinstance(found, datetime) else None), mistake


def _unit(text: str, units: UnitNames) -> Reading:
    name = units.resolve(text)
    return (name, None) if name else (None, "unknown-unit")
