"""数据报送: workbooks in; whether each can go in, what was understood, every wrong cell in place, and the lamps that
turn when it is confirmed.
"""

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note, section
from components.elements.file_types import WORKBOOKS
from components.elements.page_header import page_header
from components.elements.plain import plain
from components.elements.rendering import render
from components.elements.table import draw_table
from components.elements.unit_groups import units_by_kind
from components.elements.uploader import file_uploader
from components.reporting.own_reports import own_reports_table, reports_at_hand, standing_in_words
from components.upload.checking import checked, split_by_month
from components.upload.confirming import confirm
from components.upload.form import ask, template_link
from components.upload.result import show_outcome, show_problems, show_refusal, show_understanding, what_to_do
from components.upload.verdict import verdict_line, verdict_table
from services.access.refusal import RefusedRequest

here = open_page("upload")
day, district = here.day, here.district
units = [unit for names in units_by_kind(district.plan).values() for unit in names]
titles = {measure.code: measure.title for task in district.plan.tasks for measure in task.measures}
page_header("报送 · 数据报送", "数据报送：先检查，确认后才入库", here)

if district.is_sample:
    render(
        note(
            f"示例数据：报送按截至日期 {day:%Y年%-m月%-d日} 受理，以便在看板上看到变化。任何人不用账号也能以演示身份查看，请勿报送真实数据。"  # noqa: E501
        )
    )
request = ask(units, here.now.date())
files = file_uploader(
    "工作簿（.xlsx .xlsm .xls .xlsb .ods .csv），可一次选多份", type=WORKBOOKS, accept_multiple_files=True
)
if not files:
    unit = request.unit or here.own_unit
    lines = cache.reports_of_unit(day, unit) if unit is not None else []
    render(template_link(request, list(dict.fromkeys(line.dataset for line in lines))))
    if unit is not None:
        owed = reports_at_hand(lines, request.month)
        render(section(f"{unit}应报的数据", f"{standing_in_words(owed)}；缺报的在前"))
        draw_table(own_reports_table("owed", here), owed, here)
    st.stop()

try:
    uploads = checked(files, request, here.sample_time)
except RefusedRequest as refused:
    render(section("不能检查") + empty_state(str(refused)))
    st.stop()

if len(uploads) == 1:
    held = uploads[0]
    render(verdict_line(held))
else:
    render(verdict_table(uploads, here))
    shown = [f"{number} {upload.report.file} {upload.report.month or ''}" for number, upload in enumerate(uploads, 1)]
    held = uploads[st.selectbox("查看哪一份", range(len(uploads)), format_func=shown.__getitem__)]
if held.report.months and st.button(plain(f"按月分报（{'、'.join(held.report.months)}）"), type="primary"):
    split_by_month(held)
    st.rerun()
if held.outcome is not None:
    show_outcome(held.outcome, titles, here)
if held.outcome is None or held.outcome.submission is None:
    confirm(uploads, titles, here)
    if held.report.refused is not None:
        show_refusal(held, here)
    else:
        show_problems(held, units, here)
        if not held.workbook.accepted:
            what_to_do(held)
        show_understanding(held, here)
elif len(uploads) > 1:
    confirm(uploads, titles, here)
