"""From the rows of a new report and those it replaces to the rows that come, go and change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """Keys in the order of their frames; `same`: how many stay word for word."""

    added: tuple[Key, ...]
    removed: tuple[Key, ...]
    changed: tuple[Key, ...]
    same: int

    @property
    def nothing(self) -> bool:
        return not (self.added or self.removed or self.changed)


def row_changes(new: pd.DataFrame, old: pd.DataFrame, keys: Iterable[str], fields: Iterable[str]) -> RowChanges:
    """Return how `old` becomes `new`. Rows are told by `keys`, of which none repeats within a frame, and compared by
    `fields`; missing equals missing.
    """
    keys = list(keys)
    compared = [name for name in fields if name in new and name in old and name not in keys]
    after, before = (_by_key(frame, keys, compared) for frame in (new, old))
    both = [key for key in after if key in before]
    changed = tuple(key for key in both if after[key] != before[key])
    return RowChanges(
        tuple(key for key in after if key not in before),
        tuple(key for key in before if key not in after),
        changed,
        len(both) - len(changed),
    )


def _by_key(frame: pd.DataFrame, keys: list[str], fields: list[str]) -> dict[Key, tuple[object, ...]]:
    values = frame[[*keys, *fields]].astype(object)
    values = values.where(values.notna(), None)
    return {
        tuple(map(str, row[: len(keys)])): tuple(row[len(keys) :]) for row in values.itertuples(index=False, name=None)
    }
