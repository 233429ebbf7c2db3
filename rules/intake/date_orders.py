"""From a date that only a person can read, with how it is to be read, to the day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from rules.intake.words import half_width

ORDERS = {"年月日": (0, 1, 2), "日月年": (2, 1, 0), "月日年": (2, 0, 1)}
"""In words → the places of year, month and day."""
DAY_ALONE = "只写了日，都在填报的月份"
FIRST_DAY, LAST_DAY = "写了起止日期，取第一天", "写了起止日期，取最后一天"
WAYS = (*ORDERS, DAY_ALONE, FIRST_DAY, LAST_DAY)

_LONGEST = 40
_PARTS = re.compile(r"\d{1,4}")
_CENTURY = 2000
_DAY = re.compile(r"^(\d{1,2})\s*[日号]?$")
_SPAN = re.compile(
    r"^(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[/.月](?P<first>\d{1,2})[日号]?"
    r"(?:--?|[—–~～至到]+)"
    r"(?:(?:\d{4}[-/.年])?(?P<later>\d{1,2})[/.月])?(?P<last>\d{1,2})[日号]?$"
)


def ways_to_read(texts: Iterable[str], month: str | None) -> list[str]:
    """Return those by which at least one of the texts is a day. `month`: YYYY-MM that the file is of."""
    typed = list(texts)
    return [way for way in WAYS if any(day_read(text, way, month) for text in typed)]


def day_read(text: str, way: str, month: str | None) -> date | None:
    """Return the day that the text means when it is read in that way, one of `WAYS`; None where it has not that form,
    or no such day. A year that is left out is that of the month.
    """
    typed = half_width(text)[:_LONGEST]
    if way in ORDERS:
        return _in_order(typed, ORDERS[way])
    if month is None:
        return None
    year, own_month = map(int, month.split("-"))
    if way == DAY_ALONE:
        return _day(year, own_month, int(match[1])) if (match := _DAY.match(typed)) else None
    span = _SPAN.match("".join(typed.split()))
    if span is None:
        return None
    year, first_month = int(span["year"] or year), int(span["month"])
    if way == FIRST_DAY:
        return _day(year, first_month, int(span["first"]))
    last_month = int(span["later"] or first_month)
    return _day(year + (last_month < first_month), last_month, int(span["last"]))


def _in_order(typed: str, places: tuple[int, int, int]) -> date | None:
    """Three numbers; a year of two digits is of this century."""
    parts = [int(part) for part in _PARTS.findall(typed)]
    if len(parts) != len(places):
        return None
    year, month, day = (parts[place] for place in places)
    return _day(year + _CENTURY if year < 100 else year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
