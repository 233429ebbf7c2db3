"""An area that a plan brings along: its finding, measures, and what its datasets say."""

import streamlit as st

from catalogue.areas import OWN_PAGE, area_of, areas_of_plan
from components.areas.page import area_page
from components.areas.stories.of_plan import STORY
from components.elements.area_links import area_address, area_shown
from components.elements.context import AREA, open_page
from components.elements.empty_state import empty_state
from components.elements.links import choices, link
from components.elements.page_header import page_header
from components.elements.rendering import render

here = open_page("area")
areas = areas_of_plan(here.district.plan)
area = area_shown(here)

if area.page != OWN_PAGE or area not in areas:
    name = here.parameter(AREA)
    is_shipped = area.page != OWN_PAGE
    title = f"“{area.title}”有自己的页面" if is_shipped else f"方案中没有领域“{name}”" if name else "请选择领域"
    page_header("重点领域", title, here)
    render(empty_state("这一页展示方案的一个领域，请从下面选择。"))
    listed = [area_of(area.code)] if is_shipped else areas
    render(choices("领域", [link(choice.title, area_address(choice, here)) for choice in listed]))
    st.stop()

area_page(here, STORY)
