"""Which fields a reckoning reads: it is given the frames in a wrapping that notes every column it asks for.

Noted rather than declared: a second list beside the conditions would go on saying what they no longer ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd


class Noting(pd.DataFrame):
    """A frame that notes the columns it is asked for. What is taken from it is a plain frame again."""

    _metadata = ["columns_read"]  # so that pandas takes it for an attribute, not for a column
    columns_read: dict[str, None]

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame

    def __getitem__(self, key: Any) -> Any:
        self.columns_read.update(dict.fromkeys(_names(key)))
        return super().__getitem__(key)


def _names(key: Any) -> list[str]:
    """The columns in what stands between the brackets; a mask of rows names none."""
    return (
        [key]
        if isinstance(key, str)
        else [column for column in key if isinstance(column, str)]
        if isinstance(key, list)
        else []
    )


def noting(frames: Mapping[str, pd.DataFrame | None]) -> dict[str, pd.DataFrame | None]:
    """Return the same frames, each noting which columns are read."""
    return {part: None if frame is None else _noting(frame) for part, frame in frames.items()}


def _noting(frame: pd.DataFrame) -> Noting:
    noted = Noting(frame)
    noted.columns_read = {}
    return noted


def fields_read(frame: pd.DataFrame | None, derived: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the fields of the file behind the columns asked of a noting frame.

    `derived`: column that the services fill in → the fields that it follows from.
    """
    columns = frame.columns_read if isinstance(frame, Noting) else {}
    return frozenset(name for column in columns for name in derived.get(column, (column,)))
