"""进展: what waits for the bureau, where each unit stands with its milestones; of one unit each milestone with its
people.
"""

from collections import Counter

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, section
from components.elements.links import link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.requested_unit import requested_unit
from components.milestones.table import draw_assignments, draw_returned, draw_units, draw_waiting, lamps_of
from models.lamps import Lamp
from services.access.permission import own_unit

here = open_page("progress")
day, district = here.day, here.district
unit = requested_unit("督查 · 进展", here)
every_assignment = cache.assignments(day)
lamps = lamps_of(cache.scorecard(day))
files = Counter((file.measure, file.unit) for file in cache.evidence(day) if file.taken_back_at is None)

mine = [
    assignment
    for assignment in every_assignment
    if unit in (None, assignment.unit) and (assignment.measure, assignment.unit) in lamps
]
standing = Counter(lamps[assignment.measure, assignment.unit].lamp for assignment in mine)
waiting = [assignment for assignment in mine if lamps[assignment.measure, assignment.unit].awaits_verification]
returned = [assignment for assignment in mine if assignment.returned]
words = f"{len(mine):,} 项节点举措：待核验 {len(waiting):,} 项，已退回 {len(returned):,} 项，缺报 {standing[Lamp.NOT_REPORTED]:,} 项，逾期 {standing[Lamp.OVERDUE]:,} 项"  # noqa: E501
page_header("督查 · 进展", f"{unit}：{words}" if unit else words, here)

if unit and not mine:
    render(empty_state(f"截至该日，“{unit}”没有按节点评价的举措。", "请从“进展”页面选择单位。"))
elif unit:
    if own_unit() is None:
        render(link("全部单位", here.address("progress"), css="back"))
    render(section("节点举措", "从编号进入：填报进展、上传材料、核验，查看全部历史"))
    draw_assignments(mine, lamps, files, here)
else:
    in_turn = link("逐项核验", here.address("verification")) if own_unit() is None and waiting else ""
    render(section("待核验", in_turn or "单位已报完成，等待管理局核验或退回"))
    draw_waiting(waiting, files, here)
    render(section("已退回", "管理局已退回，单位尚未重新报完成"))
    draw_returned(returned, lamps, files, here)
    render(section("各单位", "按节点评价的举措"))
    draw_units(every_assignment, lamps, files, here)
