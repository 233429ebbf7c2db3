"""A date whose parts stand in an order that only a person knows, with that order, in; the day out."""

from __future__ import annotations

import re
from datetime import date

from rules.intake.words import half_width

ORDERS = {"年月日": (0, 1, 2), "日月年": (2, 1, 0), "月日年": (2, 0, 1)}
"""In words → the places of year, month and day."""
_PARTS = re.compile(r"\d{1,4}")
_CENTURY = 2000


def day_in_order(text: str, order: str) -> date | None:
    """Return the day that the three numbers of the text mean in that order; a year of two digits is of this century.
    None where there are not just three, or no such day.
    """
    parts = [int(part) for part in _PARTS.findall(half_width(text)[:40])]
    if len(parts) != 3:
        return None
    year, month, day = (parts[place] for place in ORDERS[order])
    try:
        return date(year + _CENTURY if year < 100 else year, month, day)
    except ValueError:
        return None
