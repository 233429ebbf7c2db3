"""Conditions on the records of one part: from a frame to a plain bool Series; a missing value never holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import and_, or_

import pandas as pd

Condition = Callable[[pd.DataFrame], pd.Series]


def every(frame: pd.DataFrame) -> pd.Series:
    """Holds for every record."""
    return pd.Series(True, index=frame.index, dtype=bool)


def yes(field: str) -> Condition:
    """Return a condition: a yes/no field answered 是."""
    return lambda frame: _answered(frame[field], True)


def no(field: str) -> Condition:
    """Return a condition: a yes/no field answered 否."""
    return lambda frame: _answered(frame[field], False)


def filled(*fields: str) -> Condition:
    """Return a condition: all these fields hold a value."""
    return lambda frame: frame[list(fields)].notna().all(axis=1)


def one_of(field: str, *words: str) -> Condition:
    return lambda frame: frame[field].isin(words)


def number(field: str, holds: Callable[[pd.Series], pd.Series]) -> Condition:
    """Return a condition: a number for which `holds` is true, such as `number("cases", lambda n: n >= 1)`."""
    return lambda frame: holds(numbers(frame[field]))


def on_time(closed: str, due: str) -> Condition:
    """Return a condition: closed on or before the due date; the due day itself is on time to its end."""
    return lambda frame: days(frame[closed]) <= days(frame[due])


def negated(condition: Condition) -> Condition:
    return lambda frame: ~condition(frame)


def all_of(*conditions: Condition) -> Condition:
    return lambda frame: reduce(and_, (condition(frame) for condition in conditions))


def any_of(*conditions: Condition) -> Condition:
    return lambda frame: reduce(or_, (condition(frame) for condition in conditions))


def numbers(values: pd.Series) -> pd.Series:
    """Return Int64, Float64 or object as float64, missing as NaN."""
    return values.astype("float64")


def days(moments: pd.Series) -> pd.Series:
    """Return of dates or datetimes the midnight at which their day begins, missing as NaT."""
    return pd.to_datetime(moments).dt.normalize()


def _answered(values: pd.Series, answer: bool) -> pd.Series:
    return values.eq(answer).fillna(False).astype(bool)
