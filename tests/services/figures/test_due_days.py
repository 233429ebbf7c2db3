"""Due days that follow from the working-day calendar, counted for whole columns."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.working_days import Calendar
from services.figures.records_in_force import _working_days_later

FIRST = date(2023, 1, 1)
DAYS_2023 = [FIRST + timedelta(days=number) for number in range(365)]
CALENDAR = Calendar.from_rows([(day, day.weekday() < 5) for day in DAYS_2023])


@given(
    st.lists(
        st.tuples(
            st.none() | st.datetimes(pd.Timestamp(2022, 11, 1), pd.Timestamp(2023, 11, 30)),
            st.none() | st.integers(0, 20),
        )
    )
)
def test_each_row_is_due_so_many_working_days_after_its_start(rows):
    """Nothing where either lacks, or where the year of the start is not entered."""
    index = pd.RangeIndex(7, 7 + len(rows))
    start = pd.Series([when for when, _ in rows], index, dtype="datetime64[us]")
    due = _working_days_later(start, pd.Series([days for _, days in rows], index, dtype="Float64"), CALENDAR)
    expected = [
        CALENDAR.add_working_days(when.date(), days)
        if when is not None and days is not None and (days == 0 or (when.date() + timedelta(days=1)).year == 2023)
        else None
        for when, days in rows
    ]
    assert [None if pd.isna(day) else day.date() for day in due] == expected
    assert list(due.index) == list(index)


@pytest.mark.parametrize("number", [0, 3])
def test_one_number_of_days_may_hold_for_every_row(number):
    start = pd.Series([pd.Timestamp(2023, 8, 18, 9)] * number, dtype="datetime64[us]")
    due = _working_days_later(start, pd.Series(2, start.index), CALENDAR)
    assert due.tolist() == [pd.Timestamp(2023, 8, 22)] * number
