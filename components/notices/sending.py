"""The words for a unit: to copy into the office's own messenger, or sent by mail or a group's robot where these are set
up.
"""

from __future__ import annotations

import streamlit as st

from components.elements.empty_state import note
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.rendering import render
from models.messages import Way
from services.access.permission import may
from services.notices.messages import LONGEST, send_message, ways_to_send


def draw_message(unit: str, words: str) -> None:
    """Draw the words with a button to copy them; the form to send them for whoever may."""
    st.code(words, language=None, wrap_lines=True)
    if not may(send_message):
        return
    ways = ways_to_send()
    if not ways:
        render(note("也可以由本看板发送：在“设置”中填写邮件服务器或启用群机器人后，这里出现发送按钮。"))
        return
    key = f"message {unit}"
    with entry_form(key):
        text = st.text_area("发送的内容", words, max_chars=LONGEST, height=160, key=f"{key} text")
        way = st.radio("方式", ways, format_func=_word, horizontal=True)
        to = st.text_input("收件地址（邮件）", max_chars=200) if Way.MAIL in ways else ""
        if st.form_submit_button("发送"):
            whom = f"以邮件发到 {to}" if way is Way.MAIL else "由群机器人发到群里，群里的人都看得到"
            ask_once_more(key, f"将把以上 {len(text)} 字{whom}。", lambda: _sent(unit, way, text, to), yes="确认发送")
    draw_question(key)


def _word(way: Way) -> str:
    return way.word


def _sent(unit: str, way: Way, text: str, to: str) -> str:
    send_message(unit, way, text, to=to)
    return f"已由{way.word}发送{unit}的通知用语，存入审计日志。"
