"""From rows or columns of Python values to whole columns of texts and kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data_access.spreadsheets.kinds import BLANK, NUMBER, TEXT
from data_access.spreadsheets.sheets import Column
from data_access.spreadsheets.values import EXACT, harmless, text_and_kind

CHUNK_ROWS = 8192


def columns_of(rows: Iterable[Sequence[object]], width: int) -> list[Column]:
    """Return the columns of equally long rows."""
    chunks = [[column(values) for values in zip(*chunk, strict=True)] for chunk in _chunks(rows)]
    return [_joined([chunk[number] for chunk in chunks]) for number in range(width)] if chunks else []


def _chunks(rows: Iterable[Sequence[object]]) -> Iterable[list[Sequence[object]]]:
    chunk: list[Sequence[object]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK_ROWS:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _joined(parts: list[Column]) -> Column:
    return pa.concat_arrays([texts for texts, _ in parts]), np.concatenate([kinds for _, kinds in parts])


def column(values: tuple[object, ...]) -> Column:
    """Return one column of calamine's or csv's values."""
    types = set(map(type, values))
    if types <= {str}:
        return text_column(pa.array(values, pa.large_string()))
    if types == {float} and (whole := _whole_numbers(values)):
        return whole
    pairs = [text_and_kind(value) for value in values]
    return pa.array([text for text, _ in pairs], pa.large_string()), np.array([kind for _, kind in pairs], np.uint8)


def text_column(texts: pa.Array) -> Column:
    """Return texts as they are, control characters made visible; the empty ones are blanks."""
    if _has_controls(texts):
        texts = pa.array(map(harmless, texts.to_pylist()), pa.large_string())
    return texts, np.where(pc.binary_length(texts).to_numpy() > 0, TEXT, BLANK).astype(np.uint8)


def used_texts(codes: np.ndarray, texts: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Return the texts that are used and the codes as places among these; `codes` are places among many texts."""
    used = np.zeros(len(texts), bool)
    used[codes] = True
    places = np.flatnonzero(used)
    number = np.empty(len(texts), np.int32)
    number[places] = np.arange(len(places), dtype=np.int32)
    return places, number[codes]


def _has_controls(texts: pa.Array) -> bool:
    data = texts.buffers()[2]
    if data is None:
        return False
    bytes_ = np.frombuffer(data, np.uint8)
    if not len(bytes_) or (bytes_.min() >= 32 and not (bytes_ == 127).any()):
        return False
    return bool((((bytes_ < 32) & (bytes_ != 9) & (bytes_ != 10) & (bytes_ != 13)) | (bytes_ == 127)).any())


def _whole_numbers(values: tuple[object, ...]) -> Column | None:
    numbers = np.array(values, float)
    if not (np.isfinite(numbers).all() and (np.abs(numbers) < EXACT).all() and (numbers == np.floor(numbers)).all()):
        return None
    texts = pa.array(numbers.astype(np.int64)).cast(pa.large_string())
    return texts, np.full(len(numbers), NUMBER, np.uint8)
