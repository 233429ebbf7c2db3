"""A year of the working-day calendar as twelve small months: days off shaded, 休 and 班 where they differ from the
week.
"""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.links import link
from components.elements.templates import from_template
from rules.working_days import Calendar as WorkingDays
from rules.working_days import years_to_enter

WEEKS = Weeks()
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class CalendarDay:
    """A day of a month; `mark` says where it differs from its weekday."""

    day: date
    works: bool

    @property
    def mark(self) -> str:
        return "" if self.works == (self.day.weekday() < 5) else "班" if self.works else "休"


@dataclass(frozen=True)
class CalendarMonth:
    """A month as weeks of seven days; None: a day of the month before or after."""

    number: int
    working: int
    weeks: Sequence[Sequence[CalendarDay | None]]


def year_table(year: int, days: Mapping[date, bool]) -> Markup:
    """Return every month; a day that differs from its weekday says why."""
    months = [_month(year, month, days) for month in range(1, 13)]
    return from_template("settings/calendar_year.html", months=months, weekdays=WEEKDAYS)


def _month(year: int, month: int, days: Mapping[date, bool]) -> CalendarMonth:
    weeks = [
        [CalendarDay(day, days[day]) if day.month == month else None for day in week]
        for week in WEEKS.monthdatescalendar(year, month)
    ]
    return CalendarMonth(month, sum(days[day] for day in days if day.month == month), weeks)


def calendar_request(calendar: WorkingDays, here: PageContext) -> Markup:
    """Return what asks for the calendars that are needed and not entered; nothing where none is."""
    years = years_to_enter(calendar, here.day)
    if not years:
        return Markup()
    years_in_words = "、".join(f"{year} 年" for year in years)
    enter = link("去录入", here.address("calendar", year=years[0]))
    return note(
        Markup("未录入{}工作日历：涉及该年的工作日不作推算。放假安排公布后请录入。{}").format(years_in_words, enter)
    )


def differences(days: Mapping[date, bool]) -> tuple[int, int]:
    """Return (weekdays off, weekend days worked)."""
    off = sum(not working and day.weekday() < 5 for day, working in days.items())
    worked = sum(working and day.weekday() >= 5 for day, working in days.items())
    return off, worked
