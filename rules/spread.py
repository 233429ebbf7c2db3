"""How the rows of any table spread: rows by month and unit, the answers of a choice by month, numbers in classes.

Pure: from a frame and the declaration of its fields to plain shapes. What was not filled is a category of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from models.chart_data import Share, Stack
from models.definitions import Field, Kind

CHOSEN = (Kind.CHOICE, Kind.YES_NO, Kind.YES_NO_OR_FILE)
COUNTED = (Kind.INT, Kind.DURATION)
MOST_WORDS = 5
MOST_CLASSES = 6
BLANK, REST = "未填", "其他"
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class ChoiceSpread:
    """The rows of each month by what they say; `words`: in the order of the stacks' parts."""

    label: str
    words: tuple[str, ...]
    months: tuple[Stack, ...]


@dataclass(frozen=True)
class NumberSpread:
    """Rows by classes of a number, of all rows; `middle`: the median of those filled, or None."""

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


def spread_of(rows: pd.DataFrame, fields: Iterable[Field]) -> Spread:
    """Return how rows with the columns unit and month, and those of the fields, spread."""
    every = list(fields)
    whole = len(rows)
    months = rows["month"].value_counts().sort_index()
    units = rows["unit"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return Spread(
        whole,
        tuple(Share(str(month), int(number), whole) for month, number in months.items()),
        tuple(Share(str(unit), int(number), whole) for unit, number in units.items()),
        tuple(_choice(rows, field) for field in every if field.kind in CHOSEN),
        tuple(_number(rows, field) for field in every if field.kind in COUNTED),
    )


def _choice(rows: pd.DataFrame, field: Field) -> ChoiceSpread:
    """Words in the order of their declaration; of very many those that most rows say, the rest as one."""
    said = rows[field.name].map(_word, na_action="ignore").astype(object).fillna(BLANK)
    numbers = said.value_counts()
    declared = list(field.choices) if field.kind is Kind.CHOICE else ["是", "否"]
    words = [word for word in declared if word in numbers] or declared[:MOST_WORDS]
    words += [str(word) for word in numbers.index if word not in words and word != BLANK]
    if len(words) > MOST_WORDS + 1:
        most = set(sorted(words, key=lambda word: -int(numbers.get(word, 0)))[:MOST_WORDS])
        words = [word for word in words if word in most]
        said = said.where(said.isin([*words, BLANK]), REST)
        words.append(REST)
    if BLANK in numbers:
        words.append(BLANK)
    crossed = pd.crosstab(rows["month"], said).reindex(columns=words, fill_value=0).sort_index()
    months = (Stack(str(month), tuple(map(float, parts))) for month, *parts in crossed.itertuples())
    return ChoiceSpread(field.label, tuple(words), tuple(months))


def _word(value: object) -> str:
    return "是" if value is True else "否" if value is False else str(value)


def _number(rows: pd.DataFrame, field: Field) -> NumberSpread:
    values = pd.to_numeric(rows[field.name], errors="coerce").astype("float64")
    known, whole = values.dropna(), len(rows)
    classes = [Share(label, number, whole) for label, number in _classes(known)] if len(known) else []
    blank = whole - len(known)
    if blank:
        classes.append(Share(BLANK, blank, whole))
    return NumberSpread(field.label, tuple(classes), float(known.median()) if len(known) else None)


def _classes(values: pd.Series) -> list[tuple[str, int]]:
    """Return few numbers one by one, many in classes of one round width."""
    counts = values.value_counts().sort_index()
    if len(counts) <= MOST_CLASSES:
        return [(f"{value:,g}", int(number)) for value, number in counts.items()]
    step = _round_up((values.max() - values.min()) / MOST_CLASSES)
    if (values % 1 == 0).all():
        step = max(step, 1.0)
    places = (values // step).astype("int64")
    first, last = int(places.min()), int(places.max())
    numbers = places.value_counts()
    return [
        (f"{place * step:,g}–{(place + 1) * step:,g}", int(numbers.get(place, 0))) for place in range(first, last + 1)
    ]


def _round_up(width: float) -> float:
    """Return the next of 1, 2, 5, 10, 20, 50 …"""
    power = 10.0 ** math.floor(math.log10(width))
    return next(step * power for step in _STEPS if step * power >= width * (1 - 1e-9))
