"""The parts of the upload page below the file: refusal, understanding, wrong cells, confirmation, lamps before and
after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

import streamlit as st
from markupsafe import Markup

from components.board.changes import changes_in_words, changes_table, turns
from components.elements.context import PageContext
from components.elements.empty_state import empty_state, note, section
from components.elements.links import address, link
from components.elements.offered_files import offer_file
from components.elements.plain import plain
from components.elements.rendering import render
from components.upload.checking import Upload, check_anew
from components.upload.correcting import Sheet, correct_rows
from components.upload.headings_by_hand import headings_left_over, headings_of_a_strange_table
from components.upload.mending import mend_columns
from components.upload.normalised_values import show_read_as
from components.upload.numbering import offer_numbering, tell_numbering
from components.upload.problem_table import kinds_of_problems, wrong_rows
from components.upload.reading_summary import columns_table, sheet_facts, what_was_understood
from models.validation import SheetReading
from services.intake.checking import confirm_column
from services.intake.marking import mark
from services.intake.upload import Submitted


def show_refusal(upload: Upload, here: PageContext) -> None:
    """Draw why it could not be read; a table that was not understood can be pointed out here."""
    report = upload.report
    assert report.refused is not None
    render(section("文件未能读取") + empty_state(report.refused.message))
    if report.refused.code == "no-table":
        headings_of_a_strange_table(upload, here)


def show_understanding(upload: Upload, here: PageContext) -> None:
    """Draw what the workbook was taken for; columns that were not understood can be confirmed here."""
    render(section("识别结果") + what_was_understood(upload.report))
    tell_numbering(upload, here)
    for sheet in upload.report.sheets:
        render(section(f"工作表 {sheet.name}") + sheet_facts(sheet))
        with st.expander(f"各列的识别结果（{len(sheet.columns)} 列已识别，{len(sheet.unmapped)} 列未识别）"):
            render(columns_table(sheet, here))
        if sheet.missing:
            headings_left_over(upload, sheet, here)
        else:
            _confirm_columns(upload, sheet)
    if upload.workbook.cells is not None and upload.report.sheets:
        show_read_as(upload.normalised_columns, here)


def _confirm_columns(upload: Upload, sheet: SheetReading) -> None:
    near = [column for column in sheet.unmapped if column.suggestion]
    if near:
        render(note(f"有 {len(near)} 列的列名与规定的相近，未经确认不读取。确属同一列的，请点下面确认："))
    for column in near:
        if column.suggestion and st.button(
            plain(f"“{column.label}”就是“{column.suggestion}”，以后照此识别"),
            key=f"confirm {sheet.name} {column.column}",
        ):
            confirm_column(upload.report.unit, upload.report.dataset or "", sheet.part, column.label, column.suggestion)
            check_anew()
            st.rerun()


def show_problems(upload: Upload, units: Sequence[str], here: PageContext) -> None:
    """Draw the problems, columns first, then rows, the message inside the uploader's own cell, which can be mended
    there.
    """
    report = upload.report
    render(section("检查结果", _counts(upload)))
    if not report.problems and not report.corrected:
        render(empty_state("没有发现问题。"))
    if report.unlisted:
        render(note(f"同类问题过多，另有 {sum(report.unlisted.values()):,} 处未逐一列出，改正后请重新上传检查。"))
    render(kinds_of_problems(report.problems, here, several=len(report.sheets) > 1))
    offer_numbering(upload, here)
    mend_columns(upload, sorted(units, key=lambda unit: unit != report.unit))
    for number, sheet in enumerate(report.sheets):
        _wrong_rows_of(upload, sheet, number, units)
    if report.problems:
        _marked_download(upload)


def _counts(upload: Upload) -> str:
    mended = f"，已在屏幕上改正 {upload.workbook.mended:,} 处" if upload.workbook.mended else ""
    return f"错误 {upload.report.errors:,} 处，提示 {upload.report.warnings:,} 处{mended}"


def _wrong_rows_of(upload: Upload, sheet: SheetReading, number: int, units: Sequence[str]) -> None:
    cells = (
        next((known for known in upload.workbook.cells.sheets if known.name == sheet.name), None)
        if upload.workbook.cells
        else None
    )
    wrong = wrong_rows(cells, sheet, upload.report.problems, upload.report.corrected) if cells else None
    if wrong and wrong.rows:
        correct_rows(Sheet(upload, wrong, number, sorted(units, key=lambda unit: unit != upload.report.unit)))


def _marked_download(upload: Upload) -> None:
    name = PurePath(upload.report.file)
    suffix = name.suffix if name.suffix == ".xlsm" else ".xlsx"
    render(offer_file("下载标注后的工作簿", f"{name.stem}（标注）{suffix}", lambda: mark(upload.workbook)))


def what_to_do(upload: Upload) -> None:
    """Draw what to do where it cannot be submitted."""
    here = (
        "在上面的表中改正错误，或者"
        if any(problem.cell and problem.severity == "error" for problem in upload.report.problems)
        else ""
    )
    render(note(f"请{here}改好工作簿后重新上传。改正之前不会入库，已入库的数据不受影响。"))


def show_outcome(done: Submitted, titles: Mapping[str, str], here: PageContext) -> None:
    """Draw the number of the submission, and every lamp that it turned."""
    if done.unchanged:
        render(
            section("这份文件此前已经报送")
            + _about(done, "内容相同，没有重复入库。其后另有报送的，以后报的为准；要改回这一份，请先撤回后报的。")
        )
        return
    if done.submission is None:
        render(section("没有入库") + note("数据在确认时已不能通过检查，请看上面的问题。"))
        return
    mended = len(done.report.corrected)
    corrected = f"其中 {mended:,} 处按屏幕上的改正入库，原文件按上传时的样子保存。" if mended else ""
    render(section("报送成功") + _about(done, f"第 {done.revision} 版，{done.records:,} 行记录。{corrected}"))
    render(section("本次报送引起的红绿灯变化", changes_in_words(done.turned)))
    if done.turned:
        render(changes_table(turns(done.turned), titles, here))


def _about(done: Submitted, words: str) -> Markup:
    """Return a sentence in which the submission's number leads to its page."""
    number = link(f"报送编号 {done.submission}", address("submission", number=done.submission))
    return note(Markup("{}，{}").format(number, words))
