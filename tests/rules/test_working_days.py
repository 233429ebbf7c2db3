from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.working_days import Calendar, CalendarMissing, years_to_enter

DAYS = st.dates(date(2021, 1, 1), date(2024, 10, 31))
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2023, 10, 7), True),  # a Saturday made up for the holiday
        (date(2023, 10, 8), True),
        (date(2023, 10, 2), False),  # a Monday of the National Day holiday
        (date(2023, 9, 29), False),
        (date(2023, 7, 30), False),  # a Sunday
        (date(2023, 7, 31), True),
    ],
)
def test_make_up_days_are_worked_and_holidays_are_not(official: Calendar, day: date, worked: bool) -> None:
    assert official.is_working(day) is worked


def test_the_day_counted_from_does_not_count_and_the_day_counted_to_does(official: Calendar) -> None:
    friday, monday = date(2023, 8, 18), date(2023, 8, 21)
    assert official.working_days_between(friday, monday) == 1
    assert official.working_days_between(date(2023, 8, 22), date(2023, 8, 30)) == 6


def test_no_working_day_is_left_on_the_day_itself_or_after_it(official: Calendar) -> None:
    assert official.working_days_between(date(2023, 8, 22), date(2023, 8, 22)) == 0
    assert official.working_days_between(date(2023, 8, 23), date(2023, 8, 22)) == 0


def test_a_holiday_is_skipped_and_its_make_up_days_are_counted(official: Calendar) -> None:
    assert official.working_days_between(date(2023, 9, 28), date(2023, 10, 6)) == 0
    assert official.working_days_between(date(2023, 9, 28), date(2023, 10, 8)) == 2


def test_counting_goes_on_over_the_turn_of_the_year(official: Calendar) -> None:
    assert official.working_days_between(date(2022, 12, 30), date(2023, 1, 3)) == 1  # 1 and 2 January are off
    assert official.working_days_between(date(2021, 12, 31), date(2023, 12, 31)) == sum(
        official.is_working(date(2022, 1, 1) + timedelta(days=n)) for n in range(730)
    )


def test_the_first_working_day_after_the_start_is_day_one(official: Calendar) -> None:
    assert official.add_working_days(date(2023, 8, 18), 1) == date(2023, 8, 21)
    assert official.add_working_days(date(2023, 9, 28), 1) == date(2023, 10, 7)
    assert official.add_working_days(date(2022, 12, 30), 5) == date(2023, 1, 9)


def test_no_working_days_added_stay_at_the_start_even_on_a_day_off(official: Calendar) -> None:
    assert official.add_working_days(date(2023, 7, 30), 0) == date(2023, 7, 30)


def test_working_days_are_not_counted_backwards(official: Calendar) -> None:
    with pytest.raises(ValueError, match="forward"):
        official.add_working_days(date(2023, 8, 18), -1)


def test_a_day_off_moves_to_the_next_working_day_and_a_working_day_stays(official: Calendar) -> None:
    assert official.next_working(date(2023, 8, 5)) == date(2023, 8, 7)
    assert official.next_working(date(2023, 9, 29)) == date(2023, 10, 7)
    assert official.next_working(date(2023, 10, 7)) == date(2023, 10, 7)


def test_a_year_that_is_not_entered_is_refused_by_name(official: Calendar) -> None:
    refused = "未录入2025年工作日历，需要该年工作日的不能推算，请先在“工作日历”页面录入。"
    for ask in (
        lambda: official.is_working(date(2025, 1, 2)),
        lambda: official.working_days_between(date(2024, 12, 30), date(2025, 1, 2)),
        lambda: official.add_working_days(date(2024, 12, 30), 2),
        lambda: official.next_working(date(2025, 1, 1)),
    ):
        with pytest.raises(CalendarMissing) as caught:
            ask()
        assert str(caught.value) == refused
        assert caught.value.year == 2025


def test_a_year_missing_between_two_entered_years_is_refused() -> None:
    gap = Calendar({2022: frozenset(), 2024: frozenset()})
    with pytest.raises(CalendarMissing, match="2023"):
        gap.working_days_between(date(2022, 12, 1), date(2024, 1, 10))
    with pytest.raises(CalendarMissing, match="2023"):
        gap.add_working_days(date(2022, 12, 30), 10)


def test_the_year_of_the_day_counted_from_is_not_asked_for_at_its_very_end(official: Calendar) -> None:
    assert official.working_days_between(date(2020, 12, 31), date(2021, 1, 4)) == 1


def test_a_year_that_is_entered_in_part_counts_as_not_entered() -> None:
    rows = [(date(2023, 1, 1) + timedelta(days=n), True) for n in range(364)]
    assert not Calendar.from_rows(rows).covers(2023)
    assert Calendar.from_rows([*rows, (date(2023, 12, 31), False)]).covers(2023)


@given(days=st.lists(DAYS, min_size=3, max_size=3))
def test_working_days_add_up_over_any_day_in_between(official: Calendar, days: list[date]) -> None:
    first, middle, last = sorted(days)
    assert official.working_days_between(first, last) == (
        official.working_days_between(first, middle) + official.working_days_between(middle, last)
    )


@given(after=DAYS, length=st.integers(0, 60))
def test_the_count_is_that_of_the_days_looked_at_one_by_one(official: Calendar, after: date, length: int) -> None:
    days = [after + timedelta(days=n) for n in range(1, length + 1)]
    assert official.working_days_between(after, after + timedelta(days=length)) == sum(map(official.is_working, days))


@given(start=DAYS, days=st.integers(1, 40))
def test_adding_working_days_ends_on_the_working_day_that_counting_gives(
    official: Calendar, start: date, days: int
) -> None:
    end = official.add_working_days(start, days)
    assert official.is_working(end)
    assert official.working_days_between(start, end) == days
    assert official.working_days_between(start, end - ONE_DAY) == days - 1


def test_a_year_is_asked_for_when_it_runs_and_from_november_before_it(official):
    assert years_to_enter(official, date(2024, 10, 31)) == ()
    assert years_to_enter(official, date(2024, 11, 1)) == (2025,)
    assert years_to_enter(official, date(2025, 1, 1)) == (2025,)
    assert years_to_enter(official, date(2025, 12, 1)) == (2025, 2026)
