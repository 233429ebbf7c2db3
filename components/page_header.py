"""The head of every page: section, a title that states the finding, where the figures come from; pickers at the right."""

from __future__ import annotations

from datetime import date

import streamlit as st
from markupsafe import Markup

from components.as_of import pick_as_of


def head(section: str, finding: str, provenance: str = "") -> Markup:
    return Markup(
        '<header class="page-head"><p class="overline">{}</p><h1>{}</h1><p class="provenance">{}</p></header>'
    ).format(section, finding, provenance)


def sample_banner() -> Markup:
    return Markup('<p class="banner" role="note">示例数据：单位、人员和数字均为虚构，仅供演示。</p>')


def page_header(section: str, finding: str, chosen: date, *, provenance: str = "", sample: bool = False) -> None:
    """Draws the head with the as-of picker, in the same place on every page."""
    if sample:
        st.html(sample_banner())
    words, picker = st.columns([5, 1], vertical_alignment="bottom")
    words.html(head(section, finding, provenance))
    with picker:
        pick_as_of(chosen)
