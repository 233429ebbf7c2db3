"""When a finding may be decided (supervision.md 2.8): from the day of release and working days to days."""

from __future__ import annotations

from datetime import date, timedelta

from rules.working_days import Calendar


def objection_ends(released: date, days: int, calendar: Calendar) -> date:
    """Return the last day on which the unit may answer, so many working days on. Raises CalendarMissing."""
    return calendar.add_working_days(released, days)


def open_from(released: date, days: int, calendar: Calendar) -> date:
    """Return the first day on which a finding that the unit did not answer may be decided. Raises CalendarMissing."""
    return objection_ends(released, days, calendar) + timedelta(days=1)
