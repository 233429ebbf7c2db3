"""How records become a breakdown: builders that spread the records of a part over keys, with numbers beside each.

Grouped by hand: a unit's ledger has few rows, and a frame's own grouping costs more than that does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from models.breakdowns import Breakdown, Cell, Rows
from models.definitions import Frames
from rules.conditions import Condition, days, every
from rules.indicators import reported
from rules.stacks import STACK, Stack, highest
from rules.tallies import Tally

Column = Callable[[pd.DataFrame], pd.Series]
Key = str | Column
"""A field, or computed from the records: what a record is grouped by."""

PLACE = {"submission_id": "submission_id", "sheet": "sheet", "row": "row"}
"""Keys that tell where a record stands in the file as uploaded."""

MANY = 200  # values from which finding the distinct ones pays
IN_TIME, LATE, CLOSED, OPEN = "按期办结", "逾期办结", "办结（无时限）", "未办结"


def breakdown(
    code: str, part: str, keys: Mapping[str, Key], sums: Mapping[str, Tally] | None = None, among: Condition = every
) -> Breakdown:
    """Return a breakdown of the records `among` those of a part over `keys`: `number` is how many, each of `sums` adds
    up what is filled.
    """
    tallies = sums or {}

    def rows(frames: Frames) -> Rows:
        frame = reported(frames, part)
        frame = frame[among(frame)]
        stack = [frame[STACK]] if STACK in frame else []
        columns = [_column(frame, key) for key in keys.values()]
        return count_by([*stack, *columns], [tally(frame) for tally in tallies.values()])

    return Breakdown(code, (part,), tuple(keys), ("number", *tallies), rows, stacks=True)


def rows_each(breakdown: Breakdown, stack: Stack) -> list[Rows | None]:
    """Return the rows of each of the frames stacked; None where a part was never reported."""
    stacked = stack.of(breakdown.parts)
    of_units: list[Rows | None] = [None] * len(stack.all)
    if not breakdown.stacks or len(stacked.places) == 1:
        for place in stacked.places:
            of_units[place] = breakdown.rows(stack.all[place])
    elif stacked.places:
        rows: list[Rows] = [[] for _ in stacked.places]
        for number, *row in breakdown.rows(stacked.frames):
            rows[int(str(number))].append(row)
        for place, of_place in zip(stacked.places, rows, strict=True):
            of_units[place] = of_place
    return of_units


def count_by(keys: Sequence[pd.Series], columns: Iterable[pd.Series] = ()) -> Rows:
    """Return rows [*key, how many, Σ of each column] in the order of the keys; a sum of nothing filled
    is None, not 0.
    """
    coded = [_coded(key) for key in keys]
    groups = coded[0][0]
    for codes, words in coded[1:]:  # one key after another: all at once they are more combinations than a number holds
        groups = np.unique(groups * max(len(words), 1) + codes, return_inverse=True)[1]
    _, first, groups = np.unique(groups, return_index=True, return_inverse=True)
    categories = [[words[codes[row]] for codes, words in coded] for row in first]
    numbers = [
        np.bincount(groups, minlength=len(categories)).tolist(),
        *(_sums(column, groups, len(categories)) for column in columns),
    ]
    rows = [[*key, *amounts] for key, *amounts in zip(categories, *numbers, strict=True)]
    return sorted(rows, key=lambda row: tuple(map(_order, row[: len(coded)])))


def _coded(values: pd.Series) -> tuple[np.ndarray, list[Cell]]:
    """Where each value stands among the distinct ones; of a long column each distinct one is made once."""
    if len(values) <= MANY:
        places, cells = np.arange(len(values)), plain(values)
    else:
        places, distinct = pd.factorize(values)
        cells = [*plain(pd.Series(distinct)), None]
    numbers: dict[Cell, int] = {}
    codes = np.fromiter((numbers.setdefault(cell, len(numbers)) for cell in cells), dtype=np.intp, count=len(cells))
    return codes[places], list(numbers)


def _sums(column: pd.Series, groups: np.ndarray, number: int) -> list[Cell]:
    """Of each group; None where nothing in it is filled."""
    amounts = _amounts(column)
    there = ~np.isnan(amounts)
    filled = np.bincount(groups[there], minlength=number).tolist()
    sums = np.bincount(groups[there], amounts[there], minlength=number).tolist()
    return [_plain(total) if known else None for total, known in zip(sums, filled, strict=True)]


def _amounts(column: pd.Series) -> np.ndarray:
    """NaN where there is no number."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return column.to_numpy(dtype=float, na_value=np.nan)
    return np.array([cell if isinstance(cell, int | float) else np.nan for cell in plain(column)], dtype=float)


def plain(values: pd.Series) -> list[Cell]:
    """Return a column as it is stored."""
    return [_plain(value) for value in values.astype(object).where(values.notna(), None)]


def case_state(closed: str, due: str) -> Column:
    """Return whether a case is closed, and whether by its due day; without one it is neither in time nor late."""

    def state(frame: pd.DataFrame) -> pd.Series:
        ended, limit = days(frame[closed]), days(frame[due])
        words = pd.Series(CLOSED, frame.index, dtype=object)
        words[limit.notna()] = IN_TIME
        words[ended > limit] = LATE
        words[ended.isna()] = OPEN
        return words

    return state


def due_while_open(closed: str, due: str) -> Column:
    """Return the due day of what is not closed, so that it can be judged overdue on any day; nothing for the rest."""
    return lambda frame: days(frame[due]).where(frame[closed].isna())


def day_if_closed_lately(closed: str) -> Column:
    """Return the day on which a case was closed if that is not before the last month reported; nothing for the rest.

    On every day on which that month is known, any earlier day is over.
    """

    def closing_days(frame: pd.DataFrame) -> pd.Series:
        ended = days(frame[closed])
        return ended.where(ended >= highest(frame, pd.to_datetime(frame["month"])))

    return closing_days


def due_if_yet_to_come(closed: str, due: str) -> Column:
    """Return the due day of what is open, and of what was closed before a day that comes after the last month reported.

    Any earlier day has come on every day on which these months are shown, and need not be kept.
    """

    def dues(frame: pd.DataFrame) -> pd.Series:
        limit = days(frame[due])
        month_end = highest(frame, pd.to_datetime(frame["month"])) + pd.offsets.MonthEnd()
        return limit.where(frame[closed].isna() | (limit > month_end))

    return dues


def month_of(field: str) -> Column:
    """Return YYYY-MM of a day or moment."""

    def months(frame: pd.DataFrame) -> pd.Series:
        moments = pd.to_datetime(frame[field])
        words = np.datetime_as_string(moments.to_numpy("datetime64[M]"))
        return pd.Series(words, frame.index, dtype=object).where(moments.notna(), None)

    return months


def _column(frame: pd.DataFrame, key: Key) -> pd.Series:
    return frame[key] if isinstance(key, str) else key(frame)


def _plain(value: Any) -> Cell:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _order(value: Cell) -> tuple[int, Any]:
    """Numbers, then words, then what is missing."""
    return (2, "") if value is None else (1, value) if isinstance(value, str) else (0, value)
