"""A date pattern chosen once for a column reads its ambiguous dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.intake.date_orders import DAY_ALONE, FIRST_DAY, LAST_DAY, ORDERS, day_read, ways_to_read


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
    assert day_read(text, order, None) == day


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_written_in_an_order_is_read_in_it(day: date) -> None:
    parts = (f"{day.year}", f"{day.month}", f"{day.day}")
    for order, places in ORDERS.items():
        written = ["", "", ""]
        for part, place in zip(parts, places, strict=True):
            written[place] = part
        assert day_read(".".join(written), order, None) == day


@pytest.mark.parametrize(
    ("text", "way", "day"),
    [
        ("16日", DAY_ALONE, date(2023, 8, 16)),
        ("１６号", DAY_ALONE, date(2023, 8, 16)),
        ("31", DAY_ALONE, date(2023, 8, 31)),
        ("32日", DAY_ALONE, None),
        ("8.18-8.20", FIRST_DAY, date(2023, 8, 18)),
        ("8.18-8.20", LAST_DAY, date(2023, 8, 20)),
        ("8月18日至20日", LAST_DAY, date(2023, 8, 20)),
        ("2023年12月30日～1月2日", LAST_DAY, date(2024, 1, 2)),
        ("8.18—9.31", LAST_DAY, None),
        ("8月中旬", FIRST_DAY, None),
    ],
)
def test_a_day_alone_and_a_span_are_read_as_chosen_for_the_column(text: str, way: str, day: date | None) -> None:
    assert day_read(text, way, "2023-08") == day


def test_only_ways_by_which_something_is_a_day_are_offered() -> None:
    assert ways_to_read(["16日", "约中旬"], "2023-08") == [DAY_ALONE]
    assert ways_to_read(["8.18-8.20"], "2023-08") == [FIRST_DAY, LAST_DAY]
    assert ways_to_read(["16日", "8.18-8.20"], None) == []
