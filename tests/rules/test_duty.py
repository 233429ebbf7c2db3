from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import duty
from rules.working_days import Calendar

DAYS = st.dates(date(2023, 1, 1), date(2024, 11, 30))


@pytest.mark.parametrize(
    ("month", "due"),
    [
        ("2023-06", date(2023, 7, 5)),
        ("2023-07", date(2023, 8, 7)),  # 5 August is a Saturday
        ("2023-09", date(2023, 10, 7)),  # 5 October is in the holiday; the Saturday after it is worked
        ("2023-12", date(2024, 1, 5)),
    ],
)
def test_a_report_is_due_on_the_fifth_of_the_next_month_or_the_next_working_day(
    official: Calendar, month: str, due: date
) -> None:
    assert duty.due_day(month, official) == due


def test_the_day_of_the_month_is_a_setting_and_ends_with_the_month(official: Calendar) -> None:
    assert duty.due_day("2023-06", official, day=10) == date(2023, 7, 10)
    assert duty.due_day("2023-01", official, day=31) == date(2023, 2, 28)


def test_a_report_is_not_missing_on_its_due_day_and_is_from_the_day_after(official: Calendar) -> None:
    assert duty.owed_months("2023-06", date(2023, 7, 5), official) == ()
    assert duty.owed_months("2023-06", date(2023, 7, 6), official) == ("2023-06",)


def test_a_due_day_that_moved_is_still_in_time(official: Calendar) -> None:
    assert duty.owed_months("2023-07", date(2023, 8, 7), official) == ()
    assert duty.owed_months("2023-07", date(2023, 8, 8), official) == ("2023-07",)


def test_months_are_owed_from_the_first_reporting_month(official: Calendar) -> None:
    assert duty.owed_months("2023-05", date(2023, 8, 22), official) == ("2023-05", "2023-06", "2023-07")
    assert duty.owed_months("2023-01", date(2023, 8, 22), official)[0] == "2023-01"


def test_nothing_is_owed_before_the_first_reporting_month_is_due(official: Calendar) -> None:
    assert duty.owed_months("2023-09", date(2023, 8, 22), official) == ()
    assert duty.latest_due_month("2023-09", date(2023, 8, 22), official) is None


def test_the_latest_due_month_is_the_last_whose_due_day_is_over(official: Calendar) -> None:
    assert duty.latest_due_month("2023-01", date(2023, 8, 7), official) == "2023-06"
    assert duty.latest_due_month("2023-01", date(2023, 8, 8), official) == "2023-07"


def test_nobody_is_late_with_a_report_whose_due_day_no_entered_calendar_tells(official: Calendar) -> None:
    assert duty.latest_due_month("2024-11", date(2025, 1, 5), official) == "2024-11"
    assert duty.owed_months("2024-11", date(2025, 3, 31), official) == ("2024-11",)


def test_a_month_is_whole_at_the_end_of_its_last_day() -> None:
    assert duty.last_whole_month(date(2023, 7, 30)) == "2023-06"
    assert duty.last_whole_month(date(2023, 7, 31)) == "2023-07"
    assert duty.last_whole_month(date(2023, 8, 1)) == "2023-07"
    assert duty.last_whole_month(date(2023, 1, 15)) == "2022-12"


def test_whole_months_run_from_the_first_to_the_last_that_is_over() -> None:
    assert duty.whole_months("2023-01", date(2023, 3, 31)) == ("2023-01", "2023-02", "2023-03")
    assert duty.whole_months("2023-01", date(2023, 1, 30)) == ()


def test_months_follow_one_another_over_the_turn_of_the_year() -> None:
    assert list(duty.months("2022-11", "2023-02")) == ["2022-11", "2022-12", "2023-01", "2023-02"]
    assert duty.last_day("2024-02") == date(2024, 2, 29)
    assert duty.last_day("2023-12") == date(2023, 12, 31)


@given(as_of=DAYS)
def test_what_is_owed_on_one_day_is_owed_on_every_later_day(official: Calendar, as_of: date) -> None:
    today = duty.owed_months("2023-01", as_of, official)
    tomorrow = duty.owed_months("2023-01", as_of + timedelta(days=1), official)
    assert tomorrow[: len(today)] == today


@given(as_of=DAYS)
def test_only_months_that_are_over_are_owed(official: Calendar, as_of: date) -> None:
    owed = duty.owed_months("2023-01", as_of, official)
    assert set(owed) <= set(duty.whole_months("2023-01", as_of))
    assert all(duty.due_day(month, official) < as_of for month in owed)


def test_a_report_is_still_to_come_in_time_until_its_due_day_and_that_day_counts(official: Calendar) -> None:
    assert duty.months_to_come("2023-01", date(2023, 6, 20), official) == (("2023-06", date(2023, 7, 5)),)
    july = ("2023-07", date(2023, 8, 7))  # 5 August is a Saturday
    assert duty.months_to_come("2023-01", date(2023, 7, 5), official) == (("2023-06", date(2023, 7, 5)), july)


def test_before_the_first_month_its_report_is_the_one_to_come(official: Calendar) -> None:
    assert duty.months_to_come("2023-06", date(2023, 3, 1), official) == (("2023-06", date(2023, 7, 5)),)


def test_a_due_day_in_a_year_without_a_calendar_is_left_out(official: Calendar) -> None:
    assert duty.months_to_come("2098-12", date(2098, 12, 20), official) == ()
