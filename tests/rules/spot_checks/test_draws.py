"""Draws, each replayed by a few lines that share nothing with the program but the words of the document."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.spot_checks import Draw
from rules.spot_checks.draws import (
    allocate,
    digest,
    draw_by_risk,
    draw_simple,
    draw_stratified,
    least_stratified,
    ticket,
)

UNITS = ("云岭镇", "区人社局", "区商务局", "𠀀𠀁局")
KEYS = st.lists(
    st.builds("{}|{}".format, st.sampled_from(UNITS), st.text(max_size=4)), min_size=1, max_size=40, unique=True
)
SEEDS = st.text(min_size=1, max_size=8)


def unit_of(key: str) -> str:
    return key.split("|")[0]


def keys_of(draw: Draw) -> list[str]:
    return [element.key for element in draw.sample]


def number(seed: str, key: str) -> int:
    return int(sha256((seed + "|" + key).encode()).hexdigest(), 16)


def test_a_ticket_is_what_sha256sum_prints() -> None:
    """printf '%s' '种子|云岭镇|0531-87654321' | sha256sum"""
    assert ticket("种子", "云岭镇|0531-87654321") == sha256("种子|云岭镇|0531-87654321".encode()).hexdigest()


def test_the_digest_is_of_the_keys_sorted_by_code_point_and_joined_by_line_feeds() -> None:
    assert digest(["b", "a", "Ａ"]) == sha256("a\nb\nＡ".encode()).hexdigest()
    assert digest(["b", "a"], [3, 1]) == sha256(b"a|1\nb|3").hexdigest()


def test_the_digest_of_a_risk_draw_sorts_keys_not_lines() -> None:
    assert digest(["a", "a!"], [1, 2]) == sha256(b"a|1\na!|2").hexdigest()


@given(KEYS, SEEDS, st.integers(1, 50))
def test_a_simple_draw_takes_the_lowest_tickets(keys: list[str], seed: str, n: int) -> None:
    order = sorted(keys, key=lambda key: (number(seed, key), key))
    draw = draw_simple(keys, n, seed)
    assert keys_of(draw) == order[:n]
    assert [element.key for element in draw.reserve] == order[n : n + 10]
    assert [element.position for element in draw.sample] == list(range(1, len(keys_of(draw)) + 1))


@given(KEYS, SEEDS, st.integers(1, 40), st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(keys: list[str], seed: str, n: int, random) -> None:
    mixed = random.sample(keys, len(keys))
    weights = {key: 1 + len(key) % 5 for key in keys}
    assert draw_simple(keys, n, seed) == draw_simple(mixed, n, seed)
    assert draw_by_risk(keys, [weights[key] for key in keys], min(n, len(keys)), seed) == draw_by_risk(
        mixed, [weights[key] for key in mixed], min(n, len(keys)), seed
    )


def shares_by_the_book(sizes: dict[str, int], n: int, m: int) -> dict[str, int]:
    whole = sum(sizes.values())
    q = {unit: Fraction(n * size, whole) for unit, size in sizes.items()}
    a = {unit: min(size, max(m, int(q[unit]))) for unit, size in sizes.items()}
    while sum(a.values()) < n:
        can = [unit for unit in a if a[unit] < sizes[unit]]
        a[sorted(can, key=lambda u: (-(q[u] - a[u]), -sizes[u], u))[0]] += 1
    while sum(a.values()) > n:
        can = [unit for unit in a if a[unit] > min(m, sizes[unit])]
        a[sorted(can, key=lambda u: (q[u] - a[u], -sizes[u], u))[0]] -= 1
    return a


@given(KEYS, SEEDS, st.integers(1, 40), st.integers(0, 4))
def test_a_stratified_draw_takes_the_lowest_tickets_of_each_unit(keys: list[str], seed: str, n: int, m: int) -> None:
    sizes = Counter(map(unit_of, keys))
    n = min(max(n, sum(min(m, size) for size in sizes.values())), len(keys))
    shares = shares_by_the_book(dict(sizes), n, m)
    wanted = []
    for unit, share in shares.items():
        of_unit = sorted((key for key in keys if unit_of(key) == unit), key=lambda key: (number(seed, key), key))
        wanted += of_unit[:share]
    drawn = keys_of(draw_stratified(keys, map(unit_of, keys), n, seed, m))
    assert drawn == sorted(wanted, key=lambda key: (number(seed, key), key))
    assert len(drawn) == n


@given(st.dictionaries(st.sampled_from("甲乙丙丁戊己庚"), st.integers(1, 60), min_size=1), st.data())
def test_shares_sum_to_n_and_keep_to_the_minimum(sizes: dict[str, int], data: st.DataObject) -> None:
    m = data.draw(st.integers(0, 5))
    n = data.draw(st.integers(max(1, least_stratified(sizes.values(), m)), sum(sizes.values())))
    shares = allocate(sizes, n, m)
    assert sum(shares.values()) == n
    assert all(min(m, sizes[unit]) <= share <= sizes[unit] for unit, share in shares.items())


def test_a_tie_of_remainders_goes_to_the_larger_unit_then_by_name() -> None:
    assert allocate({"b": 5, "a": 5}, 1, 0) == {"b": 0, "a": 1}
    assert allocate({"a": 1, "b": 3}, 2, 0) == {"a": 0, "b": 2}  # both 0.5 short of the next


def by_the_book(weights: dict[str, int], n: int, seed: str) -> tuple[list[str], dict[str, Fraction]]:
    """Certain ones first, then ticket ÷ weight as an exact fraction."""
    rest, m, certain = dict(weights), n, list[str]()
    while m > 0:
        total = sum(rest.values())
        sure = [key for key, weight in rest.items() if m * weight >= total]
        if not sure:
            break
        for key in sure:
            rest.pop(key)
        m -= len(sure)
        certain += sure
    total = sum(rest.values())
    order = sorted(rest, key=lambda key: (Fraction(number(seed, key), rest[key]), key))
    drawn = sorted(certain, key=lambda key: (number(seed, key), key)) + order[:m]
    return drawn, {key: Fraction(1) if key in certain else Fraction(m * weights[key], total) for key in drawn}


@given(st.dictionaries(st.text(max_size=5), st.integers(1, 5), min_size=1, max_size=40), SEEDS, st.data())
def test_a_risk_draw_takes_the_certain_ones_then_ticket_by_weight(
    weights: dict[str, int], seed: str, data: st.DataObject
) -> None:
    n = data.draw(st.integers(1, len(weights)))
    draw = draw_by_risk(list(weights), list(weights.values()), n, seed)
    drawn, probabilities = by_the_book(weights, n, seed)
    assert keys_of(draw) == drawn
    for element in draw.sample:
        assert element.probability == float(probabilities[element.key])
        assert element.certain == (probabilities[element.key] == 1 and element.probability == 1)
        assert element.weight == weights[element.key]


def test_a_draw_of_all_is_certain_of_each() -> None:
    draw = draw_by_risk(["a", "b", "c"], [1, 5, 2], 3, "s")
    assert {element.probability for element in draw.sample} == {1.0}
    assert draw.reserve == ()


WEIGHTS: Sequence[int] = (1, 1, 2, 2, 3, 3, 4, 5, 5, 1) * 6


@pytest.mark.long
def test_over_many_seeds_each_is_drawn_as_often_as_its_probability_says() -> None:
    """Sequential Poisson sampling keeps near its design: each share within 0.03 over 4,000 seeds."""
    keys = [f"k{index}" for index in range(len(WEIGHTS))]
    n, total, seeds = 20, sum(WEIGHTS), 4000
    assert n * max(WEIGHTS) < total  # nothing is certain
    drawn = Counter(key for seed in range(seeds) for key in keys_of(draw_by_risk(keys, WEIGHTS, n, str(seed))))
    shares = {key: drawn[key] / seeds for key in keys}
    assert shares == pytest.approx(
        {key: n * weight / total for key, weight in zip(keys, WEIGHTS, strict=True)}, abs=0.03
    )


@pytest.mark.parametrize("seed", ["a", "种子", "2023-09-01"])
def test_of_many_the_few_lowest_are_those_that_sorting_all_would_give(seed: str) -> None:
    keys = [f"{UNITS[index % len(UNITS)]}|{index}" for index in range(600)]
    weights = {key: 1 + index % 5 for index, key in enumerate(keys)}
    order = sorted(keys, key=lambda key: (number(seed, key), key))
    assert keys_of(draw_simple(keys, 7, seed)) == order[:7]
    drawn = keys_of(draw_stratified(keys, map(unit_of, keys), 12, seed))
    assert drawn == sorted(drawn, key=lambda key: (number(seed, key), key))
    assert set(drawn) == {key for unit in UNITS for key in [key for key in order if unit_of(key) == unit][:3]}
    assert keys_of(draw_by_risk(keys, list(weights.values()), 9, seed)) == by_the_book(weights, 9, seed)[0]
