"""催办督办通知: one notice with its receipts; opened by somebody of the unit, it is noted who was first."""

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, section
from components.elements.forms import tell_what_was_done
from components.elements.links import link
from components.elements.offered_files import offer_file
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.notices.notices import notice_facts, receive_form, state_in_words
from rules.numbering import number_printed
from services.access.permission import Forbidden, may
from services.access.refusal import RefusedRequest
from services.notices.documents import notice_file
from services.notices.notices import note_opened

here = open_page("notice")
number = here.parameter("number")

try:
    if number and may(note_opened):
        note_opened(number, at=here.now)
    notice, matters = cache.notice(number, here.day)
except Forbidden:
    raise  # told by the frame
except RefusedRequest as refused:
    page_header("督查 · 催办督办通知", "没有这份通知" if number else "请选择通知", here)
    why = str(refused) if number else "这一页展示一份催办单或督办单，地址中没有写明是哪一份。"
    render(empty_state(why, "请从“催办”页面进入。"))
    st.stop()

title = f"{number_printed(notice.level.word, notice.number)}（{notice.unit}）：{state_in_words(notice)}"
page_header("督查 · 催办督办通知", title, here)
tell_what_was_done()
render(link("全部通知", here.address("notices"), css="back"))
render(section(f"{notice.level.word}单") + notice_facts(notice, matters, here))
label = f"下载{notice.level.word}单（.docx）"
name = f"{number_printed(notice.level.word, notice.number)}.docx"
render(offer_file(label, name, lambda: notice_file(notice.number)))
receive_form(notice, here)
