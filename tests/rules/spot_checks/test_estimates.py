"""Intervals: the exact one against plain hypergeometric fractions, the others against the formulas written out."""

from fractions import Fraction
from math import comb, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.spot_checks import CONFIDENCES, Checked
from rules.spot_checks.estimates import (
    exact_interval,
    stratified_interval,
    ways_from,
    ways_up_to,
    weighted_interval,
    wilson,
)

LEVEL = CONFIDENCES[0.95]


def chance(x: int, population: int, right: int, drawn: int) -> Fraction:
    return Fraction(comb(right, x) * comb(population - right, drawn - x), comb(population, drawn))


@given(st.integers(1, 30), st.data())
def test_tails_are_the_sums_of_exact_fractions(population: int, data: st.DataObject) -> None:
    right, drawn = data.draw(st.integers(0, population)), data.draw(st.integers(1, population))
    k = data.draw(st.integers(0, drawn))
    samples = comb(population, drawn)
    assert Fraction(ways_from(k, population, right, drawn), samples) == sum(
        chance(x, population, right, drawn) for x in range(k, drawn + 1)
    )
    assert Fraction(ways_up_to(k, population, right, drawn), samples) == sum(
        chance(x, population, right, drawn) for x in range(k + 1)
    )


@given(st.integers(1, 25), st.sampled_from(list(CONFIDENCES.values())), st.data())
def test_the_exact_interval_holds_just_what_the_tails_leave_open(population: int, level, data: st.DataObject) -> None:
    n = data.draw(st.integers(1, population))
    k = data.draw(st.integers(0, n))
    possible = range(k, population - (n - k) + 1)
    half = level.tail / 2
    low = min(m for m in possible if sum(chance(x, population, m, n) for x in range(k, n + 1)) > half)
    high = max(m for m in possible if sum(chance(x, population, m, n) for x in range(k + 1)) > half)
    interval = exact_interval(population, n, k, level)
    assert (interval.low_count, interval.high_count) == (low, high)
    assert (interval.low, interval.high, interval.rate) == (low / population, high / population, k / n)


def test_the_intervals_that_the_document_prints() -> None:
    interval = exact_interval(29, 9, 7, LEVEL)
    assert (interval.low_count, interval.high_count) == (14, 27)
    of_unit = exact_interval(5, 2, 1, LEVEL)
    assert (of_unit.low_count, of_unit.high_count) == (1, 4)
    numbers = exact_interval(1240, 120, 103, LEVEL)
    assert (numbers.low_count, numbers.high_count) == (976, 1131)


def test_where_all_are_checked_both_ends_are_the_count() -> None:
    interval = exact_interval(29, 29, 20, LEVEL)
    assert (interval.low_count, interval.high_count) == (20, 20)


def test_a_stratified_rate_weighs_each_unit_by_its_size() -> None:
    interval = stratified_interval([(80, 4, 4), (20, 4, 0)], LEVEL)
    assert interval is not None
    effective = 100**2 / (80**2 / 4 + 20**2 / 4)
    n = effective * 99 / (100 - effective)
    z, p = LEVEL.z, 0.8
    middle, reach, scale = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)), 1 + z * z / n
    assert interval.rate == pytest.approx(0.8)
    assert (interval.low, interval.high) == pytest.approx(((middle - reach) / scale, (middle + reach) / scale))


def test_strata_without_a_checked_element_are_left_out() -> None:
    assert stratified_interval([(80, 4, 4), (20, 0, 0)], LEVEL) == stratified_interval([(80, 4, 4)], LEVEL)
    assert stratified_interval([(80, 0, 0)], LEVEL) is None


def test_with_every_stratum_checked_whole_nothing_is_left_open() -> None:
    interval = stratified_interval([(3, 3, 2), (5, 5, 1)], LEVEL)
    assert interval is not None
    assert interval.low == interval.high == interval.rate == pytest.approx(3 / 8)


@given(st.floats(0, 1), st.floats(0.5, 1e6))
def test_wilson_stays_within_nothing_and_all(rate: float, n: float) -> None:
    interval = wilson(rate, n, LEVEL)
    assert 0 <= interval.low <= interval.high <= 1


def test_hajek_weighs_by_the_inverse_of_the_probability() -> None:
    checked = [Checked("甲", True, 1.0), Checked("甲", False, 0.25), Checked("乙", True, 0.5)]
    interval, effective = weighted_interval(checked, LEVEL) or (None, 0)
    assert interval is not None
    assert interval.rate == pytest.approx(3 / 7)
    assert effective == pytest.approx(49 / 21)
