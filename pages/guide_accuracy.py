"""指南精准度: what all areas show, then every guide rule by unit, by rule and by item; one unit's list of what to
mend.
"""

import streamlit as st

from components.areas.page import area_page
from components.elements import cache
from components.elements.as_of import as_of
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.guides import of_district as guide_views
from components.guides.of_unit import one_unit
from services.access.permission import own_unit

unit, view = own_unit(st.query_params.get("unit") or None), st.query_params.get("view", "")
query = {"as_of": st.query_params.get("as_of")}
views = guide_views.navigation(view, query)

if unit or view not in ("rules", "cross"):
    area_page("guide_accuracy", views)
    day = as_of(cache.opening_day())
    if unit:
        one_unit(unit, day, query)
    else:
        guide_views.whole_district(day, query)
else:
    day = as_of(cache.opening_day())
    district = cache.district(day)
    page_header("重点领域 · 指南精准度", guide_views.finding(view, day), district)
    render(views)
    if view == "rules":
        guide_views.by_rule(district, query)
    else:
        guide_views.against_other_data(day, query)
