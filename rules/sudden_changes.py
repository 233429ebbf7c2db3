"""突变: from a monthly figure and the same figure of earlier months to whether it is beyond the unit's own history.

It is, where its robust z-score is at least 3.5 (Iglewicz and Hoaglin's modified z: 0.6745 · (x − median) ÷ MAD, the
median of the absolute deviations from the median) over at least four earlier months, or where it differs from the month
reported before by half and by 20. Source: issue 15, 7; decisions in docs/decisions/0014.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

LEAST_MONTHS = 4
LARGEST_Z = 3.5
NORMAL = 0.6745
"""The MAD of the normal distribution, in standard deviations."""
HALF, LEAST_DIFFERENCE = 0.5, 20
MonthlyValue = tuple[str, float]
"""(month, figure)"""


@dataclass(frozen=True, slots=True)
class SuddenChange:
    """A figure beyond its history. `z` None: fewer than four earlier months, or all of them alike."""

    month: str
    value: float
    before: MonthlyValue  # the month reported before
    z: float | None


def robust_z(value: float, earlier: Sequence[float]) -> float | None:
    """Return the modified z-score, or None where there are fewer than four earlier figures, or most of them are the
    same: a MAD of 0 tells no spread to measure by.
    """
    if len(earlier) < LEAST_MONTHS:
        return None
    middle = median(earlier)
    spread = median(abs(figure - middle) for figure in earlier)
    return NORMAL * (value - middle) / spread if spread else None


def sudden_change(month: str, value: float, history: Sequence[MonthlyValue]) -> SuddenChange | None:
    """Return the change where the figure of a month is beyond its history, else None. `history`: of other months, each
    once; those after the month are not looked at.
    """
    earlier = sorted(entry for entry in history if entry[0] < month)
    if not earlier:
        return None
    z = robust_z(value, [figure for _, figure in earlier])
    before = earlier[-1]
    difference = abs(value - before[1])
    is_large = difference >= LEAST_DIFFERENCE and difference >= HALF * before[1]
    if is_large or (z is not None and abs(z) >= LARGEST_Z):
        return SuddenChange(month, value, before, z)
    return None


def change_in_words(title: str, change: SuddenChange) -> str:
    """Return “呼入量 2023-07 为 1,200，2023-06 为 300，增加 300%；稳健 z 值 5.2”."""
    month, before = change.before
    words = f"{title} {change.month} 为 {change.value:,.0f}，{month} 为 {before:,.0f}，{_difference(change)}"
    return words if change.z is None else f"{words}；与此前各月相比，稳健 z 值 {change.z:.1f}"


def _difference(change: SuddenChange) -> str:
    difference = change.value - change.before[1]
    word = "增加" if difference > 0 else "减少" if difference < 0 else "持平"
    if difference == 0 or change.before[1] == 0:
        return f"{word} {abs(difference):,.0f}" if difference else word
    return f"{word} {abs(difference):,.0f}（{abs(difference) / change.before[1]:.0%}）"
