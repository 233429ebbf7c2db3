"""A marked workbook is the unit's own, with every wrong cell to be found; fixed and uploaded again it just works."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from data_access.marked_workbook import NotMarkable, mark
from data_access.marking.plain import excel_name
from data_access.plain_workbook import plain_workbook
from data_access.spreadsheets import read
from data_access.spreadsheets.kinds import TEXT
from models.cells import LIST_MARK, LIST_SHEET, SheetCells, WorkbookCells
from models.validation import Problem
from tests.data_access.workbooks import openpyxl_sheet, saved

FILES = Path(__file__).resolve().parents[1] / "spreadsheet_files"


def problem(
    cell: str, message: str = "应填整数。", sheet: str = "数据", value: str | None = "=x", severity: str = "error"
) -> Problem:
    return Problem(sheet, int(cell[1:]), cell[0], "办件量", "not-a-number", severity, value, message)


def own_workbook() -> bytes:
    workbook, sheet = openpyxl_sheet()
    sheet.title = "数据"
    sheet.append(["事项", "办件量", "计算"])
    sheet.append(["甲", "十二", "=B2&B3"])
    sheet["A3"] = "=不是公式"
    sheet["A3"].data_type = "s"
    sheet["A3"].fill, sheet["A1"].font = PatternFill("solid", fgColor="FF00FF00"), Font(bold=True, name="仿宋")
    sheet["A1"].comment = Comment("自己的批注", "科长")
    sheet.merge_cells("A5:B5")
    sheet.column_dimensions["A"].width = 33
    return saved(workbook)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def content_of(package: bytes, path: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(package)).read(path)


def by_numbers(package: bytes, path: str) -> bytes:
    """The same with each character beyond ASCII of one part written as a reference."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.decode().encode("ascii", "xmlcharrefreplace") if name == path else content)
    return written.getvalue()


def test_wrong_cells_are_coloured_and_noted_and_the_rest_keeps_its_form() -> None:
    sheet = opened(
        mark(
            own_workbook(),
            [problem("B2"), problem("A1", "列名重复。"), problem("D9", "必填，不能空。", value=None)],
            None,
        )
    )["数据"]
    assert sheet["B2"].fill.fgColor.rgb == "FFFFC9CF" and sheet["B2"].comment.text == "应填整数。"
    assert "列名重复" in sheet["A1"].comment.text and "自己的批注" in sheet["A1"].comment.text
    assert sheet["D9"].fill.fgColor.rgb == "FFFFC9CF"
    assert sheet["A1"].font.name == "仿宋" and sheet["A3"].fill.fgColor.rgb == "FF00FF00"
    assert sheet.column_dimensions["A"].width == 33 and "A5:B5" in [str(box) for box in sheet.merged_cells.ranges]


def test_a_warning_has_another_colour_than_an_error() -> None:
    sheet = opened(mark(own_workbook(), [problem("B2"), problem("B3", severity="warning")], None))["数据"]
    assert sheet["B2"].fill.fgColor.rgb != sheet["B3"].fill.fgColor.rgb


def test_text_stays_text_and_formulas_stay_formulas() -> None:
    marked = opened(
        mark(
            own_workbook(),
            [problem("B2", value="=cmd|' /C calc'!A0"), problem("A3", value="@x", message="-改。")],
            None,
        )
    )
    assert marked["数据"]["A3"].data_type == "s" and marked["数据"]["C2"].data_type == "f"
    assert {cell.data_type for row in marked[LIST_SHEET].iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_the_first_sheet_lists_the_problems_with_links() -> None:
    listing = opened(
        mark(
            own_workbook(),
            [problem("B2"), Problem("数据", None, "C", "计算", "missing-column", "error", None, "缺列。")],
            None,
        )
    ).worksheets[0]
    assert listing.title == LIST_SHEET and str(listing["A1"].value).startswith(LIST_MARK)
    assert [cell.value for cell in listing[3]] == ["1", "数据", "B2", "办件量", "=x", "应填整数。", "错误", "1", None]
    assert [listing[f"C{row}"].hyperlink.location for row in (3, 4)] == ["'数据'!B2", "'数据'!C1"]


def test_marking_again_replaces_the_list_and_the_old_marks() -> None:
    again = opened(mark(mark(own_workbook(), [problem("B2"), problem("B3")], None), [problem("B3")], None))
    assert again.sheetnames == [LIST_SHEET, "数据"]
    assert again["数据"]["B2"].comment is None and again["数据"]["B2"].fill.fill_type is None
    assert again["数据"]["B3"].comment.text == "应填整数。"
    assert again["数据"]["A3"].fill.fgColor.rgb == "FF00FF00"


@pytest.mark.parametrize("rich", [False, True])
def test_the_list_is_known_again_after_another_program_saved_it(rich: bool) -> None:
    """openpyxl with lxml, and others, write every Chinese character as &#38382; and the like."""
    sent_back = opened(mark(own_workbook(), [problem("B2"), problem("B3")], None))
    if rich:
        title = str(sent_back[LIST_SHEET]["A1"].value)
        sent_back[LIST_SHEET]["A1"].value = CellRichText(TextBlock(InlineFont(b=True), title[:3]), title[3:])
    content = by_numbers(saved(sent_back), "xl/worksheets/sheet1.xml")
    again = opened(mark(content, [problem("B3")], read(content)))
    assert again.sheetnames == [LIST_SHEET, "数据"]
    assert [cell.value for cell in again[LIST_SHEET]["C"]][2:] == ["B3"]


def test_a_sheet_of_the_uploader_with_the_same_name_is_kept() -> None:
    workbook, sheet = openpyxl_sheet()
    sheet.title, sheet["A1"].value = LIST_SHEET, "问题编号"
    assert opened(mark(saved(workbook), [problem("A1", sheet=LIST_SHEET)], None)).sheetnames == [
        f"{LIST_SHEET}2",
        LIST_SHEET,
    ]


def without_list(book: WorkbookCells) -> list[object]:
    return [
        (s.name, s.first_row, s.first_column, s.text.to_numpy().tolist(), s.hidden_rows, s.merged)
        for s in book.sheets
        if not s.text.iat[0, 0].startswith(LIST_MARK)
    ]


@pytest.mark.parametrize(
    "content", [own_workbook(), (FILES / "mixed_cells.xls").read_bytes(), "甲,乙\n=1+1,2\n".encode()]
)
def test_a_marked_workbook_read_again_holds_the_same_cells(content: bytes) -> None:
    cells = read(content, "数据.csv")
    marked = mark(content, [problem("B2", sheet=cells.sheets[0].name)], cells, "数据.csv")
    assert without_list(read(marked)) == without_list(cells)


def test_other_formats_come_back_as_xlsx_with_true_addresses() -> None:
    content = (FILES / "mixed_cells.xls").read_bytes()
    sheet = opened(mark(content, [problem("C5", sheet="好差评"), problem("A50", sheet="好差评")], read(content)))[
        "好差评"
    ]
    assert sheet["C5"].fill.fgColor.rgb == "FFFFC9CF" and sheet["A50"].comment.text == "应填整数。"
    assert sheet["D6"].value == "=1+1" and sheet["D6"].data_type == "s" and sheet["B5"].value == 12


def test_a_file_that_cannot_be_read_cannot_be_marked() -> None:
    with pytest.raises(NotMarkable):
        mark(b"%PDF-1.7", [])


def test_a_sheet_whose_name_excel_does_not_take_is_called_otherwise_and_its_marks_go_with_it() -> None:
    content = "甲,乙\n1,二\n".encode()
    cells = read(content, "区人社局[好差评]明细2023年6月报送的最终修订稿（请以此为准）.csv")
    name = cells.sheets[0].name
    marked = opened(mark(content, [problem("B2", sheet=name)], cells, f"{name}.csv"))
    assert len(name) > 31 and len(marked.worksheets) == 2
    listing, sheet = marked.worksheets
    assert sheet["B2"].comment.text == "应填整数。" and len(sheet.title) == 31
    assert listing["C3"].hyperlink.location == f"'{sheet.title}'!B2" and listing["B3"].value == sheet.title


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["数据", "数据"], ["数据", "数据2"]),
        (["a/b", "a?b", "'"], ["a_b", "a_b2", "Sheet"]),
        (["长" * 40, "长" * 31], ["长" * 31, "长" * 27]),
    ],
)
def test_every_sheet_gets_a_name_of_its_own_that_excel_takes(names: list[str], expected: list[str]) -> None:
    given: list[str] = []
    for name in names:
        given.append(excel_name(name, given))
    assert given == expected


@pytest.mark.parametrize("text", ["_x0041_", "甲\x07乙", " 前后 ", "两\n行", "http://a.example", "=1+1", "1e5"])
def test_text_written_anew_is_read_as_it_was_without_what_no_cell_can_hold(text: str) -> None:
    cells = SheetCells("数据", pd.DataFrame([[text]]), np.array([[TEXT]], dtype="uint8"))
    again = read(plain_workbook(WorkbookCells("csv", (cells,)))).sheets[0]
    assert again.text.iat[0, 0] == text.replace("\x07", "")


def test_merges_over_another_are_left_out() -> None:
    cells = read(("甲,乙,丙\n" + "1,2,3\n" * 8).encode(), "数据.csv").sheets[0]
    book = WorkbookCells(
        "csv", (replace(cells, merged=((1, 1, 1, 2), (1, 2, 1, 3), (3, 1, 9, 3), (1, 1, 1_048_576, 16_384))),)
    )
    assert read(plain_workbook(book)).sheets[0].merged == ((1, 1, 1, 2), (3, 1, 9, 3))
