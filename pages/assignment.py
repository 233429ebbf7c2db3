"""责任事项: one unit's milestone with its people, forms, evidence and whole history."""

import streamlit as st

from components.elements import cache
from components.elements.as_of import as_of
from components.elements.empty_state import empty_state, note, section
from components.elements.links import address, link
from components.elements.page_header import page_header
from components.elements.pagination import one_page, page_number, pager
from components.elements.rendering import render
from components.milestones.assignment import assignment_facts, evidence_table, history_table
from components.milestones.forms import evidence_form, may_be_decided, progress_form, verify_form
from components.milestones.table import lamp_over_time
from components.upload.submission import tell_once
from models.lamps import FACES
from services.access.permission import Forbidden, may, own_unit
from services.access.refusal import RefusedRequest
from services.board.district import moment
from services.milestones.evidence import attach
from services.milestones.progress import months_to_report, report_progress
from services.milestones.verification import verify

ON_A_PAGE = 30

day = as_of(cache.opening_day())
district = cache.district(day)
measure, unit = st.query_params.get("measure", ""), own_unit(st.query_params.get("unit") or None) or ""
query = {"as_of": st.query_params.get("as_of")}

try:
    found = cache.assignment(measure, unit, day)
except Forbidden:
    raise  # told by the frame
except RefusedRequest as refused:
    page_header("督查 · 责任事项", "没有这一责任事项" if measure and unit else "请选择责任事项", district)
    why = str(refused) if measure and unit else "这一页展示一个单位的一项举措，地址中没有写明是哪个单位、哪项举措。"
    render(empty_state(why, "请从“进展”页面进入。"))
    st.stop()

lamp = cache.scorecard(day).select(measure=measure, unit=unit)[0]
page_header("督查 · 责任事项", f"{unit}·{measure} {found.measure.title}：{FACES[lamp.lamp].word}", district)
tell_once()
render(link(f"{unit}的全部节点举措", address("progress", unit=unit, **query), css="back"))
render(
    section("现在", link("查看计算依据", address("lamp", measure=measure, unit=unit, **query)))
    + assignment_facts(found, lamp)
)

if found.measure.milestone:
    if may(report_progress):
        with st.expander("填报进展（责任单位）"):
            render(note("按当月任务进展工作簿入库；该月已报的其他举措保持不变。"))
            progress_form(found, months_to_report(day), moment(district))
    if may(verify) and may_be_decided(found):
        with st.expander("核验或退回（管理局）", expanded=True):
            verify_form(found, moment(district))

render(section("证明材料", "按文件指纹保存，撤回的仍留记录") + evidence_table(found.evidence))
if may(attach):
    with st.expander("上传或撤回材料（责任单位）"):
        evidence_form(found, moment(district))

render(section("各月末的红绿灯") + lamp_over_time(cache.lamp_at_month_ends(measure, unit, day)))
number = page_number("page", -(-len(found.events) // ON_A_PAGE))
render(section("全部历史", f"报送、材料、核验、裁定和红绿灯变化共 {len(found.events)} 条，新的在前"))
render(history_table(one_page(found.events, number, ON_A_PAGE), **query))
render(pager("assignment", "page", number, len(found.events), ON_A_PAGE, measure=measure, unit=unit, **query))
