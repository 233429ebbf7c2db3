"""办理情况: one unit's milestone with its people, forms, evidence and whole history."""

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note, section
from components.elements.forms import tell_what_was_done
from components.elements.links import link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.milestones.assignment import assignment_facts, evidence_table, history_table
from components.milestones.forms import evidence_form, may_be_decided, progress_form, verify_form
from components.milestones.table import lamp_over_time
from models.lamps import FACES
from services.access.permission import Forbidden, may
from services.access.refusal import RefusedRequest
from services.milestones.evidence import attach
from services.milestones.progress import months_to_report, report_progress
from services.milestones.verification import verify

here = open_page("assignment")
day, district = here.day, here.district
measure, unit = here.parameter("measure"), here.unit or ""

try:
    assignment = cache.assignment(measure, unit, day)
except Forbidden:
    raise  # told by the frame
except RefusedRequest as refused:
    page_header("督查 · 办理情况", "没有这一事项" if measure and unit else "请选择事项", here)
    why = str(refused) if measure and unit else "这一页展示一个单位的一项举措，地址中没有写明是哪个单位、哪项举措。"
    render(empty_state(why, "请从“进展”页面进入。"))
    st.stop()

lamp = cache.scorecard(day).select(measure=measure, unit=unit)[0]
page_header("督查 · 办理情况", f"{unit}·{measure} {assignment.measure.title}：{FACES[lamp.lamp].word}", here)
tell_what_was_done()
render(link(f"{unit}的全部节点举措", here.address("progress", unit=unit), css="back"))
render(
    section("当前状态", link("查看计算依据", here.address("lamp", measure=measure, unit=unit)))
    + assignment_facts(assignment, lamp)
)

if assignment.measure.milestone:
    if may(report_progress):
        with st.expander("填报进展（责任单位）"):
            render(note("按当月任务进展工作簿入库；该月已报的其他举措保持不变。"))
            progress_form(assignment, months_to_report(day), here)
    if may(verify) and may_be_decided(assignment):
        with st.expander("核验或退回（管理局）", expanded=True):
            verify_form(assignment, here)

render(section("证明材料", "按文件指纹保存，撤回的仍留记录") + evidence_table(assignment.evidence, here))
if may(attach):
    with st.expander("上传或撤回材料（责任单位）"):
        evidence_form(assignment, here)

render(section("各月末的红绿灯") + lamp_over_time(cache.lamp_at_month_ends(measure, unit, day)))
render(section("全部历史", f"报送、材料、核验、裁定和红绿灯变化共 {len(assignment.events)} 条，新的在前"))
render(history_table(assignment.events, here))
