"""Which pages there are, in which group and order; every file by its absolute path, so that the frame is never passed by."""

from pathlib import Path

import streamlit as st

from catalogue.areas import AREAS

PAGES = Path(__file__).resolve().parent.parent / "pages"


def page(name: str, title: str, *, default: bool = False, hidden: bool = False) -> st.Page:
    """The page of pages/<name>.py at /<name>; a hidden one is reached by links only."""
    return st.Page(
        PAGES / f"{name}.py", title=title, url_path=name, default=default, visibility="hidden" if hidden else "visible"
    )


def sections() -> dict[str, list[st.Page]]:
    return {
        "督查": [page("board", "总览", default=True), page("unit", "责任单位", hidden=True), page("lamp", "责任项", hidden=True)],
        "重点领域": [page(area.page, area.title) for area in AREAS.values()],
        "报送": [page("upload", "数据报送")],
        "方案": [page("plan", "方案与存疑")],
    }
