"""Rows of values go in; for each column an Arrow array of texts and one of kinds come out, whole columns at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data_access.spreadsheets.kinds import BLANK, NUMBER, TEXT
from data_access.spreadsheets.values import EXACT, harmless, text_and_kind

Column = tuple[pa.Array, np.ndarray]


def columns_of(rows: Sequence[Sequence[object]], width: int) -> list[Column]:
    """Texts (large_string, never null) and kinds (uint8) of each of `width` columns."""
    return [_column(values) for values in zip(*rows, strict=True)] if rows else [_column(()) for _ in range(width)]


def _column(values: tuple[object, ...]) -> Column:
    types = set(map(type, values))
    if types <= {str}:
        return _texts(values)
    if types == {float} and (whole := _whole_numbers(values)):
        return whole
    pairs = [text_and_kind(value) for value in values]
    return pa.array([text for text, _ in pairs], pa.large_string()), np.array([kind for _, kind in pairs], np.uint8)


def _texts(values: tuple[object, ...]) -> Column:
    if not "".join(values).isprintable():  # type: ignore[arg-type]  # the caller saw only str
        values = tuple(map(harmless, values))  # type: ignore[arg-type]
    texts = pa.array(values, pa.large_string())
    return texts, np.where(pc.binary_length(texts).to_numpy() > 0, TEXT, BLANK).astype(np.uint8)


def _whole_numbers(values: tuple[object, ...]) -> Column | None:
    numbers = np.array(values, float)
    if not (np.isfinite(numbers).all() and (np.abs(numbers) < EXACT).all() and (numbers == np.floor(numbers)).all()):
        return None
    texts = pa.array(numbers.astype(np.int64)).cast(pa.large_string())
    return texts, np.full(len(numbers), NUMBER, np.uint8)
