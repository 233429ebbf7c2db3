"""From the cells of one column to each distinct cell once, trimmed, and where each row finds its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from models.cells import CellKind

_FEW = 1_000


@dataclass(frozen=True)
class ColumnCells:
    """The cells of one column in the table's body: text as typed and its kind (CellKind), row by row.

    `text` names each text once, or nearly so: what is asked of the words is asked once each, not of every row.
    """

    text: pa.DictionaryArray
    kind: np.ndarray

    @property
    def codes(self) -> np.ndarray:
        return self.text.indices.to_numpy(zero_copy_only=False)

    def where(self, test: Callable[[pa.Array], pa.Array]) -> np.ndarray:
        """Return the rows whose text passes."""
        return test(self.text.dictionary).to_numpy(zero_copy_only=False)[self.codes]


@dataclass(frozen=True)
class UniqueCells:
    """`words` trimmed and `kinds` together are distinct; row i of the column is distinct cell `index[i]`."""

    words: pa.Array
    kinds: np.ndarray
    index: np.ndarray

    def __len__(self) -> int:
        return len(self.kinds)

    @cached_property
    def texts(self) -> np.ndarray:
        return self.words.to_numpy(zero_copy_only=False)

    def among(self, words: frozenset[str]) -> np.ndarray:
        known = pa.array(sorted(words), pa.large_string())
        return pc.is_in(self.words, value_set=known).to_numpy(zero_copy_only=False)


def holds(words: pa.Array, text: str) -> bool:
    """Return whether some of the words may have it: never False where they do, and known in no time."""
    data = words.buffers()[2]
    return data is not None and text.encode() in data.to_pybytes()


def encoded(text: pa.Array) -> pa.DictionaryArray:
    """Return each of its texts once and no other."""
    return text.cast(pa.large_string()).dictionary_encode()


def distinct(cells: ColumnCells) -> UniqueCells:
    strange = len(cells.text.dictionary) - len(
        cells.text
    )  # words of the dictionary that no row here has, at least so many
    text = encoded(cells.text) if strange > _FEW else cells.text
    words, codes = pc.utf8_trim_whitespace(text.dictionary), text.indices.to_numpy(zero_copy_only=False)
    present = np.flatnonzero(np.bincount(cells.kind, minlength=len(CellKind)))
    if len(present) == 1:
        return UniqueCells(words, np.full(len(words), present[0], dtype=np.uint8), codes)
    return _by_kind(words, codes, cells.kind, present)


def _by_kind(words: pa.Array, codes: np.ndarray, kind: np.ndarray, present: np.ndarray) -> UniqueCells:
    index, used, kinds, start = np.empty(len(codes), dtype=np.intp), [], [], 0
    for cell_kind in present:
        here = kind == cell_kind
        mine = np.flatnonzero(np.bincount(codes[here], minlength=len(words)))
        place = np.zeros(len(words), dtype=np.intp)
        place[mine] = np.arange(start, start + len(mine))
        index[here] = place[codes[here]]
        used.append(mine)
        kinds.append(np.full(len(mine), cell_kind, dtype=np.uint8))
        start += len(mine)
    if not used:
        return UniqueCells(words.slice(0, 0), np.empty(0, dtype=np.uint8), index)
    return UniqueCells(words.take(pa.array(np.concatenate(used))), np.concatenate(kinds), index)
