"""Sizes: margins back and forth, and the least sample that discovers, against exact fractions."""

from fractions import Fraction
from math import ceil, comb, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.spot_checks import CONFIDENCES
from rules.spot_checks.sizes import (
    least_to_discover,
    margin_reached,
    size_by_margin,
    size_by_number,
    size_by_tolerable,
    wrong_ones,
)

LEVEL = CONFIDENCES[0.95]
LEVELS = st.sampled_from(list(CONFIDENCES.values()))


def test_the_margin_of_six_of_twenty_nine_is_as_the_document_prints_it() -> None:
    assert margin_reached(6, 29, LEVEL) == pytest.approx(0.3626, abs=5e-5)


def test_a_margin_of_five_per_cent_asks_385_of_very_many() -> None:
    assert size_by_margin(0.05, 10**9, LEVEL).n == 385
    assert size_by_margin(0.05, 1000, LEVEL).n == ceil(384.1458 / (1 + 383.1458 / 1000))


@given(st.integers(2, 5000), st.floats(0.005, 0.5), st.floats(0.01, 0.99), LEVELS)
def test_the_margin_reached_is_no_more_than_the_one_asked(
    population: int, margin: float, expected: float, level
) -> None:
    size = size_by_margin(margin, population, level, expected)
    assert 1 <= size.n <= population
    if size.n < population:
        reached = level.z * sqrt(expected * (1 - expected) / size.n * (population - size.n) / (population - 1))
        assert size.margin == pytest.approx(reached)
    # n0 counts N where the margin counts N − 1: the two differ by less than one part in n
    assert size.margin <= margin * sqrt(population / (population - 1)) + 1e-9


def test_all_are_taken_where_as_many_or_more_are_asked_for_or_no_size_is_given() -> None:
    assert size_by_number(30, 29, LEVEL).n == 29
    assert [size_by_number(requested, 29, LEVEL).by for requested in (28, 29, 40, None)] == [
        "number",
        "all",
        "all",
        "all",
    ]
    assert size_by_number(None, 29, LEVEL).margin == 0.0


@given(st.integers(1, 120), st.floats(0.001, 0.999), LEVELS)
def test_discovery_is_the_least_size_by_exact_fractions(population: int, tolerable: float, level) -> None:
    wrong = max(1, ceil(tolerable * population - 1e-9))
    n = size_by_tolerable(tolerable, population, level).n

    def missed(size: int) -> Fraction:
        return Fraction(comb(population - wrong, size), comb(population, size))

    assert missed(n) <= level.tail
    assert n == 1 or missed(n - 1) > level.tail


def test_one_wrong_in_a_million_needs_nearly_all() -> None:
    assert wrong_ones(1e-6, 10**6) == 1
    assert least_to_discover(1, 10**6, LEVEL) == 950_000
