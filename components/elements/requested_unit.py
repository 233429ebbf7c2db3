"""The unit that an address asks for; one that is in no list gets a sentence instead of an empty page."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.page_header import page_header
from components.elements.rendering import render

NO_SUCH_UNIT = "没有这个责任单位"


def requested_unit(section: str, here: PageContext) -> str | None:
    """Return the unit, or None where the address names none; for a unit's person always the own.

    Draws why and ends the page where it names one that the district does not have. Raises Forbidden for a unit's
    person who asks for another.
    """
    unit = here.unit
    if unit is not None and here.district.plan.unit_id(unit) is None:
        page_header(section, NO_SUCH_UNIT, here)
        render(no_such_unit(unit))
        st.stop()
    return unit


def no_such_unit(unit: str) -> Markup:
    return empty_state(f"单位名册中没有“{unit}”这个责任单位。", "请从总览的单位进入，或用“查找”。")
