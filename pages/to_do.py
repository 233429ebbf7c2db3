"""我的待办: what waits for whoever looks; of a unit first the reports it owes, with one click to hand each in."""

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import section
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.table import draw_table
from components.notices.to_do import REPORTS, draw_to_do, to_do_of
from components.reporting.own_reports import open_reports, own_reports_table, standing_in_words
from components.units.pressing_matters import pressing_matters

here = open_page("to_do")
waiting = to_do_of(here)
unit = here.own_unit

if unit is None:
    page_header("督查 · 我的待办", f"{len(waiting):,} 件待办，最早的在前" if waiting else "没有待办", here)
    draw_to_do(waiting, here)
else:
    owed = open_reports(cache.reports_of_unit(here.day, unit))
    others = [item for item in waiting if item.what not in REPORTS]
    words = f"{standing_in_words(owed)}；其他待办 {len(others):,} 件"
    page_header("督查 · 我的待办", f"{unit}：{words}", here)
    render(section("要紧的事") + pressing_matters(unit, owed, here))
    render(section("应报数据", "缺报的在前，其余按期限"))
    draw_table(own_reports_table("owed", here), owed, here)
    render(section("其他待办", "退回、整改、抽查、催办等，最早的在前"))
    draw_to_do(others, here)
