"""查找: words in the address; the tasks, measures, units, guide items and case numbers that hold them."""

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.search.results import found_tables
from services.search.search import MOST, SHORTEST


def keep_words() -> None:
    """What was typed goes into the address."""
    st.query_params["q"] = st.session_state["search words"]


here = open_page("search")
day, district = here.day, here.district
words = here.asked("q")
found = cache.search(words, day)
page_header(
    "督查 · 查找",
    f"查找“{found.words}”：{found.number} 个{'以上' if found.more else ''}结果"
    if found.words
    else "查找任务、单位、事项和案件",
    here,
)

st.session_state["search words"] = words
st.text_input(
    "任务、举措、单位、人员、事项名称或编码、案件编号",
    key="search words",
    on_change=keep_words,
    max_chars=60,
    placeholder="至少两个字",
)
if not found.words:
    render(note("例：登记、1.1.2、区人社局、工单编号。案件按完整编号查找。"))
elif not found.number:
    render(
        empty_state(
            f"没有找到“{found.words}”。", "请换一个词。" if len(found.words) >= SHORTEST else "请至少输入两个字。"
        )
    )
areas = {task.code: task.area for task in district.plan.tasks}
render(found_tables(found, areas, here))
if found.more:
    render(note(f"事项只列出前 {MOST} 个，请写得更具体。"))
