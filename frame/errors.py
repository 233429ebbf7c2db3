"""From what a page raised to one calm sentence: why it was refused, or a number under which the log keeps the rest."""

import logging

import streamlit as st

from components.elements.empty_state import empty_state
from components.elements.page_header import head
from components.elements.plain import plain
from components.elements.rendering import render
from frame.event_log import new_request, request_number
from frame.person_block import nobody
from services.access.current_user import NotSignedIn
from services.access.events import note
from services.access.permission import Forbidden
from services.access.refusal import DatabaseFailure, Unavailable, sentence_of


def show_refusal(refused: NotSignedIn | Forbidden, page: str = "") -> None:
    """Draw a refusal instead of the page of that title, or of the rest of it."""
    note("refused", of="page")
    is_nobody = isinstance(refused, NotSignedIn)
    if page:
        render(head(page, "需要重新登录" if is_nobody else str(refused)))
    if is_nobody:
        render(nobody(str(refused)))
    elif page:
        render(empty_state("请从左侧选择其他页面。"))
    else:
        render(empty_state(str(refused), "请从左侧选择其他页面。"))


def show_calmly(error: Exception) -> bool:
    """Draw what a page raised as a calm sentence; True keeps its own English box away."""
    if isinstance(error, NotSignedIn | Forbidden):  # of a fragment, which runs without the frame
        show_refusal(error)
        return True
    if isinstance(error, Unavailable | DatabaseFailure):
        note("error", level=logging.ERROR, problem=error)
        st.error(plain(error if isinstance(error, Unavailable) else sentence_of(error)))
        return True
    number = request_number.get() or new_request()  # of a fragment, which runs without the frame, there is none
    note("error", level=logging.ERROR, problem=error)
    st.error(f"本页暂时无法显示，数据未受影响。请刷新重试；仍不能显示的，请将编号 {number} 告知管理员。")
    return True
