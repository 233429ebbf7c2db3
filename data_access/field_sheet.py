"""The field sheet of a spot check: from head lines, headings and rows to an .xlsx to fill in, or to print."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from data_access.table_workbook import MADE, SAFE

WIDTHS = {"序号": 6, "编号": 34, "责任单位": 16, "内容": 40, "情况说明": 30, "核查时间": 18}
OTHER_WIDTH = 14


@dataclass(frozen=True)
class SheetColumn:
    """One column: `answer` is filled in with 是 or 否, `time` with a date and a time."""

    heading: str
    answer: bool = False
    time: bool = False


@dataclass(frozen=True)
class SheetRow:
    """One element: the printed cells of the first columns; `unasked`: headings of questions not asked of it."""

    printed: Sequence[str | int]
    unasked: frozenset[str] = frozenset()


def field_sheet_workbook(
    title: str, lines: Sequence[str], columns: Sequence[SheetColumn], rows: Sequence[SheetRow], control: Sequence[str]
) -> bytes:
    """Return the workbook. `control`: lines of the sheet 说明, which says how a stranger draws again."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, SAFE)
    workbook.set_properties({"created": MADE, "title": title})
    sheet = workbook.add_worksheet("抽查记录")
    formats = {
        "title": workbook.add_format({"bold": True, "font_size": 14}),
        "heading": workbook.add_format(
            {
                "bold": True,
                "border": 1,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "center",
                "bg_color": "#E6EFF9",
            }
        ),
        "cell": workbook.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"}),
        "unasked": workbook.add_format(
            {"border": 1, "align": "center", "font_color": "#57606A", "bg_color": "#ECEEF1"}
        ),
        "time": workbook.add_format({"border": 1, "num_format": "yyyy-mm-dd hh:mm", "valign": "top"}),
    }
    sheet.write_string(0, 0, title, formats["title"])
    for number, line in enumerate(lines, 1):
        sheet.write_string(number, 0, line)
    head = len(lines) + 1
    for number, column in enumerate(columns):
        sheet.write_string(head, number, column.heading, formats["heading"])
        sheet.set_column(number, number, WIDTHS.get(column.heading, OTHER_WIDTH))
        if column.answer:
            sheet.data_validation(head + 1, number, head + max(len(rows), 1), number, _yes_or_no())
    for number, row in enumerate(rows, head + 1):
        for index, column in enumerate(columns):
            if index < len(row.printed):
                _print(sheet, number, index, row.printed[index], formats["cell"])
            elif column.heading in row.unasked:
                sheet.write_string(number, index, "—", formats["unasked"])
            else:
                sheet.write_blank(number, index, None, formats["time" if column.time else "cell"])
    sheet.freeze_panes(head + 1, 2)
    sheet.repeat_rows(head)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8" + title.replace("&", "&&") + "&R&8第 &P 页 共 &N 页")
    notes = workbook.add_worksheet("说明")
    notes.set_column(0, 0, 110)
    for number, line in enumerate(control):
        notes.write_string(number, 0, line, workbook.add_format({"text_wrap": True}))
    workbook.close()
    return out.getvalue()


def _print(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: str | int, cell: object) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value, cell)
    else:
        sheet.write_string(row, column, value, cell)


def _yes_or_no() -> dict[str, object]:
    return {"validate": "list", "source": ["是", "否"], "error_type": "warning", "error_message": "请填“是”或“否”。"}
