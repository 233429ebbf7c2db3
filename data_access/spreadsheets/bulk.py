"""From a large .xlsx to fastexcel's texts by column, with what it does not give read from the sheet's XML meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data_access.spreadsheets.background import Background
from data_access.spreadsheets.columns import text_column
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.package import Package
from data_access.spreadsheets.scan import NeedsCare, Scan
from data_access.spreadsheets.sheet_xml import CellReader
from data_access.spreadsheets.sheets import Column, Scatter, Sheet


def bulk_sheets(package: Package, content: bytes, sheets: list[tuple[str, str]], limits: ReadLimits) -> Iterator[Sheet]:
    """Raises NeedsCare where the file is not plain enough to be sure of every address; our own pass must read it
    then.
    """
    cells = CellReader(package.shown(), [], package.workbook.date1904)
    reader = Background(lambda: fastexcel.read_excel(content))
    for name, path in sheets:
        batch = Background(partial(_texts, reader, name))
        scan = Scan(cells)
        scan.run(package.chunks(path))
        yield _sheet(name, _result(batch), scan)


def _result(batch: Background[pa.RecordBatch]) -> pa.RecordBatch:
    try:
        return batch.result()
    except BaseException as problem:  # whatever fastexcel minds, its panics too, our own pass judges
        raise NeedsCare from problem


def _texts(reader: Background[fastexcel.ExcelReader], name: str) -> pa.RecordBatch:
    """Rows from row 1 of the sheet, columns from the first that holds anything."""
    return reader.result().load_sheet_eager(name, header_row=None, skip_rows=0, dtypes="string")


def _sheet(name: str, batch: pa.RecordBatch, scan: Scan) -> Sheet:
    if not batch.num_columns and not scan.first_column:
        return Sheet(name, [])
    first = scan.first_column_for_sure()
    if any(not first <= number < first + batch.num_columns for number in scan.scatter.columns):
        raise NeedsCare
    columns = [_column(batch.column(n), scan.scatter, first + n) for n in range(batch.num_columns)]
    return Sheet(name, columns, 1, first, scan.handler.hidden_rows, scan.handler.merged)


def _column(texts: pa.Array, scatter: Scatter, number: int) -> Column:
    column = text_column(pc.fill_null(texts.cast(pa.large_string()), ""))
    cells = scatter.columns.pop(number, None)
    if cells is None:
        return column
    at = np.array(cells.rows, np.int64) - 1
    order = np.argsort(at, kind="stable")
    if at[order[0]] < 0 or at[order[-1]] >= len(texts) or len(np.unique(at)) != len(at):
        raise NeedsCare
    return _put(
        column,
        at[order],
        pa.array(cells.texts, pa.large_string()).take(order),
        np.frombuffer(cells.kinds, np.uint8)[order],
    )


def _put(column: Column, at: np.ndarray, texts: pa.Array, kinds: np.ndarray) -> Column:
    mask = np.zeros(len(column[1]), bool)
    mask[at] = True
    column[1][at] = kinds
    return pc.replace_with_mask(column[0], pa.array(mask), texts), column[1]
