"""An .xlsx and its problems go in; the same workbook, marked, comes out. Marks of an earlier round are taken away first."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any, cast

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from data_access.marking.problem_list import (
    AUTHOR,
    ERROR_COLOUR,
    HEADINGS,
    MOST_LINKS,
    MOST_NOTES,
    WARNING_COLOUR,
    by_cell,
    colour_of,
    free_name,
    link_of,
    note_of,
    row_of,
)
from models.cells import LIST_MARK
from models.validation import Problem

LONGEST_TEXT = 32_767  # what a cell of Excel takes
TITLE = f"{LIST_MARK}，改正后连同本表上传即可）"
OURS = {f"00{ERROR_COLOUR}", f"00{WARNING_COLOUR}", f"FF{ERROR_COLOUR}", f"FF{WARNING_COLOUR}"}


def marked_in_place(content: bytes, problems: Sequence[Problem]) -> bytes:
    """Formats, formulas and macros stay; charts and pictures are what openpyxl keeps of them."""
    workbook = openpyxl.load_workbook(io.BytesIO(content), keep_vba=_has_macros(content), rich_text=True)
    _remove_old_marks(workbook)
    _mark_cells(workbook, problems)
    _add_list(workbook, problems)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _has_macros(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(name.lower() == "xl/vbaproject.bin" for name in archive.namelist())


def _remove_old_marks(workbook: Workbook) -> None:
    for sheet in list(workbook.worksheets):
        if str(sheet["A1"].value or "").startswith(LIST_MARK):
            workbook.remove(sheet)
    for sheet in workbook.worksheets:
        for cell in list(sheet._cells.values()):  # iter_rows would make every blank cell
            _unmark(cell)


def _unmark(cell: Any) -> None:
    if not isinstance(cell, Cell):
        return
    if cell.comment and cell.comment.author == AUTHOR:
        cell.comment = None
    if cell.has_style and cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in OURS:
        cell.fill = PatternFill()


def _mark_cells(workbook: Workbook, problems: Sequence[Problem]) -> None:
    for number, ((sheet, address), found) in enumerate(by_cell(problems).items()):
        if sheet not in workbook.sheetnames:
            continue
        cell = workbook[sheet][address]
        cell.fill = PatternFill("solid", fgColor=f"FF{colour_of(found)}")
        if number < MOST_NOTES and isinstance(cell, Cell):
            cell.comment = _comment(note_of(found), cell.comment)


def _comment(note: str, own: Any) -> Comment:
    """Our note, with the uploader's own kept below it."""
    comment = Comment(f"{note}\n{own.text}" if own else note, AUTHOR if not own else own.author)
    comment.width, comment.height = 260, 40 + 20 * (len(comment.text) // 18 + 1)
    return comment


def _add_list(workbook: Workbook, problems: Sequence[Problem]) -> None:
    sheet = workbook.create_sheet(free_name(workbook.sheetnames), 0)
    _put(sheet, 1, 1, TITLE).font = Font(bold=True, size=14)
    for column, (heading, width) in enumerate(HEADINGS, 1):
        cell = _put(sheet, 2, column, heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFD9E1F2")
        sheet.column_dimensions[cell.column_letter].width = width
    for number, problem in enumerate(problems, 1):
        _add_row(sheet, number, problem)
    sheet.freeze_panes = "A3"
    _show_first(workbook, sheet)


def _add_row(sheet: Worksheet, number: int, problem: Problem) -> None:
    for column, text in enumerate(row_of(number, problem), 1):
        _put(sheet, number + 2, column, text).alignment = Alignment(wrap_text=column == 6, vertical="top")
    cell, link = sheet.cell(number + 2, 3), link_of(problem)
    if link and number <= MOST_LINKS and cell.value:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=link)
        cell.font = Font(color="FF0563C1", underline="single")


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Always as text: openpyxl would make a formula of what begins with an equals sign."""
    cell = cast(Cell, sheet.cell(row, column))
    cell.value = _without_controls(text)[:LONGEST_TEXT]
    cell.data_type = "s"
    return cell


def _without_controls(text: str) -> str:
    return "".join(char for char in text if char >= " " or char in "\t\n\r")


def _show_first(workbook: Workbook, sheet: Worksheet) -> None:
    for other in workbook.worksheets:
        other.sheet_view.tabSelected = other is sheet
    workbook.active = 0
