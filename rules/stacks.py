"""The records of many units and months as one frame a part, so that what a fold costs is paid once and not for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.definitions import Frames

STACK = "_stack"
"""The column that tells which of the stacked frames a record comes from; frames that are not stacked have none."""


@dataclass(frozen=True)
class Stacked:
    """`places`: which of the frames given are in it, those that have every part; STACK numbers them from 0."""

    places: list[int]
    frames: Frames
    starts: dict[str, np.ndarray]
    """Part → where the records of each begin, and behind the last the number of all."""


class Stack:
    """Frames of many, stacked by the parts that are asked for."""

    def __init__(self, frames: Sequence[Frames]) -> None:
        self.all = frames
        self._by_parts: dict[tuple[str, ...], Stacked] = {}

    def of(self, parts: tuple[str, ...]) -> Stacked:
        """Return the frames of which every one of these parts was reported."""
        if parts not in self._by_parts:
            self._by_parts[parts] = self._stacked(parts)
        return self._by_parts[parts]

    def _stacked(self, parts: tuple[str, ...]) -> Stacked:
        places = [place for place, frames in enumerate(self.all) if all(frames.get(part) is not None for part in parts)]
        frames: dict[str, pd.DataFrame | None] = {}
        starts = {}
        for part in dict.fromkeys(parts):
            every = [frame for place in places if (frame := self.all[place].get(part)) is not None]
            starts[part] = np.cumsum([0, *map(len, every)])
            if len(every) == 1:
                frames[part] = every[0]
            elif every:
                numbers = np.repeat(np.arange(len(every)), np.diff(starts[part]))
                frames[part] = pd.concat(every, ignore_index=True).assign(**{STACK: numbers})
        return Stacked(places, frames, starts)


def repeated(frame: pd.DataFrame, values: pd.Series) -> pd.Series:
    """Return whether the same value is in an earlier record of the same stack."""
    if STACK not in frame:
        return values.duplicated()
    return pd.DataFrame({"stack": frame[STACK], "value": values}).duplicated()


def among(frame: pd.DataFrame, values: pd.Series, other: pd.DataFrame, wanted: pd.Series) -> pd.Series:
    """Return whether each value is among those of the same stack in `other`; a missing one never is."""
    wanted = wanted.dropna()
    if STACK not in frame:
        return values.isin(wanted)
    pairs = pd.MultiIndex.from_arrays([frame[STACK], values])
    is_held = pairs.isin(pd.MultiIndex.from_arrays([other[STACK].loc[wanted.index], wanted]))
    return pd.Series(is_held, frame.index) & values.notna()


def highest(frame: pd.DataFrame, values: pd.Series) -> pd.Series | pd.Timestamp:
    """Return the highest value of each record's stack."""
    return values.groupby(frame[STACK]).transform("max") if STACK in frame else values.max()
