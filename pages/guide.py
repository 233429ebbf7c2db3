"""办事指南: one guide as a citizen would read it, the failing parts marked, the clause and the sentence beside them."""

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note, section
from components.elements.forms import tell_what_was_done
from components.elements.links import choices, link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.guides.manual_checks import questions_table, record_form
from components.guides.sheet import guide_sheet
from components.spot_checks.marks import checks_of_element
from models.guides import ERROR
from services.access.permission import may
from services.access.refusal import RefusedRequest
from services.guides.manual_checks import questions, record
from services.guides.sheet import guide_of
from services.guides.unit_guides import unit_guides

here = open_page("guide")
day, district = here.day, here.district
unit, item = here.unit or "", here.parameter("item")

try:
    guides = cache.answer(unit_guides, unit, day)
except RefusedRequest:
    guides = None
guide = guide_of(guides, item) if guides else None
if guide is None:
    page_header("督查 · 办事指南", "没有这个指南", here)
    render(empty_state(f"截至该日，“{unit}”的办事指南中没有事项“{item}”。", "请从指南精准度页面的事项进入。"))
    st.stop()

errors = sum(mark.severity == ERROR for mark in guide.marks)
marks_in_words = f"错误 {errors} 处，建议 {len(guide.marks) - errors} 处" if guide.marks else "符合全部规则"
page_header(f"督查 · 办事指南 · {unit}", f"{guide.name}：{marks_in_words}", here)
tell_what_was_done()
back = link(f"返回{unit}的指南", here.address("guide_accuracy", unit=unit), css="back")
render(choices("其他页面", (back, link("这个事项的全部数据", here.address("item", item=item), css="back"))))
render(note("■ 为方案必须做到而未做到的，▲ 为建议；每处后面是规则编号、方案条款、问题与改法，以及所在单元格。"))
render(guide_sheet(guide))
render(checks_of_element(f"{unit}|{item}", here, unit))
checks = cache.answer(questions, unit, day, item)
render(section("待人工核查", "表格不能判定的规则，由抽查人员核查后录入") + questions_table(checks, here))
if may(record):
    record_form(checks, here)
