"""What each record of one part adds to a numerator or denominator: from a frame to a float64 Series.

(`day_of` alone gives dates: the day from which a record counts.) NaN stands where the record says nothing (a blank
number), 0 where it is not counted.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from rules.conditions import Condition, days, every, numbers
from rules.stacks import repeated

Tally = Callable[[pd.DataFrame], pd.Series]


def records(counted: Condition = every) -> Tally:
    """Return the tally in which each counted record adds 1."""
    return lambda frame: counted(frame).astype("float64")


def total(*fields: str) -> Tally:
    """Return the tally in which each record adds the numbers in these fields; NaN where all of them are blank."""
    return lambda frame: pd.DataFrame({name: numbers(frame[name]) for name in fields}).sum(axis=1, min_count=1)


def value(of: Tally, counted: Condition) -> Tally:
    """Return the tally in which each counted record adds what `of` gives for it."""
    return lambda frame: of(frame).where(counted(frame), 0.0)


def distinct(identity: str | Tally, counted: Condition = every) -> Tally:
    """Return the tally in which the first counted record of each distinct identity (a field, or computed) adds 1; a
    blank identity adds nothing.
    """

    def tally(frame: pd.DataFrame) -> pd.Series:
        names = frame[identity] if isinstance(identity, str) else identity(frame)
        counting = counted(frame) & names.notna()
        return (counting & ~repeated(frame, names.where(counting))).astype("float64")

    return tally


def day_of(field: str, later: int = 0) -> Tally:
    """Return the date in a field, or so many calendar days later; NaT where blank."""
    return lambda frame: days(frame[field]) + pd.Timedelta(days=later)


def cut(shorter: str, whole: str) -> Tally:
    """Return the tally of by what share a number is below another of the same unit: 1 − shorter ÷ whole (below 0 where
    it is longer).
    """
    return lambda frame: (numbers(frame[whole]) - numbers(frame[shorter])) / numbers(frame[whole])
