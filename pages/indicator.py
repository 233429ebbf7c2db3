"""指标明细: the rows behind a figure that no lamp judges, of one unit or the whole district."""

import streamlit as st
from markupsafe import Markup

from components.elements import cache
from components.elements.as_of import as_of
from components.elements.empty_state import empty_state
from components.elements.links import address, link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.proof.sections import indicator_section, submissions_section
from services.access.permission import Forbidden, own_unit
from services.access.refusal import RefusedRequest
from services.areas.of_indicator import area_of

day = as_of(cache.opening_day())
district = cache.district(day)
code, unit = st.query_params.get("code", ""), own_unit(st.query_params.get("unit") or None)

try:
    proof = cache.indicator_proof(code, unit, day)
except Forbidden:
    raise  # told by the frame
except RefusedRequest as refused:
    page_header("督查 · 指标明细", "没有这一指标" if code else "请选择指标", district)
    why = str(refused) if code else "这一页列出一个指标计入的行，地址中没有写明是哪个指标。"
    render(empty_state(why, "请从领域页面点击数字进入。"))
    st.stop()

query = {"code": code, "unit": unit, "as_of": st.query_params.get("as_of")}
page_header("督查 · 指标明细", f"{unit or '全区'}·{proof.indicator.indicator.title}", district)
area = area_of(code, district.plan)
render(
    Markup('<nav class="filters">{}</nav>').format(
        link(f"返回{area.title}", address(area.page, unit=unit, as_of=query["as_of"]), css="back")
    )
)
indicator_section("indicator", 0, proof.indicator, judged=False, **query)
submissions_section("indicator", proof.submissions, **query)
