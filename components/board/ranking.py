"""Best and worst units: two short tables with their denominators; units that reported nothing stand apart as 未报送."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements.bars import lamp_bar
from components.elements.links import Value, address, link
from components.elements.tables import Column, percent, ratio, table
from rules.standings import Standing

COLUMNS = (
    Column("名次", number=True),
    Column("责任单位", css="nowrap"),
    Column("红绿灯分布", css="wide"),
    Column("已完成", number=True),
    Column("完成率", number=True),
    Column("逾期", number=True),
)


def best(ranked: Sequence[Standing], number: int, **query: Value) -> Markup:
    heard = [one for one in ranked if not one.silent]
    return table(COLUMNS, [_row(place, one, query) for place, one in enumerate(heard[:number], 1)], css="ranking")


def worst(ranked: Sequence[Standing], number: int, **query: Value) -> Markup:
    """The last places, the very last first; silent units are last of all."""
    places = list(enumerate(ranked, 1))[::-1][:number]
    return table(COLUMNS, [_row(place, one, query) for place, one in places], css="ranking")


def _row(place: int, one: Standing, query: dict[str, Value]) -> tuple[str | Markup | int, ...]:
    name = link(one.unit, address("unit", unit=one.unit, **query))
    if one.silent:  # a percentage would pass what was never reported off as what was not done
        return place, name, Markup('<span class="quiet">未报送</span>'), "—", "—", one.overdue
    return (
        place,
        name,
        lamp_bar(one.tally.counts),
        ratio(one.finished, one.tally.counted),
        percent(one.finished / one.tally.counted),
        one.overdue,
    )
