"""The columns of a plan workbook pointed out by hand, where its headings are not understood."""

from __future__ import annotations

import streamlit as st

from catalogue.datasets.plan_workbook import PLAN_WORKBOOK
from components.elements.cache import current_version
from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.plain import plain
from components.elements.rendering import render
from components.upload.checking import Upload
from components.upload.headings_by_hand import headings_left_over, headings_of_a_strange_table
from services.intake.checked_workbook import CheckedWorkbook

NO_SHEET = "这份文件中没有认出方案的任何一张工作表。请在下面逐列指定；也可以下载空白的方案工作簿，填好后再导入。"


def assign_columns(workbook: CheckedWorkbook, file_id: str, here: PageContext) -> None:
    """Draw a choice for each column that was not understood, and for sheets in which no table was."""
    upload = Upload((file_id, workbook.request), workbook, current_version())
    report = workbook.report
    if report.refused is not None:
        render(note(NO_SHEET))
        headings_of_a_strange_table(upload, here)
        return
    for sheet in report.sheets:
        if sheet.unmapped:
            part = PLAN_WORKBOOK.part(sheet.part).title
            taken_for = "" if part == sheet.name else f"（按“{part}”识别）"
            render(note(f"工作表“{sheet.name}”{taken_for}有列没有识别，不读取："))
            headings_left_over(upload, sheet, here)
    strange = [sheet.name for sheet in report.ignored_sheets if sheet.why == "not-data"]
    if strange:
        missing = any(problem.code == "missing-sheet" for problem in report.problems)
        with st.expander(plain(f"没有认出的工作表：{'、'.join(strange)}"), expanded=missing):
            headings_of_a_strange_table(upload, here)
