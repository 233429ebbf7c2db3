"""整改事项: one rectification with its whole course and the forms that its state allows."""

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, section
from components.elements.forms import tell_what_was_done
from components.elements.links import link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.rectifications.course import course_table, rectification_facts
from components.rectifications.forms import forms
from models.lamps import FACES
from rules.numbering import number_printed
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest

here = open_page("rectification")
number = here.parameter("number")

try:
    course = cache.rectification(number, here.day)
except Forbidden:
    raise  # told by the frame
except RefusedRequest as refused:
    page_header("督查 · 整改事项", "没有这一整改事项" if number else "请选择整改事项", here)
    why = str(refused) if number else "这一页展示一件整改事项，地址中没有写明是哪一件。"
    render(empty_state(why, "请从“整改”页面进入。"))
    st.stop()

item = course.rectification
title = f"{number_printed('整改', item.number)}（{item.unit}）：{item.course.state.word}，{FACES[item.lamp].word}"
page_header("督查 · 整改事项", title, here)
tell_what_was_done()
render(link("整改台账", here.address("rectifications"), css="back"))
render(section("当前状态") + rectification_facts(item, here))
forms(item, here)
render(section("经过", f"共 {len(course.entries) + 1} 条") + course_table(course, here))
