"""How a workbook was understood: dataset, unit, month, each sheet with its header rows, columns, dropped and hidden
rows.
"""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.facts import facts
from components.elements.tables import Column, Row, table
from models.validation import SheetReading, ValidationReport

WHY_DROPPED = {"total": "合计行", "note": "说明或落款行", "instruction": "填表说明行"}
WHY_IGNORED = {"hidden": "隐藏工作表", "not-data": "不是数据表", "other-month": "其他月份的表"}
MATCHES = {"exact": "标准列名", "alias": "同义列名", "normalised": "规整后相同", "remembered": "本单位以往确认"}


def what_was_understood(report: ValidationReport) -> Markup:
    ignored = "；".join(f"{one.name}（{WHY_IGNORED.get(one.why, one.why)}）" for one in report.ignored_sheets)
    pairs: list[tuple[str, str | Markup]] = [
        ("文件", report.file),
        ("数据", DATASETS[report.dataset].title if report.dataset else "未能判断"),
        ("责任单位", report.unit or "文件未写明"),
        ("月份", report.month or "文件未写明"),
    ]
    return facts(*pairs, *((("未读取的工作表", ignored),) if ignored else ()))


def sheet_facts(sheet: SheetReading) -> Markup:
    """Header rows, records, and every row that was left out, with its number and why."""
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
    shown = "、".join(str(row) for row in rows[:12])
    return f"{shown} 等" if len(rows) > 12 else shown


def columns_table(sheet: SheetReading) -> Markup:
    """Column by column: the heading as typed and what it was taken for; columns not understood last."""
    columns = (
        Column("列", css="nowrap"),
        Column("表头原文"),
        Column("识别为", css="nowrap"),
        Column("依据", css="nowrap"),
    )
    known: list[Row] = [(one.column, one.label, one.field, MATCHES.get(one.match, one.match)) for one in sheet.columns]
    unknown: list[Row] = [
        (one.column, one.label, "未识别，不读取", _suggested(one.suggestion)) for one in sheet.unmapped
    ]
    return table(columns, [*known, *unknown])


def _suggested(field: str | None) -> str:
    return f"与“{field}”相近，待确认" if field else ""
