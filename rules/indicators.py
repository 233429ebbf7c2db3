"""How records become an indicator: builders of `contributions` (what each row adds) and the folding of rows into a
Figure.

The figure on the board and the rows counted or not counted on the proof page come from the same contributions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise, repeat
from math import fsum, isnan

import numpy as np
import pandas as pd

from models.definitions import Contribution, Frames, Indicator, Totals
from models.figures import NO_FIGURE, Figure, Increment
from rules.conditions import Condition, all_of, every, filled
from rules.stacks import Stack, Stacked
from rules.stacks import among as in_stack
from rules.tallies import Tally, day_of, distinct, records, total, value

Contributions = Callable[[Frames], list[Contribution]]


def share(part: str, having: Condition, among: Condition = every, due: str | None = None) -> Contributions:
    """Records `having` it among those that count. `due`: a date field; a record counts from that day on, none without
    it.
    """
    counted = all_of(among, filled(due)) if due else among
    return parted(part, records(all_of(counted, having)), records(counted), day_of(due) if due else None)


def share_of_distinct(part: str, identity: str, having: Condition, among: Condition) -> Contributions:
    """Return distinct identities that count, and those of them with any record `having` it; each is placed at its first
    counted row.
    """

    def of_having(frame: pd.DataFrame) -> pd.Series:
        return in_stack(frame, frame[identity], frame, frame.loc[having(frame), identity])

    return parted(part, distinct(identity, all_of(among, of_having)), distinct(identity, among))


def share_found(part: str, identity: str, among: Condition, elsewhere: tuple[str, Tally]) -> Contributions:
    """Return distinct identities that count, and those of them found among the values that another
    part's tally gives.
    """

    def contributions(frames: Frames) -> list[Contribution]:
        other = reported(frames, elsewhere[0])
        values = elsewhere[1](other)
        return share_of_distinct(part, identity, lambda frame: in_stack(frame, frame[identity], other, values), among)(
            frames
        )

    return contributions


def count(part: str, counted: Condition = every) -> Contributions:
    """Return how many records count; no denominator."""
    return parted(part, records(counted), None)


def sums(part: str, numerator: Sequence[str], denominator: str | None = None) -> Contributions:
    """Return Σ of the numerator's fields ÷ Σ of the denominator's field; a count where that is None."""
    return parted(part, total(*numerator), total(denominator) if denominator else None)


def mean(part: str, of: Tally, among: Condition) -> Contributions:
    """Return Σ of a value over the records that count ÷ their number."""
    return parted(part, value(of, among), records(among))


def parted(part: str, numerator: Tally, denominator: Tally | None, due: Tally | None = None) -> Contributions:
    """Return numerator and denominator from the records of one part. `due` gives the date from which each counts."""

    def contributions(frames: Frames) -> list[Contribution]:
        frame = reported(frames, part)
        return [
            Contribution(
                part, numerator(frame), denominator(frame) if denominator else None, due(frame) if due else None
            )
        ]

    return contributions


def across(numerator: tuple[str, Tally], denominator: tuple[str, Tally]) -> Contributions:
    """Return numerator from the records of one part, denominator from those of another."""

    def contributions(frames: Frames) -> list[Contribution]:
        above, below = reported(frames, numerator[0]), reported(frames, denominator[0])
        return [
            Contribution(numerator[0], numerator=numerator[1](above)),
            Contribution(denominator[0], denominator=denominator[1](below)),
        ]

    return contributions


def reported(frames: Frames, part: str) -> pd.DataFrame:
    """Return the records of a part that was reported; KeyError where it never was."""
    frame = frames.get(part)
    if frame is None:
        raise KeyError(part)
    return frame


def fold(indicator: Indicator, frames: Frames) -> Figure:
    """Return the figure of an indicator from the records in force; NO_FIGURE where a part was never reported or nothing
    is filled.
    """
    return fold_each(indicator, Stack([frames]))[0]


def fold_each(indicator: Indicator, stack: Stack) -> list[Figure]:
    """Return what `fold` does, of each of the frames stacked."""
    if indicator.contributions is None:
        raise ValueError(f"{indicator.code} sums kept figures: add them")
    stacked = stack.of(indicator.parts)
    figures = [NO_FIGURE] * len(stack.all)
    if stacked.places:
        sums = _figures(indicator.contributions(stacked.frames), stacked, counts_only=indicator.denominator is None)
        for place, figure in zip(stacked.places, sums, strict=True):
            figures[place] = figure
    return figures


def _figures(contributions: list[Contribution], stacked: Stacked, counts_only: bool) -> list[Figure]:
    above = _sums(
        [
            (contribution.numerator, contribution.numerator_totals, stacked.starts[contribution.part])
            for contribution in contributions
            if contribution.numerator is not None
        ]
    )
    below = _sums(
        [
            (contribution.denominator, contribution.denominator_totals, stacked.starts[contribution.part])
            for contribution in contributions
            if contribution.denominator is not None
        ]
    )
    dues = _dues(contributions, stacked)
    return [
        NO_FIGURE
        if numerator is None or (denominator is None and not counts_only)
        else Figure(numerator, None if counts_only else denominator, due)
        for numerator, denominator, due in zip(
            above or repeat(0.0, len(stacked.places)), below or repeat(0.0, len(stacked.places)), dues, strict=True
        )
    ]


def _sums(columns: list[tuple[pd.Series, Totals | None, np.ndarray]]) -> list[float | None]:
    """Of each stack. None where a column has rows and not one of them is filled: missing is never zero, a zero report
    is.

    Added exactly (fsum), so that the order of the rows never moves the last digit of a figure.
    """
    by_column = [
        _sums_of(column.to_numpy(dtype="float64", na_value=np.nan), starts)
        if totals is None
        else [_known(totals.of(index)) for index in range(len(starts) - 1)]
        for column, totals, starts in columns
    ]
    return [None if None in parts else fsum(parts) for parts in zip(*by_column, strict=True)]


def _known(total: float) -> float | None:
    return None if isnan(total) else total


def _sums_of(values: np.ndarray, starts: np.ndarray) -> list[float | None]:
    filled = ~np.isnan(values)
    sums: list[float | None] = []
    for begin, end in pairwise(starts.tolist()):
        known = values[begin:end][filled[begin:end]]
        sums.append(None if end > begin and not len(known) else exact_sum(known))
    return sums


def exact_sum(values: np.ndarray) -> float:
    """Return the sum of floats without any error of adding; whole numbers, which add up exactly, the quick way."""
    with np.errstate(invalid="ignore"):
        whole = (values == np.floor(values)).all() and np.abs(values).sum() < 2**53
    return float(values.sum()) if whole else fsum(values.tolist())


def _dues(contributions: list[Contribution], stacked: Stacked) -> list[tuple[Increment, ...] | None]:
    """Of each stack what is added on which day; None where nothing counts from a day on."""
    dated = [c for c in contributions if c.due is not None]
    number = len(stacked.places)
    if not dated:
        return [None] * number
    rows = pd.concat(
        [
            pd.DataFrame(
                {
                    "stack": np.repeat(np.arange(number), np.diff(stacked.starts[c.part])),
                    "day": c.due,
                    "numerator": c.numerator,
                    "denominator": 0.0 if c.denominator is None else c.denominator,
                }
            )
            for c in dated
        ]
    )
    counting = (rows["numerator"].fillna(0.0) != 0) | (rows["denominator"].fillna(0.0) != 0)
    daily = rows[counting].groupby(["stack", "day"], sort=True)[["numerator", "denominator"]].sum()
    dues: list[list[Increment]] = [[] for _ in range(number)]
    for (place, day), above, below in daily.itertuples():
        dues[place].append((day.date(), float(above), float(below)))
    return [tuple(day) for day in dues]


def add(figures: Iterable[Figure]) -> Figure:
    """Return several stored figures as one (the guide rules of a measure); NO_FIGURE where one of them is missing or
    there is none.
    """
    all_figures = list(figures)
    if not all_figures or any(figure.numerator is None for figure in all_figures):
        return NO_FIGURE
    return Figure(sum(f.numerator or 0.0 for f in all_figures), sum(f.denominator or 0.0 for f in all_figures))


def sum_of_known(figures: Iterable[tuple[float | None, float | None]]) -> tuple[float | None, float | None]:
    """Return (numerator, denominator) of several units as one: those that have figures added up, nothing where none
    has.
    """
    known = [(above, below) for above, below in figures if above is not None]
    denominators = [below for _, below in known if below is not None]
    return sum(above for above, _ in known) if known else None, sum(denominators) if denominators else None


def at(figure: Figure, as_of: date) -> tuple[float | None, float | None]:
    """Return numerator and denominator at the end of a day: of what is “already due”, only the days up to it."""
    if figure.due is None or figure.numerator is None:
        return figure.numerator, figure.denominator
    counted = [increment for increment in figure.due if increment[0] <= as_of]
    below = None if figure.denominator is None else float(sum(below for _, _, below in counted))
    return float(sum(above for _, above, _ in counted)), below


def rate(numerator: float | None, denominator: float | None) -> float | None:
    """Return numerator ÷ denominator; a count (no denominator) is its numerator; nothing to divide by is no rate, never
    0 or 1.
    """
    if numerator is None or denominator is None:
        return numerator
    return numerator / denominator if denominator else None
