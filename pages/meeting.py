"""督查会议: one meeting with its pack, whose questions can be edited, and what units took on there."""

import streamlit as st

from components.elements.cache import answer
from components.elements.context import open_page
from components.elements.empty_state import empty_state, section
from components.elements.forms import tell_what_was_done
from components.elements.links import link
from components.elements.offered_files import offer_file
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.table import draw_table
from components.meetings.forms import forms, questions_form
from components.meetings.meetings import commitments_markup, meeting_facts
from components.notices.meeting_pack import unit_page, units_table
from services.access.permission import may
from services.meetings.meetings import meetings_as_of
from services.meetings.packs import pack_of_meeting
from services.notices.documents import pack_file

here = open_page("meeting")
number = here.parameter("number")
meeting = next((meeting for meeting in answer(meetings_as_of, here.day) if meeting.number == number), None)

if meeting is None:
    page_header("督查 · 督查会议", "没有这次督查会议" if number else "请选择督查会议", here)
    why = f"截至该日没有编号为 {number} 的督查会议。" if number else "这一页展示一次会议，地址中没有写明是哪一次。"
    render(empty_state(why, "请从“督查日历”进入。"))
    st.stop()

state_in_words = f"交办 {len(meeting.commitments)} 项" if meeting.commitments else meeting.state_on(here.day)
page_header("督查 · 督查会议", f"{meeting.held_on:%-m月%-d日}{meeting.name}：{state_in_words}", here)
tell_what_was_done()
render(section("会议") + meeting_facts(meeting, here))
render(commitments_markup(meeting.commitments, here))
forms(meeting, here)

if may(pack_of_meeting) and meeting.cancelled is None:
    pack = answer(pack_of_meeting, meeting.number, here.day).pack
    unit = here.parameter("unit")
    pages = [page for page in pack.units if page.unit == unit] if unit else pack.units
    render(section("会议材料", f"截至 {pack.as_of}，与 {pack.since} 相比"))
    if pack.units:
        name = f"会议材料 {meeting.held_on}.docx"
        render(offer_file("下载会议材料（.docx，一个单位一页）", name, lambda: pack_file(pack)))
    if unit and pages:
        render(link("全部参会单位", here.same_page(unit=None), css="back"))
        render(unit_page(pages[0], pack, here))
        questions_form(meeting, pages[0], here)
    else:
        draw_table(units_table(here), pack.units, here)
