"""The parts of the upload page below the file: refusal, understanding, wrong cells, confirmation, lamps before and after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath

import streamlit as st

from components.changes import changes_in_words, changes_table, turns
from components.checking import Checked, forget
from components.notices import note, nothing_here, section
from components.problem_table import WrongRows, rows_in_place, whole_problems, wrong_rows
from components.progress import shown_progress
from components.screen import draw
from components.understood import columns_table, sheet_facts, what_was_understood
from models.validation import SheetReading, ValidationReport
from services.marking import marked
from services.refusal import RefusedRequest
from services.upload import Submitted, confirm_column, submit

ROWS_ON_A_PAGE = 20


def show_refusal(report: ValidationReport) -> None:
    assert report.refused is not None
    draw(section("文件未能读取") + nothing_here(report.refused.message))


def show_understanding(held: Checked) -> None:
    """What the workbook was taken for; columns that were not understood can be confirmed here."""
    draw(section("读到的内容") + what_was_understood(held.report))
    for sheet in held.report.sheets:
        draw(section(f"工作表 {sheet.name}") + sheet_facts(sheet))
        with st.expander(f"各列的识别结果（{len(sheet.columns)} 列已识别，{len(sheet.unmapped)} 列未识别）"):
            draw(columns_table(sheet))
            _confirm_columns(held, sheet)


def _confirm_columns(held: Checked, sheet: SheetReading) -> None:
    for one in sheet.unmapped:
        if one.suggestion and st.button(f"“{one.label}”就是“{one.suggestion}”，以后照此识别", key=f"confirm {sheet.name} {one.column}"):
            confirm_column(held.report.unit, held.report.dataset or "", sheet.part, one.label, one.suggestion)
            forget()
            st.rerun()


def show_problems(held: Checked) -> None:
    """Columns first, then rows, the message inside the uploader's own cell."""
    problems = held.report.problems
    draw(section("检查结果", f"错误 {held.report.errors:,} 处，提示 {held.report.warnings:,} 处"))
    if not problems:
        draw(nothing_here("没有发现问题。"))
        return
    if held.report.unlisted:
        draw(note(f"同类问题过多，另有 {sum(held.report.unlisted.values()):,} 处未逐一列出，改正后请重新上传检查。"))
    draw(whole_problems(one for one in problems if one.row is None or one.column is None))
    for sheet in held.report.sheets:
        _wrong_rows_of(held, sheet)
    _marked_download(held)


def _wrong_rows_of(held: Checked, sheet: SheetReading) -> None:
    cells = next((one for one in held.cells.sheets if one.name == sheet.name), None) if held.cells else None
    found = wrong_rows(cells, sheet, held.report.problems) if cells else None
    if found and found.rows:
        _one_page_of_rows(found, sheet.name)


@st.fragment
def _one_page_of_rows(found: WrongRows, name: str) -> None:
    pages = -(-len(found.rows) // ROWS_ON_A_PAGE)
    draw(note(f"工作表“{name}”有问题的 {len(found.rows):,} 行，行号与 Excel 中一致"))
    number = st.pagination(pages, key=f"wrong rows {name}") if pages > 1 else 1
    draw(rows_in_place(found, found.rows[(number - 1) * ROWS_ON_A_PAGE : number * ROWS_ON_A_PAGE]))


def _marked_download(held: Checked) -> None:
    name = PurePath(held.report.file)
    suffix = name.suffix if name.suffix == ".xlsm" else ".xlsx"
    st.download_button(
        "下载标注后的工作簿", data=lambda: marked(held.content, held.report, held.cells),
        file_name=f"{name.stem}（标注）{suffix}", on_click="ignore",
    )


def offer_to_submit(held: Checked, at: datetime | None) -> None:
    """The button that stores; what cannot be stored says why instead."""
    if not held.report.accepted:
        draw(note("改正上面的错误后重新上传。改正之前不会入库，已入库的数据不受影响。"))
        return
    if st.button("确认报送", type="primary"):
        try:
            with shown_progress() as progress:
                held.outcome = submit(held.content, held.report.file, held.key[1], at=at, report=held.report, progress=progress)
        except RefusedRequest as refused:
            st.warning(str(refused))
            return
        st.rerun()


def show_outcome(done: Submitted, titles: Mapping[str, str]) -> None:
    """The number of the submission, and every lamp that it turned."""
    if done.unchanged:
        draw(section("这份文件此前已经报送") + note(f"报送编号 {done.submission}，内容相同，没有重复入库。"))
        return
    if done.submission is None:
        draw(section("没有入库") + note("数据在确认时已不能通过检查，请重新上传。"))
        return
    draw(section("报送成功") + note(f"报送编号 {done.submission}，第 {done.revision} 次修订，{done.records:,} 行记录。"))
    draw(section("本次报送改变的红绿灯", changes_in_words(done.turned)))
    if done.turned:
        draw(changes_table(turns(done.turned), titles))
