"""The areas with their lamps as bars, each a link to its page."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from catalogue.areas import areas_of_plan
from components.board.lamp_list import to_list
from components.elements.area_links import area_address
from components.elements.context import PageContext
from components.elements.lamp import tally
from components.elements.lamp_column import lamp_bar_column
from components.elements.phrases import quiet
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Share, Table, Width, table_parts
from models.definitions import Area
from models.lamps import Lamp, RollUp, Scorecard

AreaCounts = tuple[Area, RollUp]


def area_bars(card: Scorecard, here: PageContext) -> Parts:
    """Return one row an area: bar, finished of all, overdue."""
    rows = [(area, tally(card.select(area=area.code))) for area in areas_of_plan(here.district.plan)]
    columns: Sequence[Column[AreaCounts]] = (
        Column[AreaCounts](
            "area", "领域", lambda row: row[0].title, width=Width.UNBROKEN, href=lambda row: area_address(row[0], here)
        ),
        lamp_bar_column(lambda row: row[1].counts, rows),
        Column[AreaCounts]("finished", "已完成", lambda row: Share(row[1].finished, row[1].counted), Kind.SHARE),
        Column[AreaCounts](
            "overdue",
            "逾期",
            lambda row: row[1].counts[Lamp.OVERDUE],
            Kind.NUMBER,
            drawn=lambda row: _overdue(row, here),
        ),
    )
    return table_parts(
        Table("areas", "重点领域", columns, counted="个领域", page_size=None, has_search=False), rows, here
    )


def _overdue(row: AreaCounts, here: PageContext) -> str | Markup:
    area, counts = row
    number = counts.counts[Lamp.OVERDUE]
    return to_list(f"{number:,}", here, Lamp.OVERDUE, area.code) if number else quiet("0")
