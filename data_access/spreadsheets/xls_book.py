"""From the bytes of an .xls (or of an .et that is one) to its visible sheets as xlrd reads them, formats and all."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import xlrd
import xlrd.biffh
import xlrd.book
import xlrd.sheet
from xlrd.biffh import error_text_from_code
from xlrd.compdoc import CompDocError
from xlrd.sheet import Sheet as XlrdSheet

from data_access.spreadsheets.encryption import decrypted
from data_access.spreadsheets.kinds import BLANK, BOOL, EMPTY_FORMULA, ERROR, TEXT
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.number_formats import Shown, number_cell, shown_by, shown_cells
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


LAST_WITHOUT_GLOBALS, FIRST_WITH_SHEETS_APART = 40, 50  # BIFF versions
CHINESE = 936  # code page of a workbook before Excel 97 that names none


class XlrdBook(xlrd.book.Book):
    """xlrd's workbook without the names and the references to other workbooks, which no cell's value needs and which a
    single odd one makes unreadable.
    """

    codepage: int | None
    biff_version: int

    def handle_name(self, data: bytes) -> None: ...

    def names_epilogue(self) -> None: ...

    def handle_externname(self, data: bytes) -> None: ...

    def handle_externsheet(self, data: bytes) -> None: ...

    def handle_supbook(self, data: bytes) -> None: ...

    def derive_encoding(self) -> str:
        if self.codepage is None and self.biff_version < 80:
            self.codepage = CHINESE
        return super().derive_encoding()


def _nothing(*_: object) -> None: ...


for part in ("hlink", "quicktip", "msodrawingetc", "obj", "txo", "note", "feat11"):  # what hangs on cells is no cell
    setattr(XlrdSheet, f"handle_{part}", _nothing)
for module in (xlrd.biffh, xlrd.book, xlrd.sheet):  # half a character is told as �, not taken for a broken workbook
    module.unicode = lambda data, encoding: data.decode(encoding, "replace")


def open_xls(content: bytes, limits: ReadLimits) -> Book:
    """Raises Rejected: password where it is encrypted, damaged where neither xlrd nor calamine understands it."""
    try:
        book = _opened(content)
        sheets = [sheet for sheet in book.sheets() if sheet.visibility == 0]
        hidden = [sheet.name for sheet in book.sheets() if sheet.visibility]
        formulas = dict(zip(book.sheet_names(), never_calculated(content), strict=False))
        return Book("xls", list(_sheets(book, sheets, formulas, limits)), hidden, bool(book.datemode))
    except BROKEN as problem:
        if "encrypted" in str(problem).lower():
            return open_xls(decrypted(content), limits)
        return _second_opinion(content, limits)


def _opened(content: bytes) -> XlrdBook:
    """As xlrd.open_workbook, which makes no other class of workbook than its own."""
    book = XlrdBook()
    book.biff2_8_load(
        file_contents=content,
        formatting_info=True,
        ragged_rows=True,
        logfile=io.StringIO(),
        ignore_workbook_corruption=True,
    )
    book.biff_version = book.getbof(xlrd.biffh.XL_WORKBOOK_GLOBALS)
    if book.biff_version not in xlrd.book.SUPPORTED_VERSIONS:
        raise xlrd.XLRDError(f"BIFF version {book.biff_version}")
    if book.biff_version <= LAST_WITHOUT_GLOBALS:
        book.fake_globals_get_sheet()
    else:
        book.parse_globals()
    if book.biff_version >= FIRST_WITH_SHEETS_APART:
        book._sheet_list = [None for _ in book._sheet_names]
        book.get_sheets()
    book.nsheets = len(book._sheet_list)
    return book


def _second_opinion(content: bytes, limits: ReadLimits) -> Book:
    from data_access.spreadsheets.calamine_book import open_calamine

    return open_calamine(content, "xls", limits)


def _sheets(
    book: XlrdBook, sheets: list[XlrdSheet], formulas: dict[str, set[Place]], limits: ReadLimits
) -> Iterator[Sheet]:
    own = {format.format_key: shown_by(format.format_str) for format in book.format_list}
    shown = shown_cells((style.format_key for style in book.xf_list), own)
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
