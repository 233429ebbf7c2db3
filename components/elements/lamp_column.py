"""The column of a table that shows its row's lamps as a bar, most overdue first where it is sorted by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from components.elements.bars import lamp_bar
from components.elements.lamp import COUNTED
from components.elements.table import Column, Kind, Row, Width
from models.lamps import Lamp


def lamp_bar_column(counts: Callable[[Row], Mapping[Lamp, int]], rows: Iterable[Row]) -> Column[Row]:
    """Return the column; `counts`: how many of a row's responsibilities have each lamp. One of one is not as long as 89
    of 254: the longest of the `rows` fills the width.
    """
    longest = max((sum(counts(row).get(lamp, 0) for lamp in COUNTED) for row in rows), default=0)
    return Column(
        "bar",
        "红绿灯分布",
        lambda row: counts(row).get(Lamp.OVERDUE, 0),
        Kind.PICTURE,
        Width.BAR,
        drawn=lambda row: lamp_bar(counts(row), longest),
        phone_label=False,
    )
