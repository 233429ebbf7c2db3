"""The parts of a submission's page: facts, the units it speaks for, how its columns were read, its warnings, taking it
back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.downloads import file_link
from components.elements.facts import clock, facts
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.phrases import code
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.upload.problem_table import BLANK
from models.cells import as_in_excel
from models.corrections import KeptCorrection
from rules.asked_numbers import asked_number
from services.access.refusal import RefusedRequest
from services.intake.submissions import SpokenFor, SubmissionDetails
from services.intake.upload import withdraw_submission

SheetRead = Mapping[str, Any]
"""How a sheet was read, as it is stored with its submission."""
Warning = Mapping[str, Any]
UNITS_ON_A_PAGE, WARNINGS_ON_A_PAGE = 20, 50


def submission_number(words: str) -> int:
    """Return the number in an address. Raises RefusedRequest where it is none."""
    if not words:
        raise RefusedRequest("这一页展示一次报送，地址中没有写明报送编号。")
    number = asked_number(words)
    if number is None:
        raise RefusedRequest(f"报送编号应为数字，地址中写的是“{words[:30]}”。")
    return number


def submission_facts(sent: SubmissionDetails) -> Markup:
    file = Markup("{}（{:,} 字节）").format(file_link(sent.number, sent.file_name, sent.unit), sent.size)
    pairs: list[tuple[str, str | Markup]] = [
        ("数据", DATASETS[sent.dataset].title),
        ("报送单位", sent.unit or "全区台账"),
        ("月份", sent.month),
        ("受理时间", clock(sent.accepted_at)),
        ("报送人", sent.by),
        ("记录", f"{sent.records:,} 行" if sent.records else "零报告（0 行）"),
        ("原文件", file),
        ("文件指纹（SHA-256）", code(sent.sha256, css="hash")),
    ]
    if sent.explanation:
        pairs.append(("数据变化的说明", sent.explanation))
    if sent.taken_back:
        pairs.append(("撤回", f"{clock(sent.taken_back.at)}，{sent.taken_back.by}：{sent.taken_back.reason}"))
    return facts(*pairs)


def spoken_for_table(reports: Sequence[SpokenFor], withdrawn: bool, here: PageContext) -> Parts:
    """Return whose month it is, and whether it still holds."""

    def state(report: SpokenFor) -> str:
        if withdrawn:
            return "已撤回"
        return "有效" if report.replaced_by is None else f"由报送 {report.replaced_by} 取代"

    def replaced_by(report: SpokenFor) -> str | None:
        return here.address("submission", number=report.replaced_by) if report.replaced_by and not withdrawn else None

    columns = (
        Column[SpokenFor](
            "unit",
            "责任单位",
            lambda report: report.unit,
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda report: here.address("unit", unit=report.unit),
        ),
        Column[SpokenFor]("month", "月份", lambda report: report.month, width=Width.UNBROKEN),
        Column[SpokenFor]("revision", "版本", lambda report: report.revision, Kind.NUMBER),
        Column[SpokenFor]("records", "行数", lambda report: report.records, Kind.NUMBER),
        Column[SpokenFor]("state", "当前状态", state, href=replaced_by, is_filter=True),
    )
    table = Table("units", "涉及单位", columns, counted="份", page_size=UNITS_ON_A_PAGE)
    return table_parts(table, reports, here)


def columns_read(sheets: Sequence[SheetRead], dataset: str, here: PageContext) -> Parts:
    """Return sheet by sheet the letter of the column each field was read from."""

    def letters(sheet: SheetRead) -> str:
        columns = sheet["columns"].items()
        return "、".join(f"{letter} {_label(dataset, sheet['part'], name)}" for name, letter in columns)

    columns = (
        Column[SheetRead]("sheet", "工作表", lambda sheet: sheet["name"], width=Width.UNBROKEN),
        Column[SheetRead]("columns", "各列", letters, width=Width.PROSE),
    )
    return table_parts(Table("columns", "各列的识别结果", columns, counted="张表", page_size=None), sheets, here)


def _label(dataset: str, part: str, name: str) -> str:
    return next((field.label for field in DATASETS[dataset].part(part).fields if field.name == name), name)


def warnings_table(warnings: Sequence[Warning], here: PageContext) -> Parts:
    """Return what was told at acceptance and did not keep the rows out."""
    columns = (
        Column[Warning]("sheet", "工作表", lambda warning: warning["sheet"], width=Width.UNBROKEN),
        Column[Warning]("cell", "单元格", lambda warning: warning["cell"], width=Width.UNBROKEN),
        Column[Warning]("field", "列", lambda warning: warning["field"], is_filter=True),
        Column[Warning]("message", "提示", lambda warning: warning["message"], width=Width.PROSE),
    )
    return table_parts(Table("warnings", "提示", columns, counted="处", page_size=WARNINGS_ON_A_PAGE), warnings, here)


def corrections_table(corrections: Sequence[KeptCorrection], here: PageContext) -> Parts:
    """Return cell by cell what the file says and what was stored in its place, by whom and when."""
    columns = (
        Column[KeptCorrection]("sheet", "工作表", lambda correction: correction.sheet, width=Width.UNBROKEN),
        Column[KeptCorrection]("cell", "单元格", lambda correction: correction.cell, width=Width.UNBROKEN),
        Column[KeptCorrection]("field", "字段", lambda correction: correction.label, width=Width.UNBROKEN),
        Column[KeptCorrection](
            "typed", "文件中的值", lambda correction: as_in_excel(correction.typed) or BLANK, width=Width.PROSE
        ),
        Column[KeptCorrection]("value", "改正为", lambda correction: correction.value or BLANK, width=Width.PROSE),
        Column[KeptCorrection]("by", "改正人", lambda correction: correction.by, width=Width.UNBROKEN),
        Column[KeptCorrection]("at", "时间", lambda correction: correction.at, Kind.MOMENT, Width.UNBROKEN),
    )
    table = Table("corrections", "屏幕上的改正", columns, counted="处", page_size=WARNINGS_ON_A_PAGE)
    return table_parts(table, corrections, here)


def withdraw_form(sent: SubmissionDetails, here: PageContext) -> None:
    """Draw the form that withdraws the submission with a reason; what was in force before is so again."""
    key = f"withdraw {sent.number}"
    with st.expander("撤回这次报送"):
        with entry_form("withdraw"):
            st.caption("撤回只作登记：文件和记录都保留，红绿灯恢复为此前有效的数据。")
            reason = st.text_input("撤回理由（必填，存入记录）", max_chars=200)
            if st.form_submit_button("撤回"):
                ask_once_more(
                    key,
                    f"第 {sent.number} 号报送的 {sent.records:,} 行将不再计入，恢复为此前有效的数据。理由：{reason}",
                    lambda: _withdraw(sent.number, reason, here),
                    yes="确认撤回",
                    reason=reason,
                )
        draw_question(key)


def _withdraw(number: int, reason: str, here: PageContext) -> str:
    withdraw_submission(number, reason=reason, at=here.now)
    return f"报送 {number} 已撤回：{reason}"
