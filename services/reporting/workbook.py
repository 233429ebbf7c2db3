"""From who reported what by a day to the same as an .xlsx for the file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from catalogue.datasets import DATASETS
from data_access.table_workbook import SheetTable, Value, table_workbook
from rules.as_of import SHANGHAI
from services.access.permission import EVERYONE, requires_role
from services.reporting.reports import ReportOwed, reports_owed
from services.reporting.totals import ReportingTotals, totals_by

COUNTS = ("应报", "已报", "报送率", "按时", "迟报", "部分", "缺报", "零报告", "免报", "未到期")
DETAIL = (
    "数据",
    "责任单位",
    "单位类别",
    "月份",
    "应报日期",
    "情况",
    "首次受理时间",
    "修订次数",
    "记录数",
    "报送编号",
    "距今天数",
    "免报理由",
)


@requires_role(*EVERYONE)
def reporting_workbook(as_of: date) -> bytes:
    """Return a workbook of the sheets 按数据, 按单位, 按数据和月份, 明细; as of the end of the day."""
    lines = reports_owed(as_of)
    return table_workbook(
        [
            _counted(
                "按数据",
                ("数据",),
                {
                    (DATASETS[code].title,): totals
                    for code, totals in totals_by(lines, lambda line: line.dataset).items()
                },
            ),
            _counted("按单位", ("责任单位", "单位类别"), totals_by(lines, lambda line: (line.unit, line.kind))),
            _counted(
                "按数据和月份",
                ("数据", "月份"),
                totals_by(lines, lambda line: (DATASETS[line.dataset].title, line.month or "一次性报送")),
            ),
            SheetTable("明细", DETAIL, [_detail(line) for line in lines]),
        ]
    )


def _counted(name: str, keys: tuple[str, ...], totals: dict[tuple[str, ...], ReportingTotals]) -> SheetTable:
    rows = [(*key, *_numbers(total)) for key, total in totals.items()]
    return SheetTable(name, (*keys, *COUNTS), rows, shares=(len(keys) + 2,))


def _numbers(totals: ReportingTotals) -> Iterable[Value]:
    return (
        totals.expected,
        totals.received,
        totals.rate,
        totals.on_time,
        totals.late,
        totals.partial,
        totals.missing,
        totals.zero,
        totals.exempt,
        totals.not_due,
    )


def _detail(line: ReportOwed) -> tuple[Value, ...]:
    return (
        DATASETS[line.dataset].title,
        line.unit,
        line.kind,
        line.month or "一次性报送",
        line.due_on,
        line.status.value,
        _clock(line.accepted_at),
        line.revisions or None,
        line.records,
        line.submission,
        line.age,
        line.reason or None,
    )


def _clock(instant: datetime | None) -> datetime | None:
    """As a clock in Shanghai shows it."""
    return instant.astimezone(SHANGHAI).replace(tzinfo=None) if instant else None
