"""The nine areas with their lamps as bars, each a link to its page."""

from __future__ import annotations

from markupsafe import Markup

from catalogue.areas import AREAS
from components.board.lamp_list import to_list
from components.elements.bars import lamp_bar
from components.elements.context import PageContext
from components.elements.lamp import tally
from components.elements.links import link
from components.elements.tables import Column, table
from models.lamps import Lamp, Scorecard

COLUMNS = (
    Column("领域", css="nowrap"),
    Column("红绿灯分布", css="wide"),
    Column("已完成", number=True),
    Column("逾期", number=True),
)


def area_bars(card: Scorecard, here: PageContext) -> Markup:
    """One row an area: bar, finished of all, overdue."""
    rows = []
    for area in AREAS.values():
        roll_up = tally(card.select(area=area.code))
        finished = roll_up.counts[Lamp.DONE] + roll_up.counts[Lamp.DONE_LATE]
        share = Markup('{:,}<span class="of">／{:,}</span>').format(finished, roll_up.counted)
        overdue = roll_up.counts[Lamp.OVERDUE]
        listed = to_list(f"{overdue:,}", here, Lamp.OVERDUE, area.code) if overdue else overdue
        rows.append((link(area.title, here.address(area.page)), lamp_bar(roll_up.counts), share, listed))
    return table(COLUMNS, rows)
