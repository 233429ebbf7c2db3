"""进展: what waits for the bureau, where each unit stands with its milestones; of one unit each milestone with its
people.
"""

from collections import Counter

import streamlit as st

from components.elements import cache
from components.elements.as_of import as_of
from components.elements.empty_state import empty_state, section
from components.elements.links import address, link
from components.elements.page_header import page_header
from components.elements.pagination import one_page, page_number, pager
from components.elements.rendering import render
from components.elements.requested_unit import asked_unit
from components.milestones.table import assignments_table, lamps_of, returned_table, units_table, waiting_table
from models.lamps import Lamp
from services.access.permission import own_unit

ON_A_PAGE = 20

day = as_of(cache.opening_day())
district = cache.district(day)
unit = asked_unit("督查 · 进展", district)
found = cache.assignments(day)
lamps = lamps_of(cache.scorecard(day))
files = Counter((one.measure, one.unit) for one in cache.evidence(day) if one.taken_back_at is None)
query = {"as_of": st.query_params.get("as_of")}

mine = [one for one in found if unit in (None, one.unit) and (one.measure, one.unit) in lamps]
standing = Counter(lamps[one.measure, one.unit].lamp for one in mine)
waiting = [one for one in mine if lamps[one.measure, one.unit].lamp is Lamp.TO_VERIFY]
returned = [one for one in mine if one.returned]
words = f"{len(mine):,} 项节点举措：待核验 {len(waiting):,} 项，已退回 {len(returned):,} 项，缺报 {standing[Lamp.NOT_REPORTED]:,} 项，逾期 {standing[Lamp.OVERDUE]:,} 项"  # noqa: E501
page_header("督查 · 进展", f"{unit}：{words}" if unit else words, district)

if unit and not mine:
    render(empty_state(f"截至该日，“{unit}”没有按节点评价的举措。", "请从“进展”页面选择单位。"))
elif unit:
    if own_unit() is None:
        render(link("全部单位", address("progress", **query), css="back"))
    render(
        section("节点举措", "点击编号填报进展、上传材料、核验，查看全部历史")
        + assignments_table(mine, lamps, files, **query)
    )
else:
    number = page_number("waiting", -(-len(waiting) // ON_A_PAGE))
    render(
        section("待核验", "单位已报完成，等待管理局核验或退回")
        + waiting_table(one_page(waiting, number, ON_A_PAGE), files, **query)
    )
    render(pager("progress", "waiting", number, len(waiting), ON_A_PAGE, **query))
    number = page_number("returned", -(-len(returned) // ON_A_PAGE))
    render(
        section("已退回", "管理局已退回，单位尚未重新报完成")
        + returned_table(one_page(returned, number, ON_A_PAGE), lamps, files, **query)
    )
    render(pager("progress", "returned", number, len(returned), ON_A_PAGE, **query))
    render(section("各单位", "按节点评价的举措；点击单位查看") + units_table(found, lamps, files, **query))
