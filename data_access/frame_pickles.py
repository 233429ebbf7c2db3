"""Objects of ours to and from a file between two processes of the same program: frames by Arrow, for their columns of
texts would take as long as judging them; declarations that both processes hold by their place among those.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any

import numpy as np
import pandas as pd
import pyarrow as pa


def dump(value: object, file: IO[bytes], shared: Sequence[object]) -> None:
    """`shared`: what the other process holds already."""
    _Pickler(file, shared).dump(value)


def load(file: IO[bytes], shared: Sequence[object]) -> Any:
    """Return what `dump` wrote. Only for what a process of this program wrote: a pickle can call anything."""
    return _Unpickler(file, shared).load()


class _Pickler(pickle.Pickler):
    def __init__(self, file: IO[bytes], shared: Sequence[object]) -> None:
        super().__init__(file, protocol=5)
        self._places = {id(value): place for place, value in enumerate(shared)}

    def persistent_id(self, value: object) -> int | None:
        return self._places.get(id(value))

    def reducer_override(self, value: Any) -> Any:
        if type(value) is not pd.DataFrame or not isinstance(value.index, pd.RangeIndex):
            return NotImplemented
        return _frame, ({name: _packed(value[name]) for name in value}, len(value))


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: IO[bytes], shared: Sequence[object]) -> None:
        super().__init__(file)
        self._shared = shared

    def persistent_load(self, place: int) -> object:
        return self._shared[place]


def _packed(column: pd.Series) -> tuple[Callable[[Any], Any], Any]:
    """How to make the column's values again, and of what: texts as places among distinct texts."""
    if column.dtype == object:
        try:
            texts = pa.array(column.to_numpy(), pa.large_string(), from_pandas=False).dictionary_encode()
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            return _as_they_are, column.array
        return _texts, (texts.indices.fill_null(-1).to_numpy(), texts.dictionary.to_pylist())
    return _as_they_are, column.array


def _texts(packed: tuple[np.ndarray, list[str]]) -> np.ndarray:
    places, words = packed
    return np.array([*words, None], dtype=object)[places]


def _as_they_are(values: Any) -> Any:
    return values


def _frame(columns: Mapping[str, tuple[Callable[[Any], Any], Any]], rows: int) -> pd.DataFrame:
    index = pd.RangeIndex(rows)
    series = {name: pd.Series(unpack(packed), index=index, copy=False) for name, (unpack, packed) in columns.items()}
    return pd.DataFrame(series, index=index, copy=False)
