"""The figure of an indicator: what its numerator and denominator add up to, and from which day on each part counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Increment = tuple[date, float, float]
"""(day from which it counts, what it adds to the numerator, what it adds to the denominator)"""


@dataclass(frozen=True, slots=True)
class Figure:
    """Numerator and denominator of one indicator of one unit. Both None: no figure (never reported, or nothing filled).

    A count has a numerator and no denominator. `due` is set for indicators over “already due” alone: increments sorted
    by day, one a day; numerator and denominator are then the totals over all days.
    """

    numerator: float | None
    denominator: float | None
    due: tuple[Increment, ...] | None = None


NO_FIGURE = Figure(None, None)
