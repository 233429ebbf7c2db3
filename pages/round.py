"""督查轮次: one round, its units and plan, what hangs on it, its course, and the conclusion told to each unit."""

import streamlit as st

from components.elements.cache import answer
from components.elements.context import open_page
from components.elements.empty_state import empty_state, section
from components.elements.forms import tell_what_was_done
from components.elements.links import link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.rounds.forms import forms
from components.rounds.rounds import attached_markup, conclusions_markup, course_markup, round_facts
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest
from services.rounds.rounds import round_as_of

here = open_page("round")
number = here.parameter("number")

try:
    item = answer(round_as_of, number, here.day)
except Forbidden:
    raise  # told by the frame
except RefusedRequest as refused:
    page_header("督查 · 督查轮次", "没有这一督查轮次" if number else "请选择督查轮次", here)
    why = str(refused) if number else "这一页展示一轮督查，地址中没有写明是哪一轮。"
    render(empty_state(why, "请从“督查日历”进入。"))
    st.stop()

page_header("督查 · 督查轮次", f"{item.number} {item.name}：{item.kind.word}，{item.state.word}", here)
tell_what_was_done()
render(link("督查日历", here.address("supervision_calendar", month=f"{item.starts_on:%Y-%m}"), css="back"))
render(section("安排") + round_facts(item, here))
render(conclusions_markup(item, here))
forms(item, here)
if here.own_unit is None and item.leader:
    render(attached_markup(item, here))
render(course_markup(item, here))
