"""审计日志: who did what when, from where, before and after; searched by what the address says; the state of the chain;
as .xlsx.
"""

import streamlit as st

from components.audit.table import chain, entries_table, question_in_address, search_form, to_write_down, turn_pages
from components.elements.context import open_page
from components.elements.empty_state import note, section
from components.elements.offered_files import offer_file
from components.elements.page_header import page_header
from components.elements.rendering import render
from services.audit.search import MOST, ON_A_PAGE, audit_workbook, find_acts, log_length, verify_log

VERIFIED_AT_ONCE = 5_000
"""Entries; a longer log is verified when asked."""

here = open_page("audit")
question = question_in_address()
answer = find_acts(question)
entries, digest = log_length()

page_header(
    "管理 · 审计日志",
    f"审计日志：共 {entries:,} 条",
    here,
    provenance="按实际操作时间记录，不随截至日期变化；只能追加，逐条以摘要相连",
)
if entries <= VERIFIED_AT_ONCE or st.button("逐条核对"):
    render(chain(verify_log()))
if digest:
    render(to_write_down(entries, digest))

render(section("查询", "查询条件在地址中，可以保存和转发"))
search_form()
render(section("条目", f"新的在前，每页 {ON_A_PAGE} 条；姓名、电话已隐去"))
render(entries_table(answer.acts, here))
render(turn_pages(answer.older, at_the_newest=question.before is None))
if answer.acts:
    render(offer_file("导出查到的条目（.xlsx）", "审计日志.xlsx", lambda: audit_workbook(question)))
    render(note(f"一次最多导出最新的 {MOST:,} 条；导出记入审计日志。"))
