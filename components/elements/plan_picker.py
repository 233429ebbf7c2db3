"""The picker of the plan (方案) in the head of every page, where the board has several: what is picked goes into the
address.
"""

from __future__ import annotations

import streamlit as st

from components.elements import cache
from components.elements.context import PLAN, PageContext

WIDTH = 170  # pixels, the same on every page
KEY = "plan_picker"


def pick_plan(here: PageContext) -> None:
    """Draw the picker; choosing a plan writes it to the address and runs the page again. Nothing where there is one."""
    titles = {plan.facts.code: plan.facts.title for plan in cache.plans()}
    if len(titles) < 2:
        return
    current = cache.current_plan(here.day)
    st.session_state[KEY] = here.parameter(PLAN) or current
    st.selectbox(
        "方案",
        list(titles),
        key=KEY,
        format_func=lambda code: titles[code] + ("（现行）" if code == current else ""),
        width=WIDTH,
        on_change=_keep,
    )


def plan_in_words(here: PageContext) -> str:
    """Return “2024年方案” where the board has several plans, else nothing."""
    titles = {plan.facts.code: plan.facts.title for plan in cache.plans()}
    return titles.get(here.parameter(PLAN) or cache.current_plan(here.day) or "", "") if len(titles) > 1 else ""


def _keep() -> None:
    st.query_params[PLAN] = st.session_state[KEY]
