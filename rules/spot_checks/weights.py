"""Risk weights (supervision.md 2.4): from the signals of an element to a whole number from 1 to 5."""

from __future__ import annotations

from collections.abc import Iterable

from models.spot_checks import Signal

HEAVIEST = 5


def weight_of(signals: Iterable[Signal]) -> int:
    """Return min(5, 1 + sum of the signals)."""
    return min(HEAVIEST, 1 + sum(signal.weight for signal in signals))
