"""查找: words in the address; the tasks, measures, units, guide items and case numbers that hold them."""

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.search.results import results
from services.search.search import MOST, SHORTEST


def keep_words() -> None:
    """Put what was typed into the address."""
    st.query_params["q"] = st.session_state["search words"]


here = open_page("search")
day, district = here.day, here.district
words = here.parameter("q")
matches = cache.search(words, day)
page_header(
    "督查 · 查找",
    f"查找“{matches.words}”：{matches.number} 个{'以上' if matches.more else ''}结果"
    if matches.words
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
if not matches.words:
    render(note("例：登记、1.1.2、区人社局、工单编号。案件按完整编号查找。"))
elif not matches.number:
    render(
        empty_state(
            f"没有找到“{matches.words}”。", "请换一个词。" if len(matches.words) >= SHORTEST else "请至少输入两个字。"
        )
    )
areas = {task.code: task.area for task in district.plan.tasks}
render(results(matches, areas, here))
if matches.more:
    render(note(f"事项只列出前 {MOST} 个，请写得更具体。"))
