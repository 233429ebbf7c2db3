"""The official calendar as published, for the rules that count working days."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from rules.working_days import Calendar


@pytest.fixture(scope="session")
def official() -> Calendar:
    """2021 to 2024, every day of them; 2025 is not entered."""
    first, last = date(2021, 1, 1), date(2024, 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return Calendar.from_rows((day, chinese_calendar.is_workday(day)) for day in days)
