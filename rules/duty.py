"""What is owed by when: from months “YYYY-MM” and an as-of date to due days and the months missing if unreported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from rules.working_days import Calendar, CalendarMissing

DUE_DAY = 5  # of the next month; the setting's default


def month_of(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def next_month(month: str) -> str:
    return month_of(last_day(month) + timedelta(days=1))


@lru_cache(maxsize=1024)
def first_day(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def last_day(month: str) -> date:
    year, number = int(month[:4]), int(month[5:])
    return date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)


def months(first: str, last: str) -> Iterator[str]:
    """Yield the months from first to last, both included; none where last comes before first."""
    while first <= last:
        yield first
        first = next_month(first)


def due_day(month: str, calendar: Calendar, day: int = DUE_DAY) -> date:
    """Return the last day on which the month's report is in time: that day of the next month, or the next working day.

    Raises CalendarMissing.
    """
    return calendar.next_working(_printed_due_day(month, day))


def missing_from(month: str, as_of: date, calendar: Calendar, day: int = DUE_DAY) -> bool:
    """Return whether an unreported month is missing by then: only from the day after its due day. Where no entered
    calendar tells that day nobody is said to be late.
    """
    # A due day only ever moves later, so the calendar of a year not yet reached is not asked for.
    if _printed_due_day(month, day) >= as_of:
        return False
    due = _due_day_told(month, calendar, day)
    return due is not None and due < as_of


def owed_months(first_month: str, as_of: date, calendar: Calendar, day: int = DUE_DAY) -> tuple[str, ...]:
    """Return the months whose report, if not there, is missing as of that date, oldest first."""
    return tuple(m for m in months(first_month, month_of(as_of)) if missing_from(m, as_of, calendar, day))


def months_to_come(
    first_month: str, as_of: date, calendar: Calendar, day: int = DUE_DAY
) -> tuple[tuple[str, date], ...]:
    """Return (month, due day) of the reports that may be sent in time on that date, oldest first, down to the month
    that runs then.

    A due day that no entered calendar tells is left out.
    """
    return tuple(
        (m, due)
        for m in months(first_month, max(first_month, month_of(as_of)))
        if (due := _due_day_told(m, calendar, day)) is not None and due >= as_of
    )


def _due_day_told(month: str, calendar: Calendar, day: int) -> date | None:
    try:
        return due_day(month, calendar, day)
    except CalendarMissing:
        return None


def latest_due_month(first_month: str, as_of: date, calendar: Calendar, day: int = DUE_DAY) -> str | None:
    """Return the last of the owed months; None while none is owed."""
    owed = owed_months(first_month, as_of, calendar, day)
    return owed[-1] if owed else None


def last_whole_month(as_of: date) -> str:
    """Return the horizon of monthly figures: the last month that is over by the end of that day."""
    tomorrow = as_of + timedelta(days=1)
    return month_of(tomorrow - timedelta(days=tomorrow.day))


def whole_months(first_month: str, as_of: date) -> tuple[str, ...]:
    """Return the months from the first that are over by the end of that day."""
    return tuple(months(first_month, last_whole_month(as_of)))


def _printed_due_day(month: str, day: int) -> date:
    following = next_month(month)
    return min(last_day(following), date(int(following[:4]), int(following[5:]), 1) + timedelta(days=day - 1))
