"""A plan workbook in: mistakes by their cells, doubts and what it would change; put in force with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import streamlit as st
from markupsafe import Markup

from catalogue.datasets.plan_workbook import PLAN_WORKBOOK
from components.elements import cache
from components.elements.context import PageContext
from components.elements.downloads import download
from components.elements.empty_state import note
from components.elements.file_types import WORKBOOKS
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.plain import plain
from components.elements.rendering import render
from components.elements.table import Column, Table, Width, table_markup
from components.elements.uploader import file_uploader
from components.plan.columns import assign_columns
from components.plan.documents import text_uploader
from components.plan.trial import trial_parts
from models.validation import Problem
from rules.as_of import SHANGHAI
from services.access.refusal import RefusedRequest
from services.plan.declarations import NEW
from services.plan.in_force import put_in_force
from services.plan.preview import PlanPreview, preview_of
from services.plan.workbook_read import read_plan_workbook
from services.plan_comparison.trial import PlanTrial, try_plan

RULE = (
    "先试读，不存入任何内容：逐个单元格列出错误、存疑和改动。库中没有的方案与现有方案并存；已有的方案自生效之日起改动，"
    "此前各日的红绿灯不变，新工作簿不再列出的任务、举措自该日终止，仍可查阅。"
)
UNTRIED = "数据库不能建临时表或磁盘已满，此刻不能试算红绿灯和报送的变化；不影响付诸实施。"
ADDED = {"areas": "领域", "tasks": "任务", "measures": "举措", "datasets": "数据", "indicators": "指标"}


@st.fragment
def import_form(here: PageContext) -> None:
    """Draw the upload; with a workbook what it says, and without a mistake the way to put it in force."""
    empty = download("空白的方案工作簿", f"/templates/{PLAN_WORKBOOK.code}")
    render(note(Markup("{}下载{}。").format(RULE, empty)))
    file = file_uploader("方案工作簿（.xlsx .xlsm .xls .xlsb .ods .csv）", type=WORKBOOKS)
    if file is None:
        return
    try:
        workbook = cache.answer(read_plan_workbook, file.getvalue(), file.name)
    except RefusedRequest as refused:
        st.warning(plain(refused))
        return
    assign_columns(workbook, file.file_id, here)
    if workbook.report.refused is not None:
        return
    preview = cache.answer(_preview, file.getvalue(), file.name)
    render(note(_summary(preview)))
    if preview.errors:
        render(_errors(preview.errors, here))
        return
    render(_differences(preview, here), *map(note, preview.doubts))
    try:
        trial = cache.answer(_trial, file.getvalue(), file.name, here.day)
    except RefusedRequest as refused:
        st.warning(plain(refused))
        return
    render(*([note(UNTRIED)] if trial is None else trial_parts(trial, here)))
    _put_in_force_form(preview, file.getvalue(), file.name, here)
    draw_question(KEY)


KEY = "put plan in force"


def _preview(content: bytes, name: str) -> PlanPreview:
    return preview_of(cache.answer(read_plan_workbook, content, name))


def _trial(content: bytes, name: str, day: date) -> PlanTrial | None:
    return try_plan(cache.answer(_preview, content, name), day)


def _put_in_force_form(preview: PlanPreview, content: bytes, name: str, here: PageContext) -> None:
    facts = preview.declarations.facts
    with entry_form(KEY):
        begin = st.date_input("生效日期", max(here.day, facts.begins), format="YYYY-MM-DD", width=220)
        reason = st.text_input("理由（必填，存入记录）", max_chars=200)
        text = text_uploader("方案原文（.docx、.pdf，可不附）")
        if st.form_submit_button("付诸实施"):
            ask_once_more(
                KEY,
                f"“{facts.title}”（{facts.code}）将自 {begin} 起生效，此前各日不变"
                f"{f'，附“{text[0]}”' if text else ''}。理由：{reason}",
                lambda: _put_in_force(preview, content, name, begin, reason, text),
                reason=reason,
            )


def _put_in_force(
    preview: PlanPreview, content: bytes, name: str, begin: date, reason: str, text: tuple[str, bytes] | None
) -> str:
    since = datetime.combine(begin, time(), SHANGHAI)
    put_in_force(preview, content, name, reason, in_force=since, text=text)
    facts = preview.declarations.facts
    return f"“{facts.title}”（{facts.code}）已存入，自 {begin} 起生效：{reason}"


def _summary(preview: PlanPreview) -> str:
    facts = preview.declarations.facts
    first = f"{facts.title}（{facts.code}），{facts.begins} 至 {facts.ends}。"
    if preview.errors:
        return f"{first}共 {len(preview.errors)} 处错误，改正后才能付诸实施。"
    return f"{first}没有错误，{len(preview.doubts)} 处存疑；确认后才存入。"


def _errors(errors: Sequence[Problem], here: PageContext) -> Markup:
    columns = (
        Column[Problem]("sheet", "工作表", lambda error: error.sheet or ""),
        Column[Problem]("cell", "单元格", lambda error: error.cell or "", width=Width.UNBROKEN),
        Column[Problem]("field", "列", lambda error: error.field or ""),
        Column[Problem]("message", "错误和改法", lambda error: error.message, width=Width.PROSE),
    )
    return table_markup(Table("errors", "错误", columns, counted="处错误", page_size=None), errors, here)


@dataclass(frozen=True)
class Difference:
    """A line of what an import would do."""

    kind: str
    what: str
    before: str = ""
    after: str = ""


def _differences(preview: PlanPreview, here: PageContext) -> Markup:
    lines = [
        *(Difference(NEW, f"{ADDED[kind]} {name}") for kind, names in preview.added.items() for name in names),
        *(Difference(NEW, change.what) for change in preview.changed if change.after == NEW),
        *(
            Difference("变更", change.what, change.before, change.after)
            for change in preview.changed
            if change.after != NEW
        ),
        *(Difference("终止", name) for name in preview.ended),
    ]
    columns = (
        Column[Difference]("kind", "改动", lambda line: line.kind, width=Width.UNBROKEN, is_filter=True),
        Column[Difference]("what", "内容", lambda line: line.what),
        Column[Difference]("before", "原为", lambda line: line.before, width=Width.PROSE),
        Column[Difference]("after", "改为", lambda line: line.after, width=Width.PROSE),
    )
    table = Table(
        "differences", "与库中方案的不同", columns, counted="处", page_size=None, nothing="与库中方案一致，没有改动。"
    )
    return table_markup(table, lines, here)
