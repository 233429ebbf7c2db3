"""Instructions on the screen: the list, those on a lamp, a unit or a bulletin, and the form to enter one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st
from markupsafe import Markup

from components.elements.cache import answer
from components.elements.context import PageContext
from components.elements.empty_state import section
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.links import link
from components.elements.rendering import Content
from components.elements.table import Column, Kind, Table, Width, table_parts
from models.instructions import Instruction, Subject
from rules.units.changes import existing_names
from services.access.permission import may
from services.instructions.instructions import InstructionNotes, enter_instruction, instructions_as_of


def instructions_table(here: PageContext) -> Table[Instruction]:
    """Return the table of instructions."""
    return Table(
        "instructions",
        "批示",
        (
            Column("number", "编号", lambda item: item.number, width=Width.UNBROKEN),
            Column("day", "批示日期", lambda item: item.written_on, Kind.DAY, Width.UNBROKEN),
            Column("leader", "批示人", lambda item: item.leader, is_filter=True, width=Width.UNBROKEN),
            Column("text", "批示内容", lambda item: item.text, width=Width.PROSE, sortable=False),
            Column("about", "批示对象", subject_words, href=lambda item: _address(item, here)),
            Column("units", "办理单位", lambda item: "、".join(item.units), width=Width.PROSE),
            Column("due", "时限", lambda item: item.due, Kind.DAY, Width.UNBROKEN),
            Column("state", "办理", _state, drawn=lambda item: _rectifications(item, here), width=Width.PROSE),
            Column("by", "登记人", lambda item: item.by, width=Width.UNBROKEN),
        ),
        counted="件",
        nothing="截至该日没有登记批示。",
        what_to_do="领导、管理局、督查室可以在本页，或在红绿灯、单位、通报的页面登记。",
    )


def subject_words(item: Instruction) -> str:
    return f"{item.subject.word} {item.about}" if item.about else item.subject.word


def _address(item: Instruction, here: PageContext) -> str | None:
    match item.subject:
        case Subject.BULLETIN:
            return here.address("bulletin", number=item.about)
        case Subject.LAMP if len(item.units) == 1:
            return here.address("lamp", measure=item.about, unit=item.units[0])
        case Subject.UNIT if len(item.units) == 1:
            return here.address("unit", unit=item.units[0])
    return None


def _state(item: Instruction) -> str:
    return "；".join(f"整改 {opened.number} {opened.course.state.word}" for opened in item.rectifications)


def _rectifications(item: Instruction, here: PageContext) -> Markup:
    return Markup("；").join(
        Markup("{} {}").format(
            link(f"整改 {opened.number}", here.address("rectification", number=opened.number)), opened.course.state.word
        )
        for opened in item.rectifications
    )


def draw_about(here: PageContext, subject: Subject, about: str, unit: str | None) -> Content:
    """Return those on one subject; nothing where there is none."""
    items = [
        item for item in answer(instructions_as_of, here.day, unit) if item.subject is subject and item.about == about
    ]
    if not items:
        return Markup("")
    return section("批示", f"{len(items)} 件") + table_parts(instructions_table(here), items, here)


def entering_form(here: PageContext, subject: Subject, about: str = "", units: Sequence[str] = ()) -> None:
    """Enter a leader's words on this subject; `units`: who has to act, where that is settled already."""
    if not may(enter_instruction):
        return
    key = f"instruction {subject.value} {about} {'、'.join(units)}"
    with st.expander("登记批示"), entry_form(key):
        first, second, third = st.columns(3)
        leader = first.text_input("批示人（必填）", max_chars=50, placeholder="如 区长")
        written_on = second.date_input("批示日期", here.day, max_value=here.day, format="YYYY-MM-DD")
        due = third.date_input(
            "办理时限", here.day + timedelta(days=14), min_value=here.day + timedelta(days=1), format="YYYY-MM-DD"
        )
        text = st.text_area("批示内容（必填）", max_chars=1900)
        whose = list(units) or st.multiselect(
            "办理单位（必选）", existing_names(here.district.plan), placeholder="可选多个"
        )
        if st.form_submit_button("登记批示"):
            notes = InstructionNotes(leader, written_on, text, subject, whose, due, about)
            _ask(key, notes, here)
    draw_question(key)


def _ask(key: str, notes: InstructionNotes, here: PageContext) -> None:
    if not (notes.leader.strip() and notes.text.strip() and notes.units):
        st.warning("请写明批示人和批示内容，并选择办理单位。")
    elif not isinstance(notes.due, date):
        st.warning("请选择办理时限。")
    else:
        ask_once_more(
            key,
            f"将登记{notes.leader}批示，并向{'、'.join(notes.units)}立项整改 {len(notes.units)} 件，时限 {notes.due}。",
            lambda: _entered(enter_instruction(notes, at=here.now)),
            yes="确认登记",
        )


def _entered(item: Instruction) -> str:
    numbers = "、".join(opened.number for opened in item.rectifications)
    return f"已登记批示 {item.number}，立项整改 {numbers}，时限 {item.due}。"
