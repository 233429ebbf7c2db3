"""Write the cells of a workbook as a plain .xlsx, each at its address."""

from __future__ import annotations

import pyarrow as pa

from data_access.marking.plain import plain_xlsx
from data_access.spreadsheets.sheets import Book, Sheet
from models.cells import SheetCells, WorkbookCells


def plain_workbook(cells: WorkbookCells) -> bytes:
    """Return a workbook of the cells alone: formats and formulas are not among them."""
    return plain_xlsx(Book(cells.format, [_sheet(sheet) for sheet in cells.sheets])).content


def _sheet(sheet: SheetCells) -> Sheet:
    columns = [
        (pa.array(sheet.text.iloc[:, number].tolist(), pa.large_string()), sheet.kind[:, number])
        for number in range(sheet.text.shape[1])
    ]
    return Sheet(sheet.name, columns, sheet.first_row, sheet.first_column, list(sheet.hidden_rows), list(sheet.merged))
