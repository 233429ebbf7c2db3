"""数据报送: a workbook in; what was understood, every wrong cell in place, and the lamps that turn when it is
confirmed.
"""

import streamlit as st

from components.elements import cache
from components.elements.context import open_page
from components.elements.empty_state import empty_state, note, section
from components.elements.file_types import WORKBOOKS
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.unit_groups import units_by_kind
from components.upload.checking import checked
from components.upload.form import ask, template_link
from components.upload.result import offer_to_submit, show_outcome, show_problems, show_refusal, show_understanding
from services.access.refusal import RefusedRequest

here = open_page("upload")
day, district = here.day, here.district
units = [unit for names in units_by_kind(district.plan).values() for unit in names]
page_header("报送 · 数据报送", "数据报送：先检查，确认后才入库", here)

if district.is_sample:
    render(
        note(
            f"示例数据：报送按截至日期 {day:%Y年%-m月%-d日} 受理，以便在看板上看到变化。任何人不用账号也能以演示身份查看，请勿报送真实数据。"  # noqa: E501
        )
    )
request = ask(units, cache.today())
render(template_link(request.dataset))
file = st.file_uploader("工作簿（.xlsx .xlsm .xls .xlsb .ods .csv）", type=WORKBOOKS)
if file is None:
    st.stop()

try:
    held = checked(file, request)
except RefusedRequest as refused:
    render(section("不能检查") + empty_state(str(refused)))
    st.stop()

if held.outcome is not None:
    show_outcome(
        held.outcome,
        {measure.code: measure.title for task in district.plan.tasks for measure in task.measures},
        here,
    )
elif held.report.refused is not None:
    show_refusal(held.report)
else:
    show_understanding(held)
    show_problems(held, units)
    offer_to_submit(held, here)
