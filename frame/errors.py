"""An uncaught exception on a page becomes one calm sentence with a number; the log keeps the rest under it."""

import logging
import secrets

import streamlit as st

log = logging.getLogger(__name__)


def show_calmly(error: Exception) -> bool:
    """Called by Streamlit with what a page raised; True keeps its own English box away."""
    number = secrets.token_hex(4)
    log.error("页面出错 %s", number, exc_info=error)
    st.error(f"本页暂时无法显示，数据未受影响。请刷新重试；仍不能显示的，请将编号 {number} 告知管理员。")
    return True
