"""Which pages there are, in which group and order; every file by its absolute path, so that the frame is never passed
by.
"""

from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from catalogue.areas import AREAS
from models.people import Role
from services.access.permission import BUREAU_ALONE, EVERYONE, WHO_REPORTS, WHO_SEES_ALL, WHO_SUPERVISES, only

PAGES = Path(__file__).resolve().parent.parent / "pages"


@dataclass(frozen=True)
class Entry:
    """pages/<name>.py at /<name>, and who has business there; a hidden one is reached by links only."""

    name: str
    title: str
    roles: tuple[Role, ...]
    hidden: bool = False


BOARD = Entry("board", "总览", EVERYONE)
TO_DO = Entry("to_do", "我的待办", EVERYONE)
UNIT = Entry("unit", "责任单位", EVERYONE, hidden=True)
"""Of a unit's person the own unit: the first page, which begins with what waits, and first in the menu; everybody else
comes to it by links.
"""

SECTIONS: dict[str, tuple[Entry, ...]] = {
    "督查": (
        BOARD,
        TO_DO,
        Entry("progress", "进展", EVERYONE),
        Entry("cases", "案件时限", EVERYONE),
        Entry("spot_checks", "抽查", EVERYONE),
        Entry("rectifications", "整改", EVERYONE),
        Entry("notices", "催办", EVERYONE),
        Entry("supervision_calendar", "督查日历", EVERYONE),
        Entry("meeting_pack", "会议材料", WHO_SEES_ALL),
        Entry("talks", "约谈", EVERYONE),
        Entry("instructions", "批示", EVERYONE),
        Entry("bulletins", "通报", EVERYONE),
        Entry("assessment", "考核赋分", EVERYONE),
        Entry("search", "查找", EVERYONE),
        Entry("spot_check", "一次抽查", EVERYONE, hidden=True),
        Entry("bulletin", "通报一期", EVERYONE, hidden=True),
        Entry("verification", "核验", WHO_SEES_ALL, hidden=True),
        Entry("assignment", "办理情况", EVERYONE, hidden=True),
        Entry("rectification", "整改事项", EVERYONE, hidden=True),
        Entry("notice", "催办督办通知", EVERYONE, hidden=True),
        Entry("round", "督查轮次", EVERYONE, hidden=True),
        Entry("meeting", "督查会议", EVERYONE, hidden=True),
        UNIT,
        Entry("lamp", "判定依据", EVERYONE, hidden=True),
        Entry("guide", "办事指南", EVERYONE, hidden=True),
        Entry("indicator", "指标明细", EVERYONE, hidden=True),
        Entry("case", "案件", EVERYONE, hidden=True),
        Entry("item", "事项", EVERYONE, hidden=True),
    ),
    "重点领域": tuple(Entry(area.page, area.title, EVERYONE) for area in AREAS.shipped.values()),
    "报送": (
        Entry("upload", "数据报送", WHO_REPORTS),
        Entry("reporting", "报送情况", EVERYONE),
        Entry("submission", "报送记录", EVERYONE, hidden=True),
    ),
    "方案": (
        Entry("plan", "方案与存疑", EVERYONE),
        Entry("deadline_requests", "时限申请", EVERYONE),
        Entry("calendar", "工作日历", EVERYONE),
    ),
    "管理": (
        Entry("units", "单位名册", WHO_SUPERVISES),
        Entry("accounts", "账号", BUREAU_ALONE),
        Entry("settings", "设置", WHO_SUPERVISES),
        Entry("audit", "审计日志", WHO_SUPERVISES),
    ),
}


def pages(role: Role) -> dict[str, list[st.Page]]:
    """Return the pages as st.navigation takes them; what is not for this role is left out of the list, and answers with
    a sentence. They are the run's own: Streamlit marks in them which may run.
    """
    return {heading: [copy(page) for page in of_heading] for heading, of_heading in _pages(role).items()}


@cache
def _pages(role: Role) -> dict[str, list[st.Page]]:
    return {heading: [_page(entry, role) for entry in in_order(entries, role)] for heading, entries in SECTIONS.items()}


def first_page(role: Role) -> str:
    """Return the address at which somebody begins who asked for none."""
    return f"/{UNIT.name}" if role is Role.UNIT else "/"


def in_order(entries: tuple[Entry, ...], role: Role) -> list[Entry]:
    """Return the entries of a heading as they stand in the menu of a role: a unit's own page and its work first."""
    if role is not Role.UNIT:
        return list(entries)
    return sorted(entries, key=lambda entry: (entry is not UNIT, entry is not TO_DO))


def is_page(path: str) -> bool:
    """Return whether there is a page at this path; with a slash at its end it is the same."""
    return path.strip("/") in {"", *(entry.name for entries in SECTIONS.values() for entry in entries)}


def refuse_unless_open(url_path: str) -> None:
    """Refuse: raises Forbidden where whoever asks has no business on the page of this address; "" is the board."""
    entry = next(entry for entries in SECTIONS.values() for entry in entries if entry.name == (url_path or BOARD.name))
    only(*entry.roles)


def is_listed(entry: Entry, role: Role) -> bool:
    return role in entry.roles and (not entry.hidden or _is_own(entry, role))


def title_of(entry: Entry, role: Role) -> str:
    """Return what the menu of a role calls a page."""
    return "本单位" if _is_own(entry, role) else entry.title


def _is_own(entry: Entry, role: Role) -> bool:
    return entry is UNIT and role is Role.UNIT


def _page(entry: Entry, role: Role) -> st.Page:
    return st.Page(
        PAGES / f"{entry.name}.py",
        title=title_of(entry, role),
        url_path=entry.name,
        default=entry is BOARD,
        visibility="visible" if is_listed(entry, role) else "hidden",
    )
