"""Figures as an official document writes them: days, numbers, shares, gaps and lists of units."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from rules.months import month_label

MARKED_FROM = 10_000
NAMED_AT_MOST = 8
IN_A_CELL = 80
"""Characters of a text in a table of the document; the workbook has all of it."""


def day_in_words(day: str | date) -> str:
    """Return 2023年9月13日: day and month without zeros."""
    known = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{known.year}年{known.month}月{known.day}日"


def number_in_words(value: float) -> str:
    """Return a number, with thousands marks only from 10,000 on and without an empty fraction."""
    if not float(value).is_integer():
        return f"{value:,.2f}" if value >= MARKED_FROM else f"{value:.2f}"
    return f"{value:,.0f}" if value >= MARKED_FROM else f"{value:.0f}"


def share_in_words(value: float, *, met: bool | None = None, at_most: bool = False) -> str:
    """Return 96.9%. What misses its target is rounded away from it, so that it never reads as the target: down, or up
    where it is to stay low.
    """
    tenths = round(value * 1000)
    if met is False:
        tenths = math.ceil(value * 1000 - 1e-9) if at_most else math.floor(value * 1000 + 1e-9)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"


def more_or_less(difference: int) -> str:
    """Return 增加3项, 减少2项 or 持平."""
    if difference == 0:
        return "持平"
    return f"{'增加' if difference > 0 else '减少'}{number_in_words(abs(difference))}项"


def listed(words: Iterable[str]) -> str:
    """Return the words joined as a list, all of them."""
    return "、".join(words)


def named(words: list[str], what: str = "单位") -> str:
    """Return the words joined; of many the first ones and how many there are."""
    if len(words) <= NAMED_AT_MOST:
        return listed(words)
    return f"{listed(words[:NAMED_AT_MOST])}等{len(words)}个{what}"


def shortened(text: str) -> str:
    """Return a text on one line, its end left out where a table's row would become longer than a page."""
    line = " ".join(text.split())
    return line if len(line) <= IN_A_CELL else f"{line[:IN_A_CELL]}……"


def months_in_words(months: list[str]) -> str:
    """Return 2023年7月、8月; 一次性报送 for a snapshot."""
    if not months:
        return "一次性报送"
    words, year = [], ""
    for month in months:
        words.append(f"{'' if month[:4] == year else month[:4] + '年'}{month_label(month)}")
        year = month[:4]
    return listed(words)
