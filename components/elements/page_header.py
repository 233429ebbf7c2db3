"""The head of every page: section, a title that states the finding, where the figures come from; pickers at the
right.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st
from markupsafe import Markup

from components.elements.as_of import not_entered, pick_as_of
from components.elements.context import PageContext
from components.elements.rendering import render
from components.elements.templates import from_template

Pickers = Callable[[], None]


def no_more() -> None:
    """Draw no pickers beside the as-of date."""


def head(section: str, finding: str, provenance: str = "") -> Markup:
    return from_template("elements/page_header.html", section=section, finding=finding, provenance=provenance)


def page_header(
    section: str, finding: str, here: PageContext, *, provenance: str = "", pickers: Pickers = no_more
) -> None:
    """Draw the head with the as-of picker, and further `pickers`, in the same place on every page; before it why
    another day is shown than the one asked for.
    """
    render(not_entered(here))
    words, controls = st.columns([7, 3], vertical_alignment="bottom")
    with words:
        render(head(section, finding, provenance or provenance_of(here.day)))
    with controls, st.container(horizontal=True, horizontal_alignment="right"):
        pickers()
        pick_as_of(here.day)


def provenance_of(day: date) -> str:
    """Return “截至 2023年8月22日 24 时：按当时已受理的报送、已作出的核验和有效的期限、目标计算”."""
    return f"截至 {day:%Y年%-m月%-d日} 24 时：按当时已受理的报送、已作出的核验和有效的期限、目标计算"
