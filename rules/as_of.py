"""The as-of date: a day in Asia/Shanghai, and the instant at which that day ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
EVER = datetime(9000, 1, 1, tzinfo=UTC)
"""After everything that was ever entered."""


def end_of_day(day: date) -> datetime:
    """Return the first instant after `day`: what happened before it had happened by the end of that day."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)


def day_of(instant: datetime) -> date:
    """Return the day in Shanghai on which an aware instant falls."""
    return instant.astimezone(SHANGHAI).date()


def month_of(day: date) -> str:
    """Return the month of a day: 2023-06-03 → "2023-06"."""
    return f"{day:%Y-%m}"


def parse_instant(text: str) -> datetime:
    """Return the instant of an ISO time; without a zone it is Shanghai's. A day alone is 00:00. Raises ValueError."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=SHANGHAI)
