"""The pickers of the as-of date (截至日期) and of the day to compare with: what is picked goes into the address."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st
from markupsafe import Markup

from components.elements.context import PageContext, can_be_shown, parse_day
from components.elements.links import link
from components.elements.templates import from_template

PICKER = 170  # pixels, the same on every page


def compared_with(here: PageContext, days_before: int = 7) -> date:
    """Return the earlier day in the address where it can be judged, else `days_before` days before; never after the
    page's day.
    """
    requested = parse_day(here.parameter("since"))
    if requested and can_be_shown(requested):
        return min(requested, here.day)
    earlier = here.day - timedelta(days=days_before)
    return earlier if can_be_shown(earlier) else date(here.day.year, 1, 1)


def not_as_requested(here: PageContext) -> Markup:
    """Return why another day is shown than the address asks for, or what cannot be told of it for want of its
    calendar; nothing where all is as asked for.
    """
    if here.not_a_day:
        return from_template("elements/not_a_day.html", written=here.not_a_day, day=here.day)
    requested = here.requested_day or here.day
    if here.district.calendar.covers(requested.year):
        return Markup("")
    enter = link("工作日历", here.address("calendar", year=requested.year))
    return from_template("elements/not_entered.html", requested=requested, day=here.day, enter=enter)


def pick_as_of(chosen: date) -> None:
    """Draw the picker; choosing a day writes it to the address and runs the page again."""
    st.session_state["as_of_picker"] = chosen
    st.date_input("截至日期", key="as_of_picker", format="YYYY-MM-DD", width=PICKER, on_change=_keep, args=("as_of",))


def pick_since(chosen: date, until: date) -> None:
    """Draw the picker of the earlier day, always before `until`."""
    st.session_state["since_picker"] = chosen
    st.date_input(
        "与此日相比",
        key="since_picker",
        format="YYYY-MM-DD",
        max_value=until,
        width=PICKER,
        on_change=_keep,
        args=("since",),
    )


def _keep(name: str) -> None:
    picked = st.session_state[f"{name}_picker"]
    if picked is None:
        return
    st.query_params[name] = picked.isoformat()
