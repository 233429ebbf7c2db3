"""Which pages there are, in which group and order; every file by its absolute path, so that the frame is never passed by."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from catalogue.areas import AREAS

PAGES = Path(__file__).resolve().parent.parent / "pages"


@dataclass(frozen=True)
class Entry:
    """pages/<name>.py at /<name>; a hidden one is reached by links only."""

    name: str
    title: str
    hidden: bool = False


BOARD = Entry("board", "总览")

SECTIONS: dict[str, tuple[Entry, ...]] = {
    "督查": (
        BOARD, Entry("progress", "进展"), Entry("cases", "案件时限"), Entry("search", "查找"), Entry("assignment", "责任事项", hidden=True),
        Entry("unit", "责任单位", hidden=True), Entry("lamp", "责任项", hidden=True), Entry("guide", "办事指南", hidden=True),
    ),
    "重点领域": tuple(Entry(area.page, area.title) for area in AREAS.values()),
    "报送": (Entry("upload", "数据报送"), Entry("reporting", "报送情况"), Entry("submission", "报送记录", hidden=True)),
    "方案": (Entry("plan", "方案与存疑"), Entry("calendar", "工作日历")),
    "管理": (Entry("units", "单位名册"), Entry("settings", "设置"),),
}


def pages() -> dict[str, list[st.Page]]:
    """As st.navigation takes them."""
    return {heading: [_page(entry) for entry in entries] for heading, entries in SECTIONS.items()}


def _page(entry: Entry) -> st.Page:
    return st.Page(
        PAGES / f"{entry.name}.py", title=entry.title, url_path=entry.name, default=entry is BOARD,
        visibility="hidden" if entry.hidden else "visible",
    )
