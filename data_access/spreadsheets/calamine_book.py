"""From the bytes of an .xls that xlrd does not understand to its visible sheets as calamine reads them, without
formats.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data_access.spreadsheets.columns import columns_of
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.refusals import Rejected
from data_access.spreadsheets.sheets import Book, Sheet


def open_calamine(content: bytes, format: str, limits: ReadLimits) -> Book:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as problem:
        raise Rejected("password") from problem
    except CalamineError as problem:
        raise Rejected("damaged") from problem
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    hidden = [sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]
    return Book(format, _sheets(workbook, visible), hidden)


def _sheets(workbook: CalamineWorkbook, names: list[str]) -> Iterator[Sheet]:
    for name in names:
        try:
            yield _sheet(workbook.get_sheet_by_name(name))
        except CalamineError as problem:
            raise Rejected("damaged") from problem


def _sheet(sheet: CalamineSheet) -> Sheet:
    row, column = sheet.start or (0, 0)
    merged = [(r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or ()]
    rows = sheet.to_python(skip_empty_area=True)
    return Sheet(sheet.name, columns_of(rows, sheet.width), row + 1, column + 1, merged=merged)
