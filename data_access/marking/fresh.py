"""The cells of a workbook and its problems go in; a new .xlsx with every cell at its address, marked, comes out."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Sequence
from contextlib import suppress

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from data_access.marking.problem_list import (
    AUTHOR,
    HEADINGS,
    MOST_LINKS,
    MOST_NOTES,
    by_cell,
    colour_of,
    free_name,
    link_of,
    note_of,
    row_of,
)
from models.cells import LIST_MARK, CellKind, SheetCells, WorkbookCells
from models.validation import Problem

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
TITLE = f"{LIST_MARK}，改正后连同本表上传即可）"
EXACT_DIGITS = 15
Style = Callable[[str, str | None], Format]


def rewritten(problems: Sequence[Problem], cells: WorkbookCells) -> bytes:
    """Numbers, dates and text stay what they were; nothing becomes a formula."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, SAFE)
    sheets = [sheet for sheet in cells.sheets if not _is_list(sheet)]
    style = _styles(workbook)
    listing = workbook.add_worksheet(free_name(sheet.name for sheet in sheets))
    _write_list(workbook, listing, problems)
    found = by_cell(problems)
    for sheet in sheets:
        target = workbook.add_worksheet(sheet.name)
        wrong = {xl_cell_to_rowcol(address): these for (name, address), these in found.items() if name == sheet.name}
        _write_sheet(target, sheet, wrong, style)
    workbook.close()
    return out.getvalue()


def _is_list(sheet: SheetCells) -> bool:
    return sheet.text.size > 0 and str(sheet.text.iat[0, 0]).startswith(LIST_MARK)


def _styles(workbook: Workbook) -> Style:
    made: dict[tuple[str, str | None], Format] = {}

    def style(number_format: str, colour: str | None) -> Format:
        if (number_format, colour) not in made:
            look = {"num_format": number_format} | ({"bg_color": f"#{colour}"} if colour else {})
            made[number_format, colour] = workbook.add_format(look)
        return made[number_format, colour]

    return style


def _write_sheet(target: Worksheet, sheet: SheetCells, wrong: dict[tuple[int, int], list[Problem]], style: Style) -> None:
    down, right = sheet.first_row - 1, sheet.first_column - 1
    left = dict(wrong)
    _write_layout(target, sheet)  # before the cells, because a merge blanks them
    for column in range(sheet.text.shape[1]):
        for row, text in enumerate(sheet.text.iloc[:, column]):
            kind = CellKind(sheet.kind[row, column])
            these = left.pop((row + down, column + right), None)
            if kind is not CellKind.BLANK or these:
                _write_cell(target, row + down, column + right, text, kind, style, colour_of(these) if these else None)
    for (row, column), these in left.items():
        target.write_blank(row, column, None, style("@", colour_of(these)))
    _write_notes(target, wrong)


def _write_cell(
    target: Worksheet, row: int, column: int, text: str, kind: CellKind, style: Style, colour: str | None
) -> None:
    if kind is CellKind.NUMBER and len(text.strip("-").replace(".", "")) <= EXACT_DIGITS and "E" not in text:
        target.write_number(row, column, float(text), style("General", colour))
    elif kind is CellKind.PERCENT:
        target.write_number(row, column, float(text) / 100, style("0.##%", colour))
    elif kind is CellKind.DATE:
        _write_date(target, row, column, text, style, colour)
    elif kind is CellKind.BOOL:
        target.write_boolean(row, column, text == "TRUE", style("General", colour))
    elif text:
        target.write_string(row, column, text, style("@", colour))
    else:
        target.write_blank(row, column, None, style("@", colour))


def _write_date(target: Worksheet, row: int, column: int, text: str, style: Style, colour: str | None) -> None:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        target.write_string(row, column, text, style("@", colour))
        return
    shown = "yyyy-mm-dd hh:mm:ss" if "T" in text else "yyyy-mm-dd"
    target.write_datetime(row, column, moment, style(shown, colour))


def _write_notes(target: Worksheet, wrong: dict[tuple[int, int], list[Problem]]) -> None:
    for (row, column), these in list(wrong.items())[:MOST_NOTES]:
        target.write_comment(row, column, note_of(these), {"author": AUTHOR, "x_scale": 2})


def _write_layout(target: Worksheet, sheet: SheetCells) -> None:
    for row in sheet.hidden_rows:
        target.set_row(row - 1, None, None, {"hidden": True})
    for first_row, first_column, last_row, last_column in sheet.merged:
        with suppress(OverlappingRange):
            target.merge_range(first_row - 1, first_column - 1, last_row - 1, last_column - 1, "")


def _write_list(workbook: Workbook, sheet: Worksheet, problems: Sequence[Problem]) -> None:
    sheet.write_string(0, 0, TITLE, workbook.add_format({"bold": True, "font_size": 14}))
    heading, link = workbook.add_format({"bold": True, "bg_color": "#D9E1F2"}), workbook.get_default_url_format()
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    for column, (text, width) in enumerate(HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, text, heading)
    for number, problem in enumerate(problems, 1):
        for column, text in enumerate(row_of(number, problem)):
            sheet.write_string(number + 1, column, text, wrap)
        _write_link(sheet, number, problem, link)
    sheet.freeze_panes(2, 0)
    sheet.activate()


def _write_link(sheet: Worksheet, number: int, problem: Problem, look: Format | None) -> None:
    place, target = row_of(number, problem)[2], link_of(problem)
    if place and target and number <= MOST_LINKS:
        sheet.write_url(number + 1, 2, f"internal:{target}", look, place)
