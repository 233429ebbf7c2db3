"""Days as people list them."""

from datetime import date

import pytest

from rules.day_lists import UnreadableDays, read_days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", []),
        ("10月7日", [(10, 7)]),
        ("2027-10-07", [(10, 7)]),
        ("2027年10月7日（星期四）", [(10, 7)]),
        ("5月1日至5月3日", [(5, 1), (5, 2), (5, 3)]),
        ("5月1日至3日", [(5, 1), (5, 2), (5, 3)]),
        ("1/30~2/1", [(1, 30), (1, 31), (2, 1)]),
        ("1月1日、5月1日，5月2日\n10月1日", [(1, 1), (5, 1), (5, 2), (10, 1)]),
        ("５月１日", [(5, 1)]),
        ("5月1日、5月1日", [(5, 1)]),
    ],
)
def test_lists_and_ranges_are_read(text, days):
    assert read_days(text, 2027) == [date(2027, month, day) for month, day in days]


@pytest.mark.parametrize(
    "text", ["2月30日", "13月1日", "春节", "2026年12月31日", "5月3日至5月1日", "2026年12月30日至2027年1月2日", "5月"]
)
def test_what_is_no_day_of_that_year_is_named_and_never_guessed(text):
    with pytest.raises(UnreadableDays):
        read_days(f"1月1日、{text}", 2027)
