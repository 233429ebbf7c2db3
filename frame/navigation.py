"""Which pages there are, in which group and order; every file by its absolute path, so that the frame is never passed
by.
"""

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import streamlit as st

from catalogue.areas import AREAS, OWN_PAGE
from models.definitions import Area
from models.people import Role
from services.access.permission import BUREAU_ALONE, EVERYONE, WHO_REPORTS, WHO_SEES_ALL, WHO_SUPERVISES, only

NUMBERED = re.compile(rf"{OWN_PAGE}_(\d{{1,4}})")
PAGES = Path(__file__).resolve().parent.parent / "pages"


@dataclass(frozen=True)
class Entry:
    """pages/<name>.py at /<name>, and who has business there; a hidden one is reached by links only."""

    name: str
    title: str
    roles: tuple[Role, ...]
    hidden: bool = False
    file: str = ""  # pages/<file>.py, where it is not called as its address

    @property
    def path(self) -> Path:
        return PAGES / f"{self.file or self.name}.py"


BOARD = Entry("board", "总览", EVERYONE)
TO_DO = Entry("to_do", "我的待办", EVERYONE)
UNIT = Entry("unit", "责任单位", EVERYONE, hidden=True)
"""Of a unit's person the own unit: the first page, which begins with what waits, and first in the menu; everybody else
comes to it by links.
"""

AREAS_HEADING = "重点领域"
"""Beneath it stand the areas of the plan; those that are none of it, and have a page, are reached by its address."""

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
    AREAS_HEADING: (
        *(Entry(area.page, area.title, EVERYONE) for area in AREAS.shipped.values()),
        Entry(OWN_PAGE, "领域", EVERYONE, hidden=True),
    ),
    "报送": (
        Entry("upload", "数据报送", WHO_REPORTS),
        Entry("reporting", "报送情况", EVERYONE),
        Entry("submission", "报送记录", EVERYONE, hidden=True),
    ),
    "方案": (
        Entry("plan", "方案与存疑", EVERYONE),
        Entry("plan_comparison", "方案对照", EVERYONE, hidden=True),
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


def pages(role: Role, areas: tuple[Area, ...], named: str = "") -> dict[str, list[st.Page]]:
    """Return the pages as st.navigation takes them; what is not for this role is left out of the list, and answers with
    a sentence. They are the run's own: Streamlit marks in them which may run.

    `areas`: those of the plan, in its order; `named`: the one that the address names.
    """
    return {heading: [copy(page) for page in of_heading] for heading, of_heading in _pages(role, areas, named).items()}


@lru_cache(maxsize=64)
def _pages(role: Role, areas: tuple[Area, ...], named: str) -> dict[str, list[st.Page]]:
    sections = SECTIONS | {AREAS_HEADING: area_entries(areas, named)}
    return {heading: [_page(entry, role) for entry in in_order(entries, role)] for heading, entries in sections.items()}


def area_entries(areas: Sequence[Area], named: str = "") -> tuple[Entry, ...]:
    """Return the areas of the plan in its order, then hidden the pages of those that are none of it.

    Those that the plan brings along have one page at several addresses, of which screen.js makes the one that names the
    area; the one that is open has that address, so that the menu shows where one is.
    """
    listed = [
        Entry(_address(area, index, named), area.title, EVERYONE, file=area.page) for index, area in enumerate(areas)
    ]
    there = {entry.name for entry in listed}
    others = [replace(entry, hidden=True) for entry in SECTIONS[AREAS_HEADING] if entry.name not in there]
    return (*listed, *others)


def _address(area: Area, place: int, named: str) -> str:
    return area.page if area.page != OWN_PAGE or area.code == named else f"{OWN_PAGE}_{place}"


def area_at(path: str, areas: Sequence[Area]) -> str | None:
    """Return the area of the plan whose page stands at this path without naming it in its query, or None."""
    place = NUMBERED.fullmatch(path)
    return areas[int(place[1])].code if place and int(place[1]) < len(areas) else None


def page_at(path: str) -> str:
    """Return the name of the page at this path; "" is the board."""
    return OWN_PAGE if NUMBERED.fullmatch(path) else path or BOARD.name


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
    return page_at(path.strip("/")) in {BOARD.name, *(entry.name for entries in SECTIONS.values() for entry in entries)}


def refuse_unless_open(url_path: str) -> None:
    """Refuse: raises Forbidden where whoever asks has no business on the page of this address; "" is the board."""
    entry = next(entry for entries in SECTIONS.values() for entry in entries if entry.name == page_at(url_path))
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
        entry.path,
        title=title_of(entry, role),
        url_path=entry.name,
        default=entry is BOARD,
        visibility="visible" if is_listed(entry, role) else "hidden",
    )
