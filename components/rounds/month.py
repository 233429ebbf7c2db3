"""The calendar of supervision for a month: a table of weeks, on a phone the days that have something."""

from __future__ import annotations

from calendar import Calendar
from datetime import timedelta

from markupsafe import Markup

from components.elements.context import PageContext, parse_day
from components.elements.templates import from_template
from services.meetings.supervision_calendar import CalendarItem, ItemKind, SupervisionMonth

YEARS = range(2000, 2100)
ADDRESSES = {
    ItemKind.DEADLINE: ("plan", "task"),
    ItemKind.REPORT: ("reporting", ""),
    ItemKind.ROUND: ("round", "number"),
    ItemKind.MEETING: ("meeting", "number"),
}
"""What stands in the calendar → its page, and the parameter that takes its code."""


def requested_month(here: PageContext) -> str:
    """Return the month in the address, or that of the page's day for anything that is none."""
    requested = parse_day(f"{here.parameter('month')}-01")
    day = requested if requested and requested.year in YEARS else here.day
    return f"{day:%Y-%m}"


def finding(month: SupervisionMonth) -> str:
    """Return “8月：任务时限 3 项，报送期限 1 项，督查轮次 2 项，督查会议 1 项” for the title of the page."""
    numbers = {kind: sum(item.kind is kind for item in month.items) for kind in ItemKind}
    counts = "，".join(f"{kind.word} {number} 项" for kind, number in numbers.items() if number)
    return f"{month.first.year}年{month.first.month}月：{counts or '没有期限、轮次和会议'}"


def month_markup(month: SupervisionMonth, here: PageContext) -> Markup:
    weeks = Calendar().monthdatescalendar(month.first.year, month.first.month)
    items = {
        day: [(item, _address(item, here)) for item in month.items if item.first <= day <= item.last]
        for week in weeks
        for day in week
    }
    return from_template(
        "rounds/month.html",
        month=month,
        weeks=weeks,
        items=items,
        today=here.day,
        before=here.same_page(month=f"{month.first - timedelta(days=1):%Y-%m}"),
        after=here.same_page(month=f"{month.last + timedelta(days=1):%Y-%m}"),
    )


def _address(item: CalendarItem, here: PageContext) -> str:
    page, parameter = ADDRESSES[item.kind]
    return here.address(page, **({parameter: item.code} if parameter else {}))
