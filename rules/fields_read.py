"""Which fields a reckoning reads: it is given the frames in a wrapping that notes every column it asks for.

Noted rather than declared: a second list beside the conditions would go on saying what they no longer ask.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

MADE_FROM: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("事项", "_code_shared"): ("item_code",),
    ("approvals", "_due_on"): ("received_on", "promised_days"),
    ("bad_reviews", "due_on"): ("due_on", "rated_at"),
}
"""Part and column that the services fill in → the fields of the file that it follows from."""


class Noting(pd.DataFrame):
    """A frame that notes the columns it is asked for. What is taken from it is a plain frame again."""

    _metadata = ["asked"]  # so that pandas takes it for an attribute, not for a column
    asked: dict[str, None]

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame

    def __getitem__(self, key: Any) -> Any:
        self.asked.update(dict.fromkeys(_names(key)))
        return super().__getitem__(key)


def _names(key: Any) -> list[str]:
    """The columns in what stands between the brackets; a mask of rows names none."""
    return (
        [key] if isinstance(key, str) else [one for one in key if isinstance(one, str)] if isinstance(key, list) else []
    )


def noting(frames: Mapping[str, pd.DataFrame | None]) -> dict[str, pd.DataFrame | None]:
    """The same frames, each noting what is asked of it."""
    return {part: None if frame is None else _noting(frame) for part, frame in frames.items()}


def _noting(frame: pd.DataFrame) -> Noting:
    noted = Noting(frame)
    noted.asked = {}
    return noted


def fields_read(part: str, frame: pd.DataFrame | None) -> frozenset[str]:
    """What has been asked of a noting frame, in fields of the file."""
    asked = frame.asked if isinstance(frame, Noting) else {}
    return frozenset(name for column in asked for name in MADE_FROM.get((part, column), (column,)))
