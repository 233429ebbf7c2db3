"""The head of every page: section, a title that states the finding, of which day it is; search box and pickers at the
right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import streamlit as st
from markupsafe import Markup

from components.elements import cache
from components.elements.as_of import not_as_requested, pick_as_of
from components.elements.context import PageContext
from components.elements.links import link
from components.elements.plan_picker import pick_plan, plan_in_words
from components.elements.rendering import render
from components.elements.search_box import search_box
from components.elements.templates import from_template

Pickers = Callable[[], None]
BOARD = "政务服务督查看板"
BESIDE_A_NUMBER = re.compile(
    r"(?<!\.\d\.\d)(?<!-\d)(?<!-\d\d)(?<=\d) (?=[\u4e00-\u9fff])"  # after 9, not after 1.3.1 or 2023-1
    r"|(?<=[\u4e00-\u9fff]) (?=\d)"
)
NO_BREAK = "\u00a0"
BASIS = "按当时已受理的报送、已作出的核验和有效的期限、目标计算"
SUBJECTS = ("unit", "measure", "item", "number")
"""Parameters that say of what or whom a page is; with them its tab begins."""


def no_more() -> None:
    """Draw no pickers beside the as-of date."""


def head(section: str, finding: str, provenance: str = "", *, basis: str = "", latest: str | Markup = "") -> Markup:
    return from_template(
        "elements/page_header.html",
        section=section,
        finding=with_whole_clauses(finding),
        provenance=provenance,
        basis=basis,
        latest=latest,
    )


def with_whole_clauses(words: str) -> str:
    """Return the words with each number bound to those around it, so that a title breaks after its marks and never
    between “9” and “项”.
    """
    return BESIDE_A_NUMBER.sub(NO_BREAK, words)


def page_header(
    section: str, finding: str, here: PageContext, *, provenance: str = "", pickers: Pickers = no_more
) -> None:
    """Draw the head with search box and as-of picker, and further `pickers`, in the same place on every page; before it
    why another day is shown than the one asked for.

    `provenance` stands where the page is not as of the day.
    """
    st.set_page_config(page_title=tab_title(section, here))
    render(not_as_requested(here))
    words, controls = st.columns([2, 1], vertical_alignment="bottom")
    with words:
        if provenance:
            render(head(section, finding, provenance))
        else:
            of_plan = " · ".join(filter(None, (as_of_in_words(here.day), plan_in_words(here))))
            render(head(section, finding, of_plan, basis=BASIS, latest=_latest(here)))
    with controls:
        render(search_box(here))
        with st.container(horizontal=True, horizontal_alignment="right"):
            pickers()
            pick_plan(here)
            pick_as_of(here.day)


def as_of_in_words(day: date) -> str:
    """Return “截至 2023年8月22日 24 时”."""
    return f"截至 {day:%Y年%-m月%-d日} 24 时"


def tab_title(section: str, here: PageContext) -> str:
    """Return “区人社局 1.1.1 · 判定依据 · 政务服务督查看板”: a tab is narrow, so what tells it apart comes first."""
    subject = " ".join(filter(None, (here.parameter(name) for name in SUBJECTS)))
    return " · ".join(filter(None, (subject, section.rpartition(" · ")[2], BOARD)))


def _latest(here: PageContext) -> Markup:
    """Return the mark of another day than the opening one with the way to it; nothing on the opening day."""
    opening = cache.opening_day()
    if here.day == opening:
        return Markup("")
    words = "历史日期" if here.day < opening else "以后的日期"
    return Markup("{}，{}").format(words, link(f"最新（{opening:%-m月%-d日}）", here.same_page(as_of=None)))
