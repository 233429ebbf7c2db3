"""The head of every page: section, a title that states the finding, where the figures come from; pickers at the
right.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from components.elements.as_of import pick_as_of
from components.elements.rendering import render
from services.board.district import District

Pickers = Callable[[], None]


def no_more() -> None:
    """No pickers beside the as-of date."""


def head(section: str, finding: str, provenance: str = "") -> Markup:
    return Markup(
        '<header class="page-head"><p class="overline">{}</p><h1>{}</h1><p class="provenance">{}</p></header>'
    ).format(section, finding, provenance)


def page_header(
    section: str, finding: str, district: District, *, provenance: str = "", pickers: Pickers = no_more
) -> None:
    """Draws the head with the as-of picker, and further `pickers`, in the same place on every page."""
    words, controls = st.columns([7, 3], vertical_alignment="bottom")
    with words:
        render(head(section, finding, provenance or standing_of(district)))
    with controls, st.container(horizontal=True, horizontal_alignment="right"):
        pickers()
        pick_as_of(district.as_of)


def standing_of(district: District) -> str:
    """“截至 2023年8月22日 24 时已受理的报送、已作出的核验和当时有效的期限、目标”."""
    return f"截至 {district.as_of:%Y年%-m月%-d日} 24 时：按当时已受理的报送、已作出的核验和有效的期限、目标计算"
