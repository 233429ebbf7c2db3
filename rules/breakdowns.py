"""How records become a breakdown: builders that spread the records of a part over keys, with numbers beside each.

Grouped with a plain dictionary: a unit's ledger has few rows, and a frame's own grouping costs more than that does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from models.breakdowns import Breakdown, Cell, Rows
from models.definitions import Frames
from rules.conditions import Condition, days, every
from rules.indicators import reported
from rules.tallies import Tally

Column = Callable[[pd.DataFrame], pd.Series]
Key = str | Column
"""A field, or computed from the records: what a record is grouped by."""

PLACE = {"submission_id": "submission_id", "sheet": "sheet", "row": "row"}
"""Keys that tell where a record stands in the file as uploaded."""

MANY = 200  # values from which finding the distinct ones pays
IN_TIME, LATE, CLOSED, OPEN = "按期办结", "逾期办结", "办结（无时限）", "未办结"


def breakdown(code: str, part: str, keys: Mapping[str, Key], sums: Mapping[str, Tally] | None = None,
              among: Condition = every) -> Breakdown:
    """The records `among` those of a part, spread over `keys`: `number` is how many, each of `sums` adds up what is filled."""
    tallies = sums or {}

    def rows(frames: Frames) -> Rows:
        frame = reported(frames, part)
        frame = frame[among(frame)]
        grouped = zip(*(plain(_column(frame, key)) for key in keys.values()), strict=True)
        return spread(grouped, [plain(tally(frame)) for tally in tallies.values()])

    return Breakdown(code, (part,), tuple(keys), ("number", *tallies), rows)


def spread(keys: Iterable[tuple[Cell, ...]], columns: Iterable[list[Cell]] = ()) -> Rows:
    """[*key, how many, Σ of each column]; a sum of nothing filled is None, not 0. In the order of the keys."""
    numbers: dict[tuple[Cell, ...], int] = {}
    groups = np.fromiter((numbers.setdefault(key, len(numbers)) for key in keys), dtype=np.intp)
    sums = [_sums(column, groups, len(numbers)) for column in columns]
    counts = np.bincount(groups, minlength=len(numbers)).tolist()
    totals = {key: [counts[group], *(column[group] for column in sums)] for key, group in numbers.items()}
    return _in_order(totals)


def _sums(column: list[Cell], groups: np.ndarray, number: int) -> list[Cell]:
    """Of each group; None where nothing in it is filled."""
    amounts = np.array([amount if isinstance(amount, int | float) else np.nan for amount in column], dtype=float)
    there = ~np.isnan(amounts)
    filled = np.bincount(groups[there], minlength=number).tolist()
    sums = np.bincount(groups[there], amounts[there], minlength=number).tolist()
    return [_plain(total) if known else None for total, known in zip(sums, filled, strict=True)]


def _in_order(totals: Mapping[tuple[Cell, ...], list[Any]]) -> Rows:
    return [[*key, *found] for key, found in sorted(totals.items(), key=lambda item: tuple(map(_order, item[0])))]


def plain(values: pd.Series) -> list[Cell]:
    """A column as it is kept; of a long one each distinct value is made once."""
    if len(values) <= MANY:
        return [_plain(value) for value in values.astype(object).where(values.notna(), None)]
    places, distinct = pd.factorize(values)
    made = [*(_plain(value) for value in pd.Series(distinct).astype(object)), None]
    return [made[place] for place in places.tolist()]


def case_state(closed: str, due: str) -> Column:
    """Whether a case is closed, and whether by its due day; without one it is neither in time nor late."""
    def state(frame: pd.DataFrame) -> pd.Series:
        ended, limit = days(frame[closed]), days(frame[due])
        words = pd.Series(CLOSED, frame.index, dtype=object)
        words[limit.notna()] = IN_TIME
        words[ended > limit] = LATE
        words[ended.isna()] = OPEN
        return words
    return state


def due_while_open(closed: str, due: str) -> Column:
    """The due day of what is not closed, so that it can be told overdue on any day; nothing for the rest."""
    return lambda frame: days(frame[due]).where(frame[closed].isna())


def month_of(field: str) -> Column:
    """YYYY-MM of a day or moment."""
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
