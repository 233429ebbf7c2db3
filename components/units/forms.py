"""The forms by which the bureau adds a unit or changes what the register says of one, always with a reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from components.elements.context import PageContext
from components.elements.forms import ask_once_more, draw_question, entry_form, submit
from models.units import UNIT_KINDS, UNIT_LABELS, UnitEntry
from rules.units.entries import changes_in_words
from services.units.register import add_unit, change_unit

BLANK = UnitEntry("", UNIT_KINDS[0])


@st.fragment
def add_form(here: PageContext) -> None:
    with entry_form("add unit"):
        entry, reason = _fields(BLANK, "new")
        if st.form_submit_button("新增单位"):
            submit(
                lambda: _said(f"“{entry.name}”已列入名册", reason, add_unit(entry, reason=reason, at=here.sample_time))
            )


@st.fragment
def change_form(entries: Sequence[UnitEntry], here: PageContext) -> None:
    known = {entry.name: entry for entry in entries}
    name = st.selectbox("选择单位", list(known), index=None, placeholder="请选择单位", width=320)
    if name is None:
        return
    key = f"change unit {name}"
    with entry_form(key):
        entry, reason = _fields(known[name], name)
        st.caption(
            "用于更正名册：改名称的，以前各日也显示新名称，原名称列为别名。自某日起更名、撤并的，请用“机构变动”。"
        )
        if st.form_submit_button("保存修改"):
            ask_once_more(
                key,
                f"名册将修改：{changes_in_words(known[name], entry)}。任务分工自变更之日起重新确定。理由：{reason}",
                lambda: _said(
                    f"“{entry.name}”已修改",
                    reason,
                    change_unit(name, entry, reason=reason, at=here.sample_time, seen=known[name]),
                ),
                reason=reason,
            )
    draw_question(key)


def _fields(entry: UnitEntry, of: str) -> tuple[UnitEntry, str]:
    """Return what was typed, and the reason. `of` keeps the fields of one unit apart from another's."""
    left, right = st.columns(2)
    name = left.text_input("单位名称（必填）", entry.name, max_chars=40, key=f"name {of}")
    kind = right.selectbox("单位类别", UNIT_KINDS, index=UNIT_KINDS.index(entry.kind), key=f"kind {of}")
    aliases = st.text_input("别名（多个用顿号分隔）", "、".join(entry.aliases), max_chars=400, key=f"aliases {of}")
    columns = st.columns(3)
    leader, person, phone = (
        column.text_input(UNIT_LABELS[field], getattr(entry, field) or "", max_chars=40, key=f"{field} {of}")
        for column, field in zip(columns, ("leader", "person", "phone"), strict=True)
    )
    engineering = st.checkbox("工程建设项目审批单位", entry.engineering, key=f"engineering {of}")
    reason = st.text_input("理由（必填，存入记录）", max_chars=200, key=f"reason {of}")
    words = tuple(word for word in re.split(r"[、,，;；]", aliases) if word.strip())
    return UnitEntry(name, kind, words, engineering, leader, person, phone), reason


def _said(done: str, reason: str, duties: str) -> str:
    return f"{done}：{reason}。{duties}{'。' if duties else ''}"
