"""会议材料: each unit against the last meeting, one page a unit, with questions found by rule; also as a document.
Meetings are called and listed here.
"""

import streamlit as st

from components.elements import cache
from components.elements.as_of import compared_with, pick_since
from components.elements.cache import answer
from components.elements.context import open_page
from components.elements.empty_state import empty_state, section
from components.elements.forms import tell_what_was_done
from components.elements.links import link
from components.elements.offered_files import offer_file
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.requested_unit import requested_unit
from components.elements.table import draw_table
from components.meetings.forms import calling_form
from components.meetings.meetings import meetings_table
from components.notices.meeting_pack import finding, unit_page, units_table
from services.access.permission import may
from services.meetings.meetings import call_meeting, last_meeting_day, meetings_as_of
from services.notices.documents import pack_file

here = open_page("meeting_pack")
unit = requested_unit("督查 · 会议材料", here)
last = answer(last_meeting_day, here.day)
since = compared_with(here, (here.day - last).days)
if since >= here.day:
    page_header("督查 · 会议材料", "没有可比的日期", here, pickers=lambda: pick_since(since, here.day))
    render(empty_state("上次会议的日期应早于截至日期。", "请在上方另选日期。"))
    st.stop()
pack = cache.meeting_pack(here.day, since, unit)

page_header("督查 · 会议材料", finding(pack), here, pickers=lambda: pick_since(since, here.day))
tell_what_was_done()
if unit is None:
    if may(call_meeting):
        with st.expander("登记督查会议"):
            calling_form(here)
    render(section("督查会议", "每次会议有自己的材料，问题可在会前修改；会上交办的列入整改"))
    draw_table(meetings_table(here), answer(meetings_as_of, here.day), here)
    render(section("按截至日期生成的材料", f"与 {since} 相比，未按会议修改"))
if pack.units:
    name = f"会议材料 {unit or '全区'} {here.day}.docx"
    render(offer_file("下载会议材料（.docx，一个单位一页）", name, lambda: pack_file(pack)))
if unit is None:
    draw_table(units_table(here), pack.units, here)
else:
    render(link("全部单位", here.same_page(unit=None), css="back"))
    render(*(unit_page(page, pack, here) for page in pack.units))
    if not pack.units:
        render(empty_state("该单位没有可以列入会议材料的内容。", "请另选单位。"))
