"""The official working calendar: from days off of the entered years to counts of working days; a year not entered is
refused.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

ONE_DAY = timedelta(days=1)


class CalendarMissing(LookupError):
    """A year was asked for whose official calendar has not been entered."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year

    def __str__(self) -> str:
        return f"未录入{self.year}年工作日历，需要该年工作日的不能推算，请先在“工作日历”页面录入。"


@dataclass(frozen=True, eq=False)
class Calendar:
    """Entered year → every day of it that is not worked: weekends and holidays, without the make-up days."""

    days_off: Mapping[int, frozenset[date]]
    _worked: dict[int, tuple[int, ...]] = field(init=False, repr=False)  # year → working days in its first n days

    def __post_init__(self) -> None:
        object.__setattr__(self, "_worked", {year: _running_count(year, off) for year, off in self.days_off.items()})

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[date, bool]]) -> Calendar:
        """Return the calendar of rows (day, is it worked). A year of which a day is lacking counts as not entered."""
        worked_by_year: dict[int, dict[date, bool]] = defaultdict(dict)
        for day, is_worked in rows:
            worked_by_year[day.year][day] = bool(is_worked)
        return cls(
            {
                year: frozenset(day for day, is_worked in days.items() if not is_worked)
                for year, days in worked_by_year.items()
                if len(days) == _length(year)
            }
        )

    def covers(self, year: int) -> bool:
        return year in self._worked

    def is_working(self, day: date) -> bool:
        """Raises CalendarMissing."""
        self._counts(day.year)
        return day not in self.days_off[day.year]

    def working_days_between(self, after: date, until: date) -> int:
        """Return working days in (after, until]; 0 where that is empty. Raises CalendarMissing for a year it reaches
        into.
        """
        if until <= after:
            return 0
        first = after + ONE_DAY
        days = self._counts(until.year)[_day_of_year(until)] - self._counts(first.year)[_day_of_year(first) - 1]
        return days + sum(self._counts(year)[-1] for year in range(first.year, until.year))

    def about_working_days_between(self, after: date, until: date) -> tuple[int, tuple[int, ...]]:
        """Return what `working_days_between` does, of a year not entered yet with Monday to Friday; and which years
        those were: a deadline may lie in a year whose calendar is not published before November.
        """
        return _about_working_days(self, after, until)

    def _about(self, after: date, until: date) -> tuple[int, tuple[int, ...]]:
        missing = tuple(year for year in range(after.year, until.year + 1) if not self.covers(year))
        days = 0
        for year in range(after.year, until.year + 1):
            first, last = max(after, date(year, 1, 1) - ONE_DAY), min(until, date(year, 12, 31))
            days += _weekdays_between(first, last) if year in missing else self.working_days_between(first, last)
        return days, missing if days else ()

    def add_working_days(self, start: date, days: int) -> date:
        """Return the last of so many working days, the first working day after the start being day 1; 0 gives the
        start.

        Raises ValueError for fewer than 0 and CalendarMissing.
        """
        if days < 0:
            raise ValueError("working days are counted forward only")
        if days == 0:
            return start
        first = start + ONE_DAY
        number = days + self._counts(first.year)[_day_of_year(first) - 1]
        year = first.year
        while number > self._counts(year)[-1]:
            number -= self._counts(year)[-1]
            year += 1
        return date(year, 1, 1) + timedelta(days=bisect_left(self._counts(year), number) - 1)

    def next_working(self, day: date) -> date:
        """Return the day itself where it is worked, else the next that is. Raises CalendarMissing."""
        return day if self.is_working(day) else self.add_working_days(day, 1)

    def _counts(self, year: int) -> tuple[int, ...]:
        try:
            return self._worked[year]
        except KeyError:
            raise CalendarMissing(year) from None


@lru_cache(maxsize=4096)
def _about_working_days(calendar: Calendar, after: date, until: date) -> tuple[int, tuple[int, ...]]:
    """A board asks for the same few deadlines of every unit."""
    return calendar._about(after, until)


NOTICE_MONTH = 11
"""The State Council's notice for the next year comes in November."""


def years_to_enter(calendar: Calendar, day: date) -> tuple[int, ...]:
    """Return the years of which the calendar is needed by then and not entered: that of the day, and from November on
    the next.
    """
    years = (day.year, day.year + 1) if day.month >= NOTICE_MONTH else (day.year,)
    return tuple(year for year in years if not calendar.covers(year))


def _weekdays_between(after: date, until: date) -> int:
    """Mondays to Fridays in (after, until]."""
    return sum((after + timedelta(days=n)).weekday() < 5 for n in range(1, (until - after).days + 1))


def _length(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def _day_of_year(day: date) -> int:
    return day.toordinal() - date(day.year, 1, 1).toordinal() + 1


def _running_count(year: int, days_off: frozenset[date]) -> tuple[int, ...]:
    first = date(year, 1, 1)
    return (0, *accumulate(int(first + timedelta(days=n) not in days_off) for n in range(_length(year))))
