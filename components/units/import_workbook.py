"""A units workbook in: what it would change shown, then stored with a reason."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.file_types import WORKBOOKS
from components.elements.forms import ask_once_more, draw_question, entry_form
from components.elements.links import download
from components.elements.plain import plain
from components.elements.rendering import render
from components.elements.uploader import file_uploader
from components.units.tables import import_table
from services.access.refusal import RefusedRequest
from services.units.import_units import UnitsRead, read_units, store_units

KEY = "import units"


@st.fragment
def import_form(here: PageContext) -> None:
    template = download("单位名册模板", "/templates/units")
    rule = "导入只增加和修改，不删除单位和别名；空白单元格不改原有内容。"
    render(note(Markup("下载{}。{}").format(template, rule)))
    file = file_uploader("单位名册工作簿（.xlsx .xlsm .xls .xlsb .ods .csv）", type=WORKBOOKS)
    if file is None:
        return
    try:
        units = read_units(file.getvalue(), file.name, here.sample_time)
    except RefusedRequest as refused:
        st.warning(plain(refused))
        return
    render(import_table(units, here), note(_counts(units)))
    if not units.new and not units.changed:
        return
    with entry_form(KEY):
        reason = st.text_input("理由（必填，存入记录）", max_chars=200)
        if st.form_submit_button("导入名册"):
            ask_once_more(
                KEY,
                f"将按“{file.name}”新增 {len(units.new)} 个单位，修改 {len(units.changed)} 个，"
                f"任务分工自此重新确定。理由：{reason}",
                lambda: _store(file.getvalue(), file.name, reason, units, here),
                yes="确认导入",
                reason=reason,
            )
    draw_question(KEY)


def _counts(units: UnitsRead) -> str:
    left = f"；名册中另有 {len(units.untouched)} 个单位未列入工作簿，保持不变" if units.untouched else ""
    return f"工作簿共 {len(units.lines)} 个单位：新增 {len(units.new)} 个，修改 {len(units.changed)} 个{left}。确认后才存入。"  # noqa: E501


def _store(content: bytes, name: str, reason: str, seen: UnitsRead, here: PageContext) -> str:
    units = store_units(content, name, reason=reason, at=here.sample_time, seen=seen)
    return f"已导入“{name}”：新增 {len(units.new)} 个单位，修改 {len(units.changed)} 个。"
