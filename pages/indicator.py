"""指标明细: the rows behind a figure that no lamp judges, of one unit or the whole district."""

import streamlit as st

from components.elements import cache
from components.elements.area_links import area_address
from components.elements.context import open_page
from components.elements.empty_state import empty_state
from components.elements.links import choices, link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.proof.sections import indicator_section, submissions_section
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest
from services.areas.of_indicator import area_of

here = open_page("indicator")
day, district = here.day, here.district
code, unit = here.parameter("code"), here.unit

try:
    proof = cache.indicator_proof(code, unit, day)
except Forbidden:
    raise  # told by the frame
except RefusedRequest as refused:
    page_header("督查 · 指标明细", "没有这一指标" if code else "请选择指标", here)
    why = str(refused) if code else "这一页列出一个指标计入的行，地址中没有写明是哪个指标。"
    render(empty_state(why, "请从领域页面的数字进入。"))
    st.stop()

page_header("督查 · 指标明细", f"{unit or '全区'}·{proof.indicator.indicator.title}", here)
area = area_of(proof.indicator.indicator.code, district.plan)
render(choices("其他页面", [link(f"返回{area.title}", area_address(area, here, unit=unit), css="back")]))
indicator_section(0, proof.indicator, judged=False, here=here)
submissions_section(proof.submissions, here)
