"""How the rows of any table spread: rows by month and unit, the answers of a choice by month, numbers in classes.

Pure: from a frame and the declaration of its fields to plain shapes. What was not filled is a category of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.chart_data import Share, Stack
from models.definitions import Field, Kind

CHOSEN = (Kind.CHOICE, Kind.YES_NO, Kind.YES_NO_OR_FILE)
COUNTED = (Kind.INT, Kind.DECIMAL, Kind.DURATION)
MOST_WORDS = 5
MOST_CLASSES = 6
BLANK, REST = "未填", "其他"
_STEPS = (1, 2, 5, 10)
DIGITS = 3
DECIMALS = 9  # beyond which a float is nothing but noise
TINY = 1e-9  # 0.3 is a little less than three tenths


@dataclass(frozen=True)
class ChoiceSpread:
    """The rows of each month by what they say; `words`: in the order of the stacks' parts."""

    label: str
    words: tuple[str, ...]
    months: tuple[Stack, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nobody filled it in."""
        filled = [place for place, word in enumerate(self.words) if word != BLANK]
        return not any(stack.parts[place] for stack in self.months for place in filled)


@dataclass(frozen=True)
class NumberSpread:
    """Rows by classes of a number, of all rows; `middle`: the median of those filled (floored), or None."""

    label: str
    classes: tuple[Share, ...]
    middle: float | None


@dataclass(frozen=True)
class Spread:
    """`months` in their order; `units` the most rows first."""

    rows: int
    months: tuple[Share, ...]
    units: tuple[Share, ...]
    choices: tuple[ChoiceSpread, ...]
    numbers: tuple[NumberSpread, ...]


def spread_of(counts: pd.DataFrame, of_fields: Mapping[str, pd.DataFrame], fields: Iterable[Field]) -> Spread:
    """Return how rows spread. `counts`: unit, month and the number of rows; `of_fields`: of a choice month, value and
    number, of a number value (floored) and number.
    """
    every = list(fields)
    whole = int(counts["number"].sum())
    months = counts.groupby("month")["number"].sum().sort_index()
    units = counts.groupby("unit")["number"].sum().sort_index().sort_values(ascending=False, kind="stable")
    return Spread(
        whole,
        tuple(Share(str(month), int(number), whole) for month, number in months.items()),
        tuple(Share(str(unit), int(number), whole) for unit, number in units.items()),
        tuple(_choice(of_fields[field.name], field) for field in every if field.kind in CHOSEN),
        tuple(_number(of_fields[field.name], field) for field in every if field.kind in COUNTED),
    )


def counted(rows: pd.DataFrame, field: Field) -> pd.DataFrame:
    """Return what `spread_of` takes of a field, from the rows themselves."""
    if field.kind in CHOSEN:
        said = rows[["month", field.name]].set_axis(["month", "value"], axis=1)
        said["value"] = said["value"].map(_word, na_action="ignore").astype(object)
    else:
        said = pd.DataFrame({"value": floored(rows[field.name])})
    return said.groupby(list(said), dropna=False).size().reset_index(name="number")


def floored(values: pd.Series) -> pd.Series:
    """Return the numbers down to three digits that count, so that there are few of them however many rows; missing ones
    stay so. No class of a round width begins between.
    """
    known = pd.to_numeric(values, errors="coerce").to_numpy(dtype="float64", na_value=np.nan)
    size = np.abs(np.where(known == 0, np.nan, known))
    step = 10.0 ** (np.floor(np.log10(size)) - DIGITS + 1)
    down = np.round(np.floor(known / step + TINY) * step, DECIMALS)
    return pd.Series(np.where(known == 0, known, down), values.index)


def _choice(said: pd.DataFrame, field: Field) -> ChoiceSpread:
    """Words in the order of their declaration; of very many those that most rows say, the rest as one."""
    said = said.assign(value=said["value"].astype(object).where(said["value"].notna(), BLANK))
    numbers = said.groupby("value")["number"].sum().sort_values(ascending=False, kind="stable")
    declared = list(field.choices) if field.kind is Kind.CHOICE else ["是", "否"]
    words = [word for word in declared if word in numbers] or declared[:MOST_WORDS]
    words += [str(word) for word in numbers.index if word not in words and word != BLANK]
    if len(words) > MOST_WORDS + 1:
        most = set(sorted(words, key=lambda word: -int(numbers.get(word, 0)))[:MOST_WORDS])
        words = [word for word in words if word in most]
        said = said.assign(value=said["value"].where(said["value"].isin([*words, BLANK]), REST))
        words.append(REST)
    if BLANK in numbers:
        words.append(BLANK)
    crossed = said.pivot_table(index="month", columns="value", values="number", aggfunc="sum", fill_value=0)
    crossed = crossed.reindex(columns=words, fill_value=0).sort_index()
    months = (Stack(str(month), tuple(map(float, parts))) for month, *parts in crossed.itertuples())
    return ChoiceSpread(field.label, tuple(words), tuple(months))


def _word(value: object) -> str:
    return "是" if value is True else "否" if value is False else str(value)


def _number(said: pd.DataFrame, field: Field) -> NumberSpread:
    whole = int(said["number"].sum())
    counts = said.dropna(subset=["value"]).groupby("value")["number"].sum().sort_index()
    counts.index = counts.index.astype("float64")
    classes = [Share(label, number, whole) for label, number in _classes(counts)]
    if blank := whole - int(counts.sum()):
        classes.append(Share(BLANK, blank, whole))
    return NumberSpread(field.label, tuple(classes), _middle(counts))


def _middle(counts: pd.Series) -> float | None:
    """The median of values by how often each stands."""
    number = int(counts.sum())
    if not number:
        return None
    ends = counts.cumsum().to_numpy()
    low, high = (
        counts.index[int(np.searchsorted(ends, place, side="right"))] for place in ((number - 1) // 2, number // 2)
    )
    return float(low + high) / 2


def _classes(counts: pd.Series) -> list[tuple[str, int]]:
    """Return few numbers one by one, many in classes of one round width."""
    if len(counts) <= MOST_CLASSES:
        return [(f"{value:,.10g}", int(number)) for value, number in counts.items()]
    values = counts.index.to_numpy()
    step = _round_up((values.max() - values.min()) / MOST_CLASSES)
    if (values % 1 == 0).all():
        step = max(step, 1.0)
    places = pd.Series((values // step).astype("int64"), counts.index)
    first, last = int(places.min()), int(places.max())
    numbers = counts.groupby(places).sum()
    return [
        (f"{index * step:,.10g}–{(index + 1) * step:,.10g}", int(numbers.get(index, 0)))
        for index in range(first, last + 1)
    ]


def _round_up(width: float) -> float:
    """Return the next of 1, 2, 5, 10, 20, 50 …"""
    power = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in _STEPS if step * power >= width * (1 - 1e-9))
