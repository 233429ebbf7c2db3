"""一次抽查: how it was drawn, field work, figures, findings."""

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, section
from components.elements.forms import tell_what_was_done
from components.elements.links import link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.spot_checks.check import acts, drawn_section, elements_table, sealed_words
from components.spot_checks.entry import one_at_a_time, sheet_that_came_back, sheet_to_take
from components.spot_checks.figures import figures
from components.spot_checks.findings import findings
from models.spot_checks import State
from rules.numbering import number_printed
from services.access.permission import may
from services.access.refusal import RefusedRequest
from services.spot_checks.estimating import estimate
from services.spot_checks.field_sheets import record, sheet
from services.spot_checks.showing import spot_check_as_of

here = open_page("spot_check")
number = here.parameter("number")

try:
    check = cache.answer(spot_check_as_of, number, here.day)
except RefusedRequest as refused:
    page_header("督查 · 抽查", "没有这次抽查" if number else "请选择一次抽查", here)
    why = str(refused) if number else "这一页展示一次抽查，地址中没有写明是哪一次。"
    render(empty_state(why, "请从“抽查”页面进入。"))
    st.stop()

title = f"{number_printed('抽查', check.number)}{check.kind.title}：{check.state.word}"
if check.elements and here.own_unit is None:
    title += f"，抽取 {len(check.elements):,} 个，已录入 {check.recorded:,} 个，不合格 {len(check.findings):,} 个"
page_header("督查 · 抽查", title, here)
tell_what_was_done()
render(link("全部抽查", here.address("spot_checks"), css="back") + sealed_words(check, here.role))
if check.voided_at is not None:
    render(empty_state(f"这次抽查已作废：{check.void_reason}", "编号保留，计入抽取次数。"))

if check.elements and check.state in (State.DRAWN, State.RECORDING, State.COMPLETE) and may(sheet):
    render(section("核查", f"已录入 {check.recorded} 个，还有 {len(check.elements) - check.recorded} 个"))
    sheet_to_take(check, here)
    if may(record):
        with st.expander("逐个录入", expanded=check.recorded < len(check.elements)):
            one_at_a_time(check.number, here)
        with st.expander("上传填好的现场表"):
            sheet_that_came_back(check, here)
acts(check, here)
if check.recorded and may(estimate):
    render(figures(cache.answer(estimate, check.number, here.day), here))
if check.elements and (check.recorded or check.released_at is not None):
    findings(check, here)
if check.elements:
    render(section("抽查对象"))
    elements_table(check, here)
    if here.own_unit is None:
        drawn_section(check, here)
