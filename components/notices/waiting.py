"""What waits for a unit: what presses, the reports it owes, everything else, the oldest first."""

from __future__ import annotations

from collections.abc import Sequence

from components.elements import cache
from components.elements.context import PageContext
from components.elements.empty_state import section
from components.elements.rendering import render
from components.elements.table import draw_table
from components.notices.pressing_matters import pressing_matters
from components.notices.to_do import REPORTS, draw_to_do, to_do_of
from components.reporting.own_reports import open_reports, own_reports_table, standing_in_words
from services.notices.to_do import ToDo
from services.reporting.reports import ReportOwed


def waiting_in_words(unit: str, here: PageContext) -> str:
    """Return “缺报 2 份；其他待办 3 件”."""
    return f"{standing_in_words(_owed(unit, here))}；其他待办 {len(_others(here)):,} 件"


def draw_waiting(unit: str, here: PageContext, *, most: int = 20) -> None:
    """Draw it for the unit's own people; `most`: rows of a table on a page."""
    owed, others = _owed(unit, here), _others(here)
    render(section("要紧的事") + pressing_matters(unit, owed, here))
    render(section("应报数据", "缺报的在前，其余按期限"))
    draw_table(own_reports_table("owed", here, page_size=most), owed, here)
    render(section("其他待办", f"{len(others):,} 件；退回、整改、抽查、催办等，最早的在前"))
    draw_to_do(others, here, page_size=most)


def _owed(unit: str, here: PageContext) -> Sequence[ReportOwed]:
    return open_reports(cache.reports_of_unit(here.day, unit))


def _others(here: PageContext) -> Sequence[ToDo]:
    return [item for item in to_do_of(here) if item.what not in REPORTS]
