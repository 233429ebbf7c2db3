"""A date pattern chosen once for a column reads its ambiguous dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.intake.date_orders import ORDERS, day_in_order


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("23.8.3", "年月日", date(2023, 8, 3)),
        ("3/8/23", "日月年", date(2023, 8, 3)),
        ("8-3-2023", "月日年", date(2023, 8, 3)),
        ("３．８．２３", "日月年", date(2023, 8, 3)),
        ("13.13.2023", "月日年", None),
        ("8月上旬", "年月日", None),
        ("2023.8", "年月日", None),
    ],
)
def test_three_numbers_are_read_in_the_order_chosen(text: str, order: str, day: date | None) -> None:
    assert day_in_order(text, order) == day


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_written_in_an_order_is_read_in_it(day: date) -> None:
    parts = (f"{day.year}", f"{day.month}", f"{day.day}")
    for order, places in ORDERS.items():
        written = ["", "", ""]
        for part, place in zip(parts, places, strict=True):
            written[place] = part
        assert day_in_order(".".join(written), order) == day
