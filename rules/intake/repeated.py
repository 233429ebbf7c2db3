"""From the cells of a column with marks of repetition to the same with what stands above in their place."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from rules.intake.unique_cells import ColumnCells

_MARKS = pa.array(["〃", "″", "同上", "同上行", "''", '"', "”"], pa.large_string())


def with_repetitions(cells: ColumnCells) -> ColumnCells:
    """Return the column with what the row above says for 〃 and 同上; in the first row they say nothing."""
    is_mark = cells.where(lambda words: pc.is_in(words.cast(pa.large_string()), value_set=_MARKS))
    if not is_mark.any():
        return cells
    above = np.maximum.accumulate(np.where(is_mark, 0, np.arange(len(is_mark))))
    return ColumnCells(cells.text.take(pa.array(above)), cells.kind[above])
