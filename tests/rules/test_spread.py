"""How rows spread: numbers kept few, classes and the median by how often each value stands."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from models.definitions import Field, Kind
from rules.spread import DIGITS, counted, floored, spread_of

AMOUNT = Field("amount", "金额", Kind.DECIMAL)


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**7), st.floats(0, 10**7, allow_nan=False)), max_size=40))
def test_a_number_goes_down_to_three_digits_that_count_and_a_missing_one_stays_missing(
    values: list[float | None],
) -> None:
    down = floored(pd.Series(values, dtype="object"))
    for value, floor in zip(values, down, strict=True):
        assert pd.isna(floor) if value is None else 0 <= floor <= value + 1e-6
        if value is not None and value >= 1e-6:
            assert value - floor <= value * 10.0 ** (1 - DIGITS) + 1e-9


def test_rows_are_told_by_classes_of_a_round_width_with_what_was_not_filled_and_the_median() -> None:
    rows = pd.DataFrame({"unit": "甲", "month": "2024-01", "amount": [1, 5, 12, 12, 47, 60, 99, 150, None]})
    counts = rows.groupby(["unit", "month"]).size().reset_index(name="number")
    [number] = spread_of(counts, {"amount": counted(rows, AMOUNT)}, [AMOUNT]).numbers
    classes = [(share.label, share.part) for share in number.classes]
    assert classes == [("0–50", 5), ("50–100", 2), ("100–150", 0), ("150–200", 1), ("未填", 1)]
    assert number.middle == 29.5


def test_nobodys_rows_spread_over_nothing() -> None:
    rows = pd.DataFrame({"unit": [], "month": [], "amount": [], "kind": []}, dtype=object)
    kind = Field("kind", "类别", Kind.CHOICE, choices={"甲": ()})
    counts = rows.groupby(["unit", "month"]).size().reset_index(name="number")
    spread = spread_of(counts, {field.name: counted(rows, field) for field in (AMOUNT, kind)}, [AMOUNT, kind])
    assert spread.choices[0].is_blank
    assert (spread.rows, spread.months, spread.choices[0].months, spread.numbers[0].middle) == (0, (), (), None)
