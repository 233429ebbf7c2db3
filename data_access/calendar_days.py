"""The official working-day calendar as entered: seeded for 2021–2026 from the published arrangements, editable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import chinese_calendar
from sqlmodel import Session, col, select

from data_access.read_once import read_once
from models.tables import CalendarDay

SEEDED_YEARS = range(2021, 2027)


def seed_calendar(session: Session) -> None:
    """Enter the years that are not there yet."""
    entered = {day.year for day in session.exec(select(col(CalendarDay.day)))}
    session.add_all(
        CalendarDay(day=day, working=bool(chinese_calendar.is_workday(day)))
        for year in SEEDED_YEARS
        if year not in entered
        for day in _days_of(year)
    )


def calendar_days(session: Session) -> tuple[tuple[date, bool], ...]:
    """Return (day, whether it is a working day) for every day entered, in their order."""
    return read_once(session, _calendar_days)


def _calendar_days(session: Session) -> tuple[tuple[date, bool], ...]:
    query = select(col(CalendarDay.day), col(CalendarDay.working)).order_by(col(CalendarDay.day))
    return tuple((day, working) for day, working in session.connection().execute(query))


def enter_days(session: Session, days: Mapping[date, bool]) -> None:
    """Store day → whether it is worked; a day already entered is changed."""
    for day, working in days.items():
        session.merge(CalendarDay(day=day, working=working))
    session.flush()


def _days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)
