"""What a cell of a table holds, and what of it is sorted by, filtered by and written into a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from markupsafe import Markup

from components.elements.figures import figure
from models.lamps import FACES, Lamp
from rules.as_of import SHANGHAI


class Kind(Enum):
    """How a column's values are drawn, ordered and exported."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    DAY = "day"
    MOMENT = "moment"
    LAMP = "lamp"
    UNIT = "unit"
    PICTURE = "picture"
    """Drawn by the column itself (a bar, a small chart); its value is what it is sorted by, nothing is exported."""


@dataclass(frozen=True, slots=True)
class Share:
    """A numerator of a denominator. Without a denominator, or with 0, it has no value."""

    numerator: float | None
    denominator: float | None

    @property
    def value(self) -> float | None:
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator


Value = str | int | float | date | datetime | Lamp | Share | None

NUMERIC = (Kind.NUMBER, Kind.SHARE)
SEVERITY: Mapping[Lamp, int] = {lamp: index for index, lamp in enumerate(Lamp)}
_DIGITS = re.compile(r"(\d+)")


def sort_key(value: Value | Any) -> Any:
    """Return what orders values of one column, or None for a missing one, which stands last either way.

    Lamps go from the worst on; text by its numbers and, as in a Chinese word list, by pinyin.
    """
    if isinstance(value, Share):
        return value.value
    if isinstance(value, Lamp):
        return SEVERITY[value]
    if isinstance(value, str):
        return _reading_order(value) if value else None
    return value


def _reading_order(text: str) -> tuple[tuple[int, Any], ...]:
    """Return pieces that compare: 1.9 before 1.10, and GB 18030, whose common characters stand in order of pinyin."""
    return tuple(
        (0, int(piece)) if piece.isdecimal() and piece.isascii() else (1, piece.encode("gb18030", "replace"))
        for piece in _DIGITS.split(text)
        if piece
    )


def in_words(value: Value | Any) -> str:
    """Return the value as words: what a filter offers and a search looks through."""
    if type(value) is str:  # most are; a table of thousands of rows asks for each
        return value
    if value is None:
        return ""
    if isinstance(value, Lamp):
        return FACES[value].word
    if isinstance(value, Share):
        return share_in_words(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Markup):
        return value.striptags()
    if isinstance(value, (int, float)):
        return figure(value)
    return str(value)


def share_in_words(share: Share) -> str:
    """Return “30.0%（12／40）”, or “无数据” where nothing was reported."""
    if share.numerator is None:
        return "无数据"
    counted = f"{figure(share.numerator)}／{figure(share.denominator or 0)}"
    return counted if share.value is None else f"{share.value:.1%}（{counted}）"
