"""From very many distinct cells to the values of those written in the usual form, read at once. The others are read
singly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from models.cells import CellKind
from models.definitions import Field, Kind
from rules.intake.codes import WRAPPED
from rules.intake.unique_cells import UniqueCells

_MANY = 500  # distinct cells from which it pays
_MOMENT = r"^20\d\d([-/])\d{1,2}[-/]\d{1,2}([ T]([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?$"
_PADDED = r"^20\d\d-\d\d-\d\d([ T]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?$"
_PADDING = (("/", "-"), (r"-(\d)([-T ]|$)", r"-0\1\2"), (r"-(\d)([T ]|$)", r"-0\1\2"), (r"[ T](\d):", r"T0\1:"))
_TEXT, _NUMBER, _DATE = int(CellKind.TEXT), int(CellKind.NUMBER), int(CellKind.DATE)


@dataclass(frozen=True)
class Usual:
    """`read`: which distinct cells were; `values` holds theirs."""

    read: np.ndarray
    values: np.ndarray


def read_at_once(column: UniqueCells, field: Field) -> Usual | None:
    if len(column) < _MANY:
        return None
    if field.kind is Kind.CODE:
        return _codes(column, field)
    if field.kind in (Kind.DATE, Kind.DATETIME):
        return _moments(column, field)
    return None


def _codes(column: UniqueCells, field: Field) -> Usual:
    """Codes in plain half-width text."""
    words = column.words
    plain = pc.and_(pc.string_is_ascii(words), pc.invert(pc.match_substring_regex(words, rf"[+]|{WRAPPED}")))
    if field.length:
        plain = pc.and_(plain, pc.equal(pc.utf8_length(words), field.length))
    return Usual(_array(plain) & (column.kinds == _TEXT), column.texts)


def _moments(column: UniqueCells, field: Field) -> Usual:
    """2023-06-03 10:20:00, 2023/6/3 9:05 and what the file itself holds as a date."""
    values = np.full(len(column), np.datetime64("NaT"), dtype="datetime64[us]")
    padded = pc.match_substring_regex(column.words, _PADDED)
    written = padded if _nearly_all(padded) else pc.match_substring_regex(column.words, _MOMENT)
    usual = _array(written) & np.isin(column.kinds, (_TEXT, _DATE))
    words = column.words.filter(pa.array(usual))
    if written is not padded:
        words = _with_zeros(words)
    real = _real_days(words)
    usual[usual] = real
    values[usual] = _array(words.filter(pa.array(real)).cast(pa.timestamp("us")))
    if field.kind is Kind.DATE:
        values = values.astype("datetime64[D]").astype("datetime64[us]")
    return Usual(usual, values)


def _nearly_all(passed: pa.Array) -> bool:
    """So many that the rest may as well be read singly."""
    return len(passed) - (pc.sum(passed).as_py() or 0) < _MANY


def _with_zeros(words: pa.Array) -> pa.Array:
    """2023/6/3 9:05 → 2023-06-03T09:05."""
    for pattern, replacement in _PADDING:
        words = pc.replace_substring_regex(words, pattern, replacement)
    return words


def _real_days(words: pa.Array) -> np.ndarray:
    """Which begin with a day that the calendar has."""
    days = pc.utf8_slice_codeunits(words, 0, 10).dictionary_encode()
    real = np.fromiter((_is_real(day) for day in days.dictionary.to_pylist()), dtype=bool, count=len(days.dictionary))
    return real[_array(days.indices)]


def _is_real(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _array(values: pa.Array) -> np.ndarray:
    return values.to_numpy(zero_copy_only=False)
