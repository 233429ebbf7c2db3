"""The bytes of a workbook go in; its visible sheets come out as python-calamine reads them, second looks added."""

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

from data_access.spreadsheets.grid import Book, Grid, in_chunks
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.refusals import Rejected


def open_book(content: bytes, format: str, limits: ReadLimits) -> Book:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as problem:
        raise Rejected("password") from problem
    except CalamineError as problem:
        raise Rejected("damaged") from problem
    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    hidden = [sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]
    return Book(format, _grids(workbook, visible, limits), hidden)


def _grids(workbook: CalamineWorkbook, names: list[str], limits: ReadLimits) -> Iterator[Grid]:
    for name in names:
        try:
            yield _grid(workbook.get_sheet_by_name(name), limits)
        except CalamineError as problem:
            raise Rejected("damaged") from problem


def _grid(sheet: CalamineSheet, limits: ReadLimits) -> Grid:
    row, column = sheet.start or (0, 0)
    merged = [(r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or ()]
    rows = iter(sheet.to_python()) if sheet.height < 2 else sheet.iter_rows()
    return Grid(sheet.name, in_chunks(rows), sheet.width, row + 1, column + 1, merged=merged)  # type: ignore[arg-type]
