"""A day in Shanghai and its end."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.as_of import SHANGHAI, day_of, end_of_day, parse_instant


def test_the_last_second_of_the_day_is_before_its_end_and_midnight_is_not() -> None:
    end = end_of_day(date(2023, 7, 30))
    assert datetime(2023, 7, 30, 23, 59, 59, tzinfo=SHANGHAI) < end
    assert datetime(2023, 7, 31, tzinfo=SHANGHAI) == end


def test_a_time_without_zone_is_shanghais() -> None:
    assert parse_instant("2023-07-30T08:00") == datetime(2023, 7, 30, tzinfo=UTC)
    assert parse_instant("2023-07-30T00:00:00Z") == datetime(2023, 7, 30, tzinfo=UTC)


@given(st.datetimes(datetime(2021, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)))
def test_an_instant_lies_before_the_end_of_its_day_and_not_before_the_end_of_the_day_before(instant: datetime) -> None:
    day = day_of(instant)
    assert end_of_day(day - timedelta(days=1)) <= instant < end_of_day(day)
