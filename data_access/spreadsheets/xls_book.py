"""The bytes of an .xls (or of an .et that is one) go in; its visible sheets come out as xlrd reads them, formats and
all.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import suppress

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.book import Book as XlrdBook
from xlrd.compdoc import CompDocError
from xlrd.sheet import Sheet as XlrdSheet

from data_access.spreadsheets.kinds import BLANK, BOOL, EMPTY_FORMULA, ERROR, TEXT
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.number_formats import BUILT_IN, Shown, number_cell, shown_by
from data_access.spreadsheets.refusals import Rejected
from data_access.spreadsheets.sheets import Book, Scatter, Sheet
from data_access.spreadsheets.values import harmless
from data_access.spreadsheets.xls_formulas import Place, never_calculated

BROKEN = (
    xlrd.XLRDError,
    CompDocError,
    struct.error,
    AssertionError,
    IndexError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    ZeroDivisionError,
    OverflowError,
    NotImplementedError,
    UnboundLocalError,
)


def open_xls(content: bytes, limits: ReadLimits) -> Book:
    """Raises Rejected: password where it is encrypted, damaged where neither xlrd nor calamine understands it."""
    try:
        book = xlrd.open_workbook(
            file_contents=content,
            formatting_info=True,
            ragged_rows=True,
            logfile=io.StringIO(),
            ignore_workbook_corruption=True,
        )
        sheets = [sheet for sheet in book.sheets() if sheet.visibility == 0]
        hidden = [sheet.name for sheet in book.sheets() if sheet.visibility]
        formulas = dict(zip(book.sheet_names(), never_calculated(content), strict=False))
        return Book("xls", list(_sheets(book, sheets, formulas, limits)), hidden, bool(book.datemode))
    except BROKEN as problem:
        if "encrypted" in str(problem).lower():
            raise Rejected("password") from problem
        return _second_opinion(content, limits)


def _second_opinion(content: bytes, limits: ReadLimits) -> Book:
    from data_access.spreadsheets.calamine_book import open_calamine

    return open_calamine(content, "xls", limits)


def _sheets(
    book: XlrdBook, sheets: list[XlrdSheet], formulas: dict[str, set[Place]], limits: ReadLimits
) -> Iterator[Sheet]:
    shown = [_shown(book, number) for number in range(len(book.xf_list))]
    for source in sheets:
        scatter, without_value = Scatter(), formulas.get(source.name, set())
        for row in range(source.nrows):
            for column in range(source.row_len(row)):
                text, kind = _cell(source, row, column, shown, bool(book.datemode))
                if without_value and (row, column) in without_value:
                    text, kind = "", EMPTY_FORMULA
                scatter.add(row + 1, column + 1, text, kind)
        sheet = scatter.sheet(source.name, limits)
        sheet.hidden_rows = [row + 1 for row, info in source.rowinfo_map.items() if info.hidden]
        sheet.merged = [(r1 + 1, c1 + 1, r2, c2) for r1, r2, c1, c2 in source.merged_cells]
        yield sheet


def _shown(book: XlrdBook, style: int) -> Shown:
    key = book.xf_list[style].format_key
    if key in BUILT_IN:
        return BUILT_IN[key]
    with suppress(KeyError):
        return shown_by(book.format_map[key].format_str)
    return Shown.PLAIN


def _cell(sheet: XlrdSheet, row: int, column: int, shown: list[Shown], date1904: bool) -> tuple[str, int]:
    kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
    if kind == xlrd.XL_CELL_TEXT:
        return harmless(value), TEXT if value else BLANK
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        style = sheet.cell_xf_index(row, column)
        return number_cell(value, shown[style] if style < len(shown) else Shown.PLAIN, date1904)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return ("TRUE" if value else "FALSE"), BOOL
    if kind == xlrd.XL_CELL_ERROR:
        return error_text_from_code.get(value, "#N/A"), ERROR
    return "", BLANK
