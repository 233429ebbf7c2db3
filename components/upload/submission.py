"""The parts of a submission's page: facts, the units it speaks for, how its columns were read, its warnings, taking it
back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.downloads import file_link
from components.elements.facts import clock, facts
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.links import link
from components.elements.tables import Column, table
from components.upload.problem_table import BLANK
from models.cells import as_in_excel
from models.corrections import KeptCorrection
from rules.asked_numbers import asked_number
from services.access.refusal import RefusedRequest
from services.intake.submissions import SpokenFor, SubmissionDetails
from services.intake.upload import withdraw_submission

UNIT_COLUMNS = (
    Column("责任单位", css="nowrap"),
    Column("月份", css="nowrap"),
    Column("修订", number=True),
    Column("行数", number=True),
    Column("现在"),
)
WARNING_COLUMNS = (
    Column("工作表", css="nowrap"),
    Column("单元格", css="nowrap"),
    Column("列"),
    Column("提示", css="prose"),
)
CORRECTION_COLUMNS = (
    Column("工作表", css="nowrap"),
    Column("单元格", css="nowrap"),
    Column("字段", css="nowrap"),
    Column("文件中的值", css="prose"),
    Column("改正为", css="prose"),
    Column("改正人", css="nowrap"),
    Column("时间", css="nowrap"),
)


def submission_number(asked: str) -> int:
    """The number in an address. Raises RefusedRequest where it is none."""
    if not asked:
        raise RefusedRequest("这一页展示一次报送，地址中没有写明报送编号。")
    number = asked_number(asked)
    if number is None:
        raise RefusedRequest(f"报送编号应为数字，地址中写的是“{asked[:30]}”。")
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
        ("文件指纹（SHA-256）", Markup('<code class="hash">{}</code>').format(sent.sha256)),
    ]
    if sent.explanation:
        pairs.append(("数据变化的说明", sent.explanation))
    if sent.taken_back:
        pairs.append(("撤回", f"{clock(sent.taken_back.at)}，{sent.taken_back.by}：{sent.taken_back.reason}"))
    return facts(*pairs)


def spoken_for_table(reports: Sequence[SpokenFor], withdrawn: bool, here: PageContext) -> Markup:
    """Whose month it is, and whether it still stands."""
    return table(
        UNIT_COLUMNS,
        [
            (
                link(one.unit, here.address("unit", unit=one.unit)),
                one.month,
                one.revision,
                one.records,
                _standing(one, withdrawn, here),
            )
            for one in reports
        ],
    )


def _standing(one: SpokenFor, withdrawn: bool, here: PageContext) -> str | Markup:
    if withdrawn:
        return "已撤回"
    if one.replaced_by is None:
        return "有效"
    return Markup("由{}取代").format(
        link(f"报送 {one.replaced_by}", here.address("submission", number=one.replaced_by))
    )


def columns_read(sheets: Sequence[Any], dataset: str) -> Markup:
    """Sheet by sheet: the letter of the column each field was read from."""
    rows = [
        (
            sheet["name"],
            "、".join(f"{letter} {_label(dataset, sheet['part'], name)}" for name, letter in sheet["columns"].items()),
        )
        for sheet in sheets
    ]
    return table((Column("工作表", css="nowrap"), Column("各列", css="prose")), rows)


def _label(dataset: str, part: str, name: str) -> str:
    return next((field.label for field in DATASETS[dataset].part(part).fields if field.name == name), name)


def warnings_table(warnings: Sequence[Any]) -> Markup:
    return table(
        WARNING_COLUMNS, [(one["sheet"], one["cell"], one["field"], one["message"]) for one in warnings], labelled=True
    )


def corrections_table(corrections: Sequence[KeptCorrection]) -> Markup:
    """Cell by cell what the file says and what was stored instead, by whom and when."""
    return table(
        CORRECTION_COLUMNS,
        [
            (one.sheet, one.cell, one.label, as_in_excel(one.typed) or BLANK, one.value or BLANK, one.by, clock(one.at))
            for one in corrections
        ],
        labelled=True,
    )


def withdraw_form(sent: SubmissionDetails, here: PageContext) -> None:
    """Takes the submission back with a reason; what stood before stands again."""
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
