"""案件时限: every case with its own due day (bad ratings, tickets, help cases, approvals, papers, assessment
problems).
"""

import streamlit as st

from catalogue.cases import CASE_KINDS
from components.cases.table import cases, in_words, kinds_to_choose
from components.elements import cache
from components.elements.as_of import as_of
from components.elements.links import address, link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.requested_unit import asked_unit
from services.access.permission import own_unit

day = as_of(cache.opening_day())
district = cache.district(day)
asked = st.query_params.get("kind", "")
kind = asked if asked in CASE_KINDS else next(iter(CASE_KINDS))
unit = asked_unit("督查 · 案件时限", district)
query = {"as_of": st.query_params.get("as_of")}

load = cache.caseload(kind, day, unit)
page_header("督查 · 案件时限", f"{unit + '·' if unit else ''}{load.kind.title}：{in_words(load, unit)}", district)
render(kinds_to_choose(kind, day, unit, **query))
if unit and own_unit() is None:
    render(link("全部单位", address("cases", kind=kind, **query), css="back"))
cases(kind, day, "cases", unit, kind=kind, **query)
