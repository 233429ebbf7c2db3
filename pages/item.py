"""事项: everything about one item on one page: guides and what is wrong with them, claims, cases, ratings, bad ratings,
tickets, spot checks.
"""

import streamlit as st
from markupsafe import Markup

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note, section
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.guides.one_item import (
    added_table,
    bad_table,
    cases_table,
    claims_table,
    finding,
    guides_table,
    months_table,
    ratings_table,
    units_of,
)
from components.spot_checks.marks import checks_of_element
from services.access.refusal import RefusedRequest
from services.cases.caseload import cases_of_item
from services.guides.one_item import item_records

here = open_page("item")
code = here.parameter("item").strip()

try:
    if not code:
        raise RefusedRequest("这一页展示一个事项，地址中没有写明实施编码。")
    item = cache.answer(item_records, code, here.day)
except RefusedRequest as refused:
    page_header("督查 · 事项", "没有这个事项" if code else "请选择事项", here)
    render(empty_state(str(refused), "请从办事指南的事项进入，或用“查找”。"))
    st.stop()

page_header("督查 · 事项", finding(item), here)
render(note(f"实施编码 {code}"))
render(section("办事指南", "从名称进入，按群众看到的样子打开") + guides_table(item, here))
if item.added is not None:
    render(section("方案增加的字段", "方案为办事指南增加的字段，各单位填报的内容") + added_table(item.added, here))
render(section("认领", "按基本编码") + claims_table(item, here))
render(section("办件", "月度办件统计") + months_table(item, here))
render(section("评价", "好差评明细中各档的条数，含系统默认") + ratings_table(item, here))
render(section("差评整改", "台账按事项名称对应") + bad_table(item, here))
cases = cache.answer(cases_of_item, item.name, tuple(units_of(item)), here.day)
render(section("案件", "帮办代办、审批、差评按事项名称对应，工单按诉求内容中提到的事项名称对应"))
render(cases_table(cases, here))
render(Markup("").join(checks_of_element(f"{unit}|{code}", here, unit) for unit in units_of(item)))
