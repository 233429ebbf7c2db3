"""Targets as an office writes them."""

import pytest

from rules.targets import parse_target


@pytest.mark.parametrize(
    ("text", "value"),
    [("100%", 1.0), ("50％", 0.5), ("2/3", 2 / 3), ("≥95%", 0.95), ("0.97", 0.97), ("不低于40%", 0.4), ("12", 12.0)],
)
def test_numbers_percentages_and_fractions_are_read(text: str, value: float) -> None:
    target = parse_target(text)
    assert target is not None
    assert (target.value, target.increases) == (value, False)


def test_increase_has_no_value() -> None:
    target = parse_target("增长")
    assert target is not None
    assert (target.value, target.increases) == (None, True)


@pytest.mark.parametrize("text", ["", "尽快", "1/0", "百分之五十左右", "-5"])
def test_other_words_are_not_a_target(text: str) -> None:
    assert parse_target(text) is None
