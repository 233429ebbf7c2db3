"""突变: a monthly figure beyond the unit's own history is noticed by either of two rules, and no other is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.sudden_changes import change_in_words, robust_z, sudden_change

FLAT = [("2023-01", 100.0), ("2023-02", 102.0), ("2023-03", 98.0), ("2023-04", 101.0)]
VALUES = st.integers(0, 10_000).map(float)
HISTORIES = st.lists(VALUES, max_size=8).map(lambda values: [(f"2022-{n:02d}", v) for n, v in enumerate(values, 1)])


def test_the_robust_z_is_measured_from_the_median_in_median_deviations() -> None:
    # median 100.5, deviations 0.5, 1.5, 2.5, 0.5: their median 1
    assert robust_z(110, [figure for _, figure in FLAT]) == pytest.approx(0.6745 * 9.5)


def test_with_fewer_than_four_earlier_months_there_is_no_z_and_with_equal_ones_neither() -> None:
    assert robust_z(1000, [100, 101, 102]) is None
    assert robust_z(1000, [100, 100, 100, 100]) is None


def test_a_small_step_out_of_a_flat_history_is_sudden_by_its_z() -> None:
    change = sudden_change("2023-05", 106, FLAT)
    assert change is not None and change.z is not None and change.z >= 3.5
    assert sudden_change("2023-05", 105, FLAT) is None


@pytest.mark.parametrize(
    ("before", "value", "is_sudden"),
    [(40, 60, True), (40, 59, False), (30, 49, False), (100, 149, False), (100, 150, True), (40, 20, True),
     (41, 21, False), (0, 20, True), (0, 19, False), (30, 0, True)],
)  # fmt: skip
def test_half_more_or_less_is_sudden_where_it_is_twenty_at_least(before: float, value: float, is_sudden: bool) -> None:
    assert (sudden_change("2023-02", value, [("2023-01", before)]) is not None) is is_sudden


def test_equal_months_are_measured_by_the_second_rule_alone() -> None:
    history = [(f"2023-{month:02d}", 10.0) for month in range(1, 6)]
    assert sudden_change("2023-06", 29, history) is None
    assert sudden_change("2023-06", 30, history) is not None


def test_it_is_held_against_the_month_reported_before_and_never_against_later_ones() -> None:
    history = [("2023-01", 10.0), ("2023-03", 100.0), ("2023-06", 500.0)]
    assert sudden_change("2023-05", 100, history) is None
    assert sudden_change("2023-01", 10, history) is None


def test_the_change_is_told_with_both_months() -> None:
    change = sudden_change("2023-07", 1200, [("2023-06", 300)])
    assert change is not None
    assert change_in_words("呼入量", change) == "呼入量 2023-07 为 1,200，2023-06 为 300，增加 900（300%）"


@given(VALUES, HISTORIES)
def test_without_a_change_from_one_month_to_the_next_only_the_z_can_tell(value: float, history: list) -> None:
    change = sudden_change("2022-12", history[-1][1] if history else value, history)
    assert change is None or (change.z is not None and abs(change.z) >= 3.5)


@given(VALUES, HISTORIES)
def test_what_is_noticed_obeys_one_of_the_rules(value: float, history: list) -> None:
    change = sudden_change("2022-12", value, history)
    if change is not None:
        difference = abs(value - history[-1][1])
        is_large = difference >= 20 and difference >= history[-1][1] / 2
        assert is_large or (len(history) >= 4 and change.z is not None and abs(change.z) >= 3.5)
    elif history:
        assert abs(value - history[-1][1]) < 20 or abs(value - history[-1][1]) < history[-1][1] / 2


@given(VALUES, st.lists(VALUES, min_size=4, max_size=9), st.integers(1, 50))
def test_the_z_does_not_hang_on_the_unit_of_measure(value: float, earlier: list[float], factor: int) -> None:
    z, scaled = robust_z(value, earlier), robust_z(value * factor, [figure * factor for figure in earlier])
    assert (z is None) == (scaled is None)
    assert z is None or scaled == pytest.approx(z)
