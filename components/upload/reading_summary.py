"""How a workbook was understood: dataset, unit, month, each sheet with its header rows, columns, dropped and hidden
rows.
"""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.facts import facts
from components.elements.table import Column, Table, Width, table_markup
from models.validation import MappedColumn, SheetReading, UnmappedColumn, ValidationReport

AnyColumn = MappedColumn | UnmappedColumn
WHY_DROPPED = {"total": "合计行", "note": "说明或落款行", "instruction": "填表说明行"}
WHY_IGNORED = {"hidden": "隐藏工作表", "not-data": "不是数据表", "other-month": "其他月份的表"}
MATCHES = {"exact": "标准列名", "alias": "同义列名", "normalised": "规整后相同", "remembered": "本单位以往确认"}


def what_was_understood(report: ValidationReport) -> Markup:
    ignored = "；".join(f"{sheet.name}（{WHY_IGNORED.get(sheet.why, sheet.why)}）" for sheet in report.ignored_sheets)
    pairs: list[tuple[str, str | Markup]] = [
        ("文件", report.file),
        ("数据", DATASETS[report.dataset].title if report.dataset else "未能判断"),
        ("责任单位", report.unit or "文件未写明"),
        ("月份", report.month or "文件未写明"),
    ]
    return facts(*pairs, *((("未读取的工作表", ignored),) if ignored else ()))


def sheet_facts(sheet: SheetReading) -> Markup:
    """Return header rows, records, and every row that was left out, with its number and why."""
    header = "、".join(str(row) for row in sheet.header_rows)
    pairs: list[tuple[str, str | Markup]] = [("表头", f"第 {header} 行"), ("记录", f"{len(sheet.records):,} 行")]
    if sheet.dropped_rows:
        pairs.append(("未读取的行", _dropped(sheet)))
    if sheet.hidden_rows:
        pairs.append(("隐藏的行（已读取）", _numbers([*sheet.hidden_rows])))
    if sheet.missing:
        pairs.append(("缺少的列", "、".join(sheet.missing)))
    return facts(*pairs)


def _dropped(sheet: SheetReading) -> str:
    why = Counter(row.why for row in sheet.dropped_rows)
    return "；".join(
        f"{WHY_DROPPED.get(reason, reason)} {number} 行（第 {_numbers([row.row for row in sheet.dropped_rows if row.why == reason])} 行）"  # noqa: E501
        for reason, number in why.items()
    )


def _numbers(rows: list[int]) -> str:
    numbers = "、".join(str(row) for row in rows[:12])
    return f"{numbers} 等" if len(rows) > 12 else numbers


def columns_table(sheet: SheetReading, here: PageContext) -> Markup:
    """Return column by column the heading as typed and what it was taken for; columns not understood last."""
    columns = (
        Column[AnyColumn]("column", "列", lambda column: column.column, width=Width.UNBROKEN),
        Column[AnyColumn]("label", "表头原文", lambda column: column.label),
        Column[AnyColumn](
            "field",
            "识别为",
            lambda column: column.field if isinstance(column, MappedColumn) else "未识别，不读取",
            width=Width.UNBROKEN,
        ),
        Column[AnyColumn]("why", "依据", _why, width=Width.UNBROKEN),
    )
    table = Table("columns", "各列的识别结果", columns, page_size=None, is_whole=False)
    rows: list[AnyColumn] = [*sheet.columns, *sheet.unmapped]
    return table_markup(table, rows, here)


def _why(column: AnyColumn) -> str:
    if isinstance(column, MappedColumn):
        return MATCHES.get(column.match, column.match)
    return _suggested(column.suggestion)


def _suggested(field: str | None) -> str:
    return f"与“{field}”相近，待确认" if field else ""
