"""Best and worst units: two short tables with their denominators; units that reported nothing stand apart as 未报送."""

from __future__ import annotations

from markupsafe import Markup

from components.elements.bars import lamp_bar
from components.elements.context import PageContext
from components.elements.links import link
from components.elements.tables import Column, percent, ratio, table
from rules.ranking import Placed, Ranking, UnitTally

COLUMNS = (
    Column("名次", number=True),
    Column("责任单位", css="nowrap"),
    Column("红绿灯分布", css="wide"),
    Column("已完成", number=True),
    Column("完成率", number=True),
    Column("逾期", number=True),
)


def best(ranking: Ranking, number: int, here: PageContext) -> Markup:
    return table(COLUMNS, [_placed(placed, here) for placed in ranking.places[:number]], css="ranking")


def worst(ranking: Ranking, number: int, here: PageContext) -> Markup:
    """The last places, the very last first; silent units, which have none, are last of all."""
    silent = [_silent(tally, here) for tally in ranking.silent]
    rows = [*silent, *(_placed(placed, here) for placed in reversed(ranking.places))]
    return table(COLUMNS, rows[:number], css="ranking")


def _placed(placed: Placed, here: PageContext) -> tuple[str | Markup | int, ...]:
    tally = placed.unit
    return (
        placed.place,
        _name(tally, here),
        lamp_bar(tally.tally.counts),
        ratio(tally.finished, tally.counted),
        percent(tally.share),
        tally.overdue,
    )


def _silent(tally: UnitTally, here: PageContext) -> tuple[str | Markup | int, ...]:
    """A percentage would pass what was never reported off as what was not done."""
    return "—", _name(tally, here), Markup('<span class="quiet">未报送</span>'), "—", "—", tally.overdue


def _name(tally: UnitTally, here: PageContext) -> Markup:
    return link(tally.unit, here.address("unit", unit=tally.unit))
