"""How many to draw (supervision.md 2.3): from what was typed and the population to a Size and its margin."""

from __future__ import annotations

from math import ceil, comb, sqrt

from models.spot_checks import Confidence, Size

ALLOWANCE = 1e-9  # what rounding up forgives of floating point


def margin_reached(n: int, population: int, confidence: Confidence, expected: float = 0.5) -> float:
    """Return z·√(p(1−p) ÷ n · (N−n) ÷ (N−1)); 0 for all."""
    if n >= population:
        return 0.0
    return confidence.z * sqrt(expected * (1 - expected) / n * (population - n) / (population - 1))


def size_by_number(requested: int | None, population: int, confidence: Confidence, expected: float = 0.5) -> Size:
    """Return the number asked for; all where it is no less than the population, or where none was given."""
    if requested is None or requested >= population:
        return Size("all", requested, population, 0.0)
    return Size("number", requested, requested, margin_reached(requested, population, confidence, expected))


def size_by_margin(margin: float, population: int, confidence: Confidence, expected: float = 0.5) -> Size:
    """Return the size whose interval reaches so far to either side of an expected share."""
    infinite = confidence.z**2 * expected * (1 - expected) / margin**2
    n = _within(_rounded_up(infinite / (1 + (infinite - 1) / population)), population)
    return Size("margin", margin, n, margin_reached(n, population, confidence, expected))


def size_by_tolerable(tolerable: float, population: int, confidence: Confidence) -> Size:
    """Return the least size that shows one of the tolerable share of wrong ones with that confidence."""
    n = _within(least_to_discover(wrong_ones(tolerable, population), population, confidence), population)
    return Size("tolerable", tolerable, n, margin_reached(n, population, confidence))


def resized(size: Size, n: int, population: int, confidence: Confidence, expected: float = 0.5) -> Size:
    """Return the same reckoning with another n (raised for the strata, or extended)."""
    return Size(size.by, size.requested, n, margin_reached(n, population, confidence, expected))


def wrong_ones(tolerable: float, population: int) -> int:
    """Return D: so many wrong ones are too many."""
    return max(1, _rounded_up(tolerable * population))


def least_to_discover(wrong: int, population: int, confidence: Confidence) -> int:
    """Return the least n with C(N−D, n) ÷ C(N, n) ≤ 1 − c, in whole numbers."""
    low, high = 1, population
    while low < high:
        middle = (low + high) // 2
        if _is_discovered(middle, wrong, population, confidence):
            high = middle
        else:
            low = middle + 1
    return low


def _is_discovered(n: int, wrong: int, population: int, confidence: Confidence) -> bool:
    # C(N−D, n) ÷ C(N, n) = C(N−n, D) ÷ C(N, D): of the two the one with the smaller numbers.
    drawn, others = min(n, wrong), max(n, wrong)
    missed, ways = comb(population - others, drawn), comb(population, drawn)
    return missed * confidence.tail.denominator <= ways * confidence.tail.numerator


def _rounded_up(number: float) -> int:
    return ceil(number - ALLOWANCE)


def _within(n: int, population: int) -> int:
    return min(max(n, 1), population)
