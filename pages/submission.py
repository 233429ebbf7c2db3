"""报送记录: one submission, its file as uploaded, the units it speaks for, its warnings, and the lamps that it
turned.
"""

from functools import partial

import streamlit as st

from catalogue.datasets import DATASETS
from components.board.changes import changes_in_words, changes_table, turns
from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note, section
from components.elements.forms import tell_what_was_done
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.upload.normalised_values import show_read_as
from components.upload.submission import (
    columns_read,
    corrections_table,
    spoken_for_table,
    submission_facts,
    submission_number,
    warnings_table,
    withdraw_form,
)
from services.access.permission import Forbidden, is_own, may
from services.access.refusal import RefusedRequest
from services.intake.normalised_values import normalised_columns_of
from services.intake.upload import withdraw_submission

here = open_page("submission")
day, district = here.day, here.district
number_words = here.parameter("number")

try:
    sent = cache.submission(submission_number(number_words), day)
except Forbidden:
    raise  # told by the frame
except RefusedRequest as refused:
    page_header("报送 · 报送记录", "没有这次报送" if number_words else "请选择报送", here)
    render(empty_state(str(refused), "请从“报送情况”或判定依据页面进入。"))
    st.stop()

page_header(
    "报送 · 报送记录",
    f"报送 {sent.number}：{sent.unit or '全区'} {sent.month} {DATASETS[sent.dataset].title}",
    here,
)
tell_what_was_done()
render(submission_facts(sent))

titles = {measure.code: measure.title for task in district.plan.tasks for measure in task.measures}
render(section("本次报送引起的红绿灯变化", changes_in_words(sent.turned) if sent.turned else ""))
if sent.turned:
    render(changes_table(turns(sent.turned), titles, here))
else:
    render(empty_state("受理当时没有红绿灯因此改变。" if sent.turned is not None else "未保存受理前后的对比。"))

render(section("涉及单位", f"{len(sent.reports)} 个单位"))
render(spoken_for_table(sent.reports, sent.taken_back is not None, here))

render(section("读取的列", "列号与 Excel 中一致") + columns_read(sent.sheets, sent.dataset, here))
if may(normalised_columns_of) and is_own(sent.unit):
    show_read_as(partial(cache.normalised_columns, sent.number), here)

if sent.corrections:
    render(section("改正", f"{len(sent.corrections):,} 处，在屏幕上改正后入库，原文件未动"))
    render(corrections_table(sent.corrections, here))

render(section("提示", f"{len(sent.warnings):,} 处，不影响入库"))
render(warnings_table(sent.warnings, here) if sent.warnings else note("没有提示。"))

if sent.taken_back is None and may(withdraw_submission) and is_own(sent.unit):
    withdraw_form(sent, here)
