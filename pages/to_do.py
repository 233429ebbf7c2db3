"""我的待办: what waits for whoever looks; of a unit first the reports it owes, with one click to hand each in."""

from components.elements.context import open_page
from components.elements.page_header import page_header
from components.notices.to_do import draw_to_do, to_do_of
from components.notices.waiting import draw_waiting, waiting_in_words

here = open_page("to_do")
unit = here.own_unit

if unit is None:
    waiting = to_do_of(here)
    page_header("督查 · 我的待办", f"{len(waiting):,} 件待办，最早的在前" if waiting else "没有待办", here)
    draw_to_do(waiting, here)
else:
    page_header("督查 · 我的待办", f"{unit}：{waiting_in_words(unit, here)}", here)
    draw_waiting(unit, here)
