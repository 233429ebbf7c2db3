"""Best and worst units: two short tables with their denominators; units that reported nothing stand apart as 未报送."""

from __future__ import annotations

from collections.abc import Mapping

from components.elements.bars import lamp_bar
from components.elements.context import PageContext
from components.elements.phrases import quiet
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Share, Table, Width, table_parts
from rules.ranking import Ranking, UnitTally


def best(ranking: Ranking, number: int, here: PageContext) -> Parts:
    """Return the first places."""
    places = {placed.unit.unit: placed.place for placed in ranking.places}
    rows = [placed.unit for placed in ranking.places]
    return table_parts(_table("best", "完成情况最好的单位", places, here), rows[:number], here)


def worst(ranking: Ranking, number: int, here: PageContext) -> Parts:
    """Return the last places, the very last first; silent units, which have none, are last of all."""
    places = {placed.unit.unit: placed.place for placed in ranking.places}
    rows = [*ranking.silent, *(placed.unit for placed in reversed(ranking.places))]
    return table_parts(_table("worst", "完成情况最差的单位", places, here), rows[:number], here)


def _table(name: str, title: str, places: Mapping[str, int], here: PageContext) -> Table[UnitTally]:
    """Return the table of ranked units. Of a silent one a percentage would pass what was never reported off as what
    was not done.
    """

    def share(tally: UnitTally) -> Share | None:
        return Share(tally.finished, tally.counted) if tally.unit in places else None

    columns = (
        Column[UnitTally](
            "place",
            "名次",
            lambda tally: places.get(tally.unit),
            Kind.NUMBER,
            drawn=lambda tally: str(places.get(tally.unit, "—")),
        ),
        Column[UnitTally](
            "unit",
            "责任单位",
            lambda tally: tally.unit,
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda tally: here.address("unit", unit=tally.unit),
        ),
        Column[UnitTally](
            "bar",
            "红绿灯分布",
            lambda tally: tally.overdue,
            Kind.PICTURE,
            Width.BAR,
            drawn=lambda tally: lamp_bar(tally.tally.counts) if tally.unit in places else quiet("未报送，不计完成率"),
            phone_label=False,
        ),
        Column[UnitTally]("share", "完成率", share, Kind.SHARE),
        Column[UnitTally]("overdue", "逾期", lambda tally: tally.overdue, Kind.NUMBER),
    )
    return Table(name, title, columns, counted="个单位", page_size=None)
