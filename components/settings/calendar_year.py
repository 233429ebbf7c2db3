"""A year of the working-day calendar as twelve small months: days off shaded, 休 and 班 where they differ from the
week.
"""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

HEAD = Markup("").join(Markup("<th scope='col'>{}</th>").format(day) for day in "一二三四五六日")
WEEKS = Weeks()


def year_table(year: int, days: Mapping[date, bool]) -> Markup:
    """Every month; a day that differs from its weekday says why."""
    months = Markup("").join(_month(year, month, days) for month in range(1, 13))
    return Markup('<div class="year">{}</div>').format(months)


def _month(year: int, month: int, days: Mapping[date, bool]) -> Markup:
    worked = sum(days[day] for day in days if day.month == month)
    weeks = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(_day(day, month, days) for day in week))
        for week in WEEKS.monthdatescalendar(year, month)
    )
    return Markup(
        '<table class="month"><caption>{}月<small>{} 个工作日</small></caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'  # noqa: E501
    ).format(month, worked, HEAD, weeks)


def _day(day: date, month: int, days: Mapping[date, bool]) -> Markup:
    if day.month != month:
        return Markup("<td></td>")
    working, weekday = days[day], day.weekday() < 5
    mark = "" if working == weekday else "班" if working else "休"
    return Markup('<td class="{}" title="{}">{}<i>{}</i></td>').format(
        "work" if working else "off", f"{day} {'工作日' if working else '休息日'}", day.day, mark
    )


def differences(days: Mapping[date, bool]) -> tuple[int, int]:
    """(weekdays off, weekend days worked)."""
    off = sum(not working and day.weekday() < 5 for day, working in days.items())
    worked = sum(working and day.weekday() >= 5 for day, working in days.items())
    return off, worked
