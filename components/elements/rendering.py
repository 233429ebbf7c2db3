"""Puts HTML on the screen: from escaped parts to one element."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup


def render(*parts: Markup) -> None:
    """Draw the parts as one element. Only Markup is taken, so that no unescaped value of a workbook can get here;
    nothing is drawn for nothing.
    """
    body = Markup("").join(parts)
    if body:
        st.html(body)
