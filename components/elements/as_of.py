"""The as-of date (截至日期) of a screen: kept in the address, carried from page to page."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st
from markupsafe import Markup

from components.elements import cache
from components.elements.links import address, link
from components.elements.rendering import render

PICKER = 170  # pixels, the same on every page


def parse(text: str | None) -> date | None:
    """An ISO day, or None for anything else that stands in the address."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def as_of(default: date) -> date:
    """The date in the address, else the one last chosen in this visit, else `default`; in a year whose working days are
    entered.

    Of another year nothing can be judged: the page says so in one sentence and shows the nearest day it can.
    """
    asked = parse(st.query_params.get("as_of")) or st.session_state.get("chosen_as_of") or default
    chosen = asked if _is_entered(asked) else _nearest_entered(default)
    if chosen != asked:
        render(_not_entered(asked, chosen))
    if chosen != default:
        st.query_params["as_of"] = chosen.isoformat()
    elif chosen != asked:
        st.query_params.pop("as_of", None)
    st.session_state["chosen_as_of"] = chosen
    return chosen


def compared_with(day: date, days_before: int = 7) -> date:
    """The earlier day in the address where it can be judged, else `days_before` days before; never after `day`."""
    asked = parse(st.query_params.get("since"))
    if asked and _is_entered(asked):
        return min(asked, day)
    earlier = day - timedelta(days=days_before)
    return earlier if _is_entered(earlier) else date(day.year, 1, 1)


def _is_entered(day: date) -> bool:
    return bool(cache.calendar_year(day.year).days)


def _nearest_entered(day: date) -> date:
    """The day itself, else the last day entered before it, else the first entered after it."""
    years = cache.calendar_year(day.year).years_entered
    if not years or day.year in years:
        return day
    before = [year for year in years if year < day.year]
    return date(before[-1], 12, 31) if before else date(years[0], 1, 1)


def _not_entered(asked: date, shown: date) -> Markup:
    enter = link("工作日历", address("calendar", year=asked.year))
    return Markup(
        '<p class="banner" role="status">{} 年的工作日历尚未录入，不能判定 {}，以下按 {} 显示。该年的放假安排在“{}”中录入。</p>'  # noqa: E501
    ).format(asked.year, asked, shown, enter)


def pick_as_of(chosen: date) -> None:
    """The picker; choosing a day writes it to the address and runs the page again."""
    st.session_state["as_of_picker"] = chosen
    st.date_input("截至日期", key="as_of_picker", format="YYYY-MM-DD", width=PICKER, on_change=_keep, args=("as_of",))


def pick_since(chosen: date, until: date) -> None:
    """The earlier day to compare with, always before `until`."""
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
    if name == "as_of":
        st.session_state["chosen_as_of"] = picked
