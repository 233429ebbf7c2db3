"""案件: one case by its number: its lamp and due day, what was done, and its rows in every ledger over the months."""

import streamlit as st
from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.cases.one_case import changes_in_words, finding, lamps_table, places_of_rows, rows_table, sources_table
from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note, section
from components.elements.facts import facts
from components.elements.links import link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.reveal import revealed
from services.access.refusal import RefusedRequest
from services.cases.one_case import case_history

here = open_page("case")
dataset, number = here.parameter("dataset"), here.parameter("number")

try:
    history = cache.answer(case_history, dataset, number, here.day)
except RefusedRequest as refused:
    page_header("督查 · 案件", "没有这个案件" if number else "请选择案件", here)
    why = str(refused) if number else "这一页展示一个案件，地址中没有写明编号。"
    render(empty_state(why, "请从“案件时限”的编号进入，或用“查找”。"))
    st.stop()

ledger, units = DATASETS[dataset], list(dict.fromkeys(row.unit for row in history.rows))
page_header("督查 · 案件", f"{'、'.join(units)}·{ledger.title} {number}：{finding(history, here)}", here)
kind = history.lamps[0][0].code if history.lamps else None
render(link("全部同类案件", here.address("cases", kind=kind), css="back") if kind else Markup(""))
if len(units) > 1:
    render(note(f"{len(units)} 个单位的台账中都有这个编号，以下分别列出。"))
render(section("时限") + lamps_table(history, here))
render(section("逐次报送", f"{changes_in_words(history)}，与上次不同的加粗") + rows_table(history, here))
for place, values in revealed(ledger.main.code, places_of_rows(history), f"case {number}").items():
    filled = [(label, words) for label, words in values.items() if words]
    render(note(f"报送 {place[0]}，{place[1]} 第 {place[2]} 行") + facts(*filled))
render(section("报送", "新的在前") + sources_table(history, here))
