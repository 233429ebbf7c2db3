"""What may be said of a whole population (supervision.md 2.7): from counts of checked elements to intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import comb, sqrt

from models.spot_checks import Checked, Confidence, Interval


@lru_cache(maxsize=4096)
def exact_interval(population: int, checked: int, passed: int, confidence: Confidence) -> Interval:
    """Return the exact interval of how many of N pass, k of n drawn without replacement having passed.

    low is the least M with P(X ≥ k | M) > α ÷ 2, high the greatest with P(X ≤ k | M) > α ÷ 2, in whole numbers; both
    tails move one way with M. `checked` is above 0.
    """
    half, samples = confidence.tail / 2, comb(population, checked)

    def is_open(ways: int) -> bool:
        return ways * half.denominator > samples * half.numerator

    least, most = passed, population - (checked - passed)
    low = _first(least, most, lambda right: is_open(ways_from(passed, population, right, checked)))
    fewer = _first(0, most - least, lambda gap: is_open(ways_up_to(passed, population, most - gap, checked)))
    return Interval(passed / checked, low / population, (most - fewer) / population, low, most - fewer)


def ways_from(k: int, population: int, right: int, drawn: int) -> int:
    """Return in how many of the C(N, n) samples at least k are right, where `right` of the population are."""
    least, most = max(0, drawn - (population - right)), min(drawn, right)
    if k - least < most - k:
        return comb(population, drawn) - _ways(least, k - 1, population, right, drawn)
    return _ways(max(k, least), most, population, right, drawn)


def ways_up_to(k: int, population: int, right: int, drawn: int) -> int:
    """Return in how many of them at most k are right."""
    return comb(population, drawn) - ways_from(k + 1, population, right, drawn)


def _ways(first: int, last: int, population: int, right: int, drawn: int) -> int:
    """Return in how many samples from `first` to `last` are right; both within what is possible, or nothing between."""
    if first > last:
        return 0
    wrong = population - right
    ways = comb(right, first) * comb(wrong, drawn - first)
    total = ways
    for x in range(first, last):
        ways = ways * (right - x) * (drawn - x) // ((x + 1) * (wrong - drawn + x + 1))
        total += ways
    return total


def stratified_interval(strata: Iterable[tuple[int, int, int]], confidence: Confidence) -> Interval | None:
    """Return Wilson's interval over strata given as (N_h, n_h checked, k_h passed), or None where nothing was checked.

    Strata without a checked element are left out. No credit is taken for the strata: cautious on purpose.
    """
    counted = [(size, checked, passed) for size, checked, passed in strata if checked]
    if not counted:
        return None
    whole = sum(size for size, _, _ in counted)
    rate = sum(Fraction(size, whole) * Fraction(passed, checked) for size, checked, passed in counted)
    effective = Fraction(whole * whole) / sum(Fraction(size * size, checked) for size, checked, _ in counted)
    if effective == whole:  # nothing is left unchecked
        return Interval(float(rate), float(rate), float(rate))
    corrected = effective * (whole - 1) / (whole - effective)
    return wilson(float(rate), float(corrected), confidence)


def wilson(rate: float, n: float, confidence: Confidence) -> Interval:
    """Return (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n), kept within 0 and 1."""
    z = confidence.z
    middle, scale = rate + z * z / (2 * n), 1 + z * z / n
    reach = z * sqrt(max(rate * (1 - rate), 0.0) / n + z * z / (4 * n * n))
    return Interval(rate, max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale))


def weighted_interval(checked: Sequence[Checked], confidence: Confidence) -> tuple[Interval, float] | None:
    """Return Hájek's estimate over a risk sample with Wilson's interval at n_eff, and n_eff; None without any.

    An approximation: the probabilities of the design are only near the true ones.
    """
    if not checked:
        return None
    inverse = [1 / (element.probability or 1.0) for element in checked]
    rate = sum(weight for weight, element in zip(inverse, checked, strict=True) if element.passed) / sum(inverse)
    effective = sum(inverse) ** 2 / sum(weight * weight for weight in inverse)
    return wilson(min(rate, 1.0), effective, confidence), effective


def by_unit(checked: Iterable[Checked]) -> Mapping[str, tuple[int, int]]:
    """Return unit → (checked, passed)."""
    counts: dict[str, tuple[int, int]] = {}
    for element in checked:
        number, passed = counts.get(element.unit, (0, 0))
        counts[element.unit] = (number + 1, passed + element.passed)
    return counts


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the first whole number from low to high for which it holds; it holds at high, and from some one on."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
