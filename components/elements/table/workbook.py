"""导出本表: from the rows that the filters leave to an .xlsx with the day and the filters in its first line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from components.elements.table.declaration import Column, Row, Table
from components.elements.table.selection import Selection
from components.elements.table.selection import in_words as filters_in_words
from components.elements.table.values import Kind, Share, in_words
from data_access.table_workbook import SheetTable, table_workbook
from data_access.table_workbook import Value as CellValue
from rules.as_of import SHANGHAI

LONGEST_SHEET_NAME = 31
NOT_IN_A_SHEET_NAME = str.maketrans("", "", "[]:*?/\\'")


def workbook_of(table: Table[Row], rows: Sequence[Row], selection: Selection, day: date) -> bytes:
    """Return the bytes of the workbook: all `rows`, numbers as numbers, days as days, each share in three columns."""
    columns = [column for column in table.columns if column.is_exported]
    headings = [heading for column in columns for heading in _headings(column)]
    total = () if table.total is None or selection.is_narrowed else (table.total,)
    kinds = [kind for column in columns for kind in _kinds(column)]
    sheet = SheetTable(
        table.title.translate(NOT_IN_A_SHEET_NAME)[:LONGEST_SHEET_NAME] or "表",
        headings,
        [[value for column in columns for value in _values(column, row)] for row in (*rows, *total)],
        shares=tuple(index for index, kind in enumerate(kinds) if kind is Kind.SHARE),
        note=first_line(table, len(rows), selection, day),
    )
    return table_workbook([sheet])


def first_line(table: Table[Row], number: int, selection: Selection, day: date) -> str:
    """Return “红灯，截至 2023-08-22，筛选：责任单位：区人社局，共 12 项”."""
    filters = filters_in_words(table, selection)
    return "，".join(
        filter(None, (table.title, f"截至 {day}", filters and f"筛选：{filters}", f"共 {number:,} {table.counted}"))
    )


def _headings(column: Column[Row]) -> Iterator[str]:
    yield f"{column.heading}（{column.unit.strip()}）" if column.unit.strip() else column.heading
    if column.kind is Kind.SHARE:
        yield f"{column.heading}：分子"
        yield f"{column.heading}：分母"


def _kinds(column: Column[Row]) -> list[Kind]:
    return [Kind.SHARE, Kind.NUMBER, Kind.NUMBER] if column.kind is Kind.SHARE else [column.kind]


def _values(column: Column[Row], row: Row) -> list[CellValue]:
    value: Any = column.value(row)
    if column.kind is Kind.SHARE:
        share = value if isinstance(value, Share) else Share(None, None)
        return [share.value, share.numerator, share.denominator]
    return [_cell(value)]


def _cell(value: Any) -> CellValue:
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).replace(tzinfo=None)
    if value is None or (isinstance(value, (int, float, date)) and not isinstance(value, bool)):
        return value
    return value.striptags() if isinstance(value, Markup) else in_words(value) or None
