"""The as-of date (截至日期) of a screen: kept in the address, carried from page to page."""

from __future__ import annotations

from datetime import date

import streamlit as st

PICKER = 170  # pixels, the same on every page


def parse(text: str | None) -> date | None:
    """An ISO day, or None for anything else that stands in the address."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def as_of(default: date) -> date:
    """The date in the address, else the one last chosen in this visit, else `default`."""
    chosen = parse(st.query_params.get("as_of")) or st.session_state.get("chosen_as_of") or default
    if chosen != default:
        st.query_params["as_of"] = chosen.isoformat()
    st.session_state["chosen_as_of"] = chosen
    return chosen


def pick_as_of(chosen: date) -> None:
    """The picker; choosing a day writes it to the address and runs the page again."""
    st.session_state["as_of_picker"] = chosen
    st.date_input("截至日期", key="as_of_picker", format="YYYY-MM-DD", width=PICKER, on_change=_keep, args=("as_of",))


def pick_since(chosen: date, until: date) -> None:
    """The earlier day to compare with, always before `until`."""
    st.session_state["since_picker"] = chosen
    st.date_input(
        "与此日相比", key="since_picker", format="YYYY-MM-DD", max_value=until, on_change=_keep, args=("since",)
    )


def _keep(name: str) -> None:
    picked = st.session_state[f"{name}_picker"]
    if picked is None:
        return
    st.query_params[name] = picked.isoformat()
    if name == "as_of":
        st.session_state["chosen_as_of"] = picked
