"""判定依据: the proof of one lamp, from the rule down to the cells of the file as uploaded."""

import streamlit as st
from markupsafe import Markup

from catalogue.areas import area_of
from components.areas.unjudged_figures import unjudged_markup
from components.elements import cache
from components.elements.area_links import area_address
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note, section
from components.elements.forms import tell_what_was_done
from components.elements.links import choices, link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.table import table_parts
from components.instructions.instructions import draw_about, entering_form
from components.proof.evidence import clause, conclusion, decisions_table
from components.proof.lamp_rule import rule_applied
from components.proof.sections import indicator_section, submissions_section
from components.rectifications.ledger import ledger_table
from components.spot_checks.marks import checks_of_unit, draw_marks, marks_of
from models.instructions import Subject
from models.lamps import FACES
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest

here = open_page("lamp")
day, district = here.day, here.district
measure, unit = here.parameter("measure"), here.unit

try:
    proof = cache.proof(measure, unit, day)
except Forbidden:
    raise  # told by the frame
except RefusedRequest as refused:
    page_header("督查 · 判定依据", "没有这一责任项" if measure else "请选择责任项", here)
    why = str(refused) if measure else "这一页说明一个红绿灯的依据，地址中没有写明是哪项举措、哪个单位。"
    render(empty_state(why, "请从总览或领域页面的红绿灯进入。"))
    st.stop()

lamp, whose = proof.lamp, unit or "未明确单位"
page_header(
    "督查 · 判定依据", f"{whose}·{measure} {proof.measure.title}：{FACES[lamp.lamp].word if lamp else '不承担'}", here
)
back = link("返回本单位在该领域的数据", area_address(area_of(proof.task.area), here, unit=unit), css="back")
whole_history = here.address("assignment", measure=measure, unit=unit)
history = link("办理情况：进展、证明材料、核验和全部历史", whole_history, css="back") if unit and lamp else Markup("")
render(choices("其他页面", (back, history)))
if lamp:
    rule = rule_applied(lamp.lamp, milestone=proof.measure.milestone, open_ended=lamp.open_ended)
    render(section("结论") + conclusion(lamp, rule))
else:
    render(section("结论") + note(f"该单位不承担举措 {measure}，没有红绿灯，不作达标判断。以下为其数据。"))
if unit:
    render(draw_marks(marks_of(here, unit, measure), here) + checks_of_unit(unit, here, measure))
if lamp and unit:
    render(draw_about(here, Subject.LAMP, measure, unit))
    tell_what_was_done()
    entering_form(here, Subject.LAMP, measure, [unit])
render(section("方案条款") + clause(proof.task))

for number, indicator_proof in enumerate(proof.indicators):
    indicator_section(number, indicator_proof, judged=lamp is not None, here=here)

render(unjudged_markup([measure], day, unit))
if proof.measure.milestone:
    render(section("核验记录") + decisions_table(proof.decisions, here))
submissions_section(proof.submissions, here)
if rectifications := [
    item for item in cache.rectifications(day, unit).rectifications if unit and item.measure == measure
]:
    render(
        section("整改", "涉及这项举措") + table_parts(ledger_table(here, "涉及这项举措的整改"), rectifications, here)
    )
