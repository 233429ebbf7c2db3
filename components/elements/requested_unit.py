"""The unit that an address asks for; one that is in no list gets a sentence instead of an empty page."""

from __future__ import annotations

import streamlit as st

from components.elements.empty_state import empty_state
from components.elements.page_header import page_header
from components.elements.rendering import render
from services.access.permission import own_unit
from services.board.district import District


def asked_unit(section: str, district: District) -> str | None:
    """None where the address names no unit; for a unit's person always the own, and Forbidden for any other.

    Draws why and ends the page where it names one that the district does not have.
    """
    unit = own_unit(st.query_params.get("unit") or None)
    if unit is not None and district.plan.unit_id(unit) is None:
        page_header(section, "没有这个责任单位", district)
        render(empty_state(f"单位名册中没有“{unit}”这个责任单位。", "请从总览点击单位进入，或用“查找”。"))
        st.stop()
    return unit
