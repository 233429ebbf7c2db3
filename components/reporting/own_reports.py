"""What one unit owes: each report with its due day and state, and the way to hand it in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.table import Column, Kind, Table, Width
from components.reporting.table import mark
from services.access.permission import may
from services.intake.upload import submit
from services.reporting.reports import Reporting, ReportOwed

OPEN = (Reporting.MISSING, Reporting.PARTIAL, Reporting.NOT_DUE)
"""What waits for the unit, the most pressing first."""


def open_reports(lines: Sequence[ReportOwed]) -> list[ReportOwed]:
    """Return what is not reported or only in part: what is late first, then by the due day."""
    waiting = [line for line in lines if line.status in OPEN]
    return sorted(waiting, key=lambda line: (OPEN.index(line.status), line.due_on or date.max))


def reports_at_hand(lines: Sequence[ReportOwed], month: str | None = None) -> list[ReportOwed]:
    """Return what waits and of each dataset the newest report that is in; of one month everything."""
    if month is not None:
        return [line for line in lines if line.month in ("", month)]
    waiting = open_reports(lines)
    newest = {line.dataset: line for line in lines if line.submission is not None and line.status not in OPEN}
    return [*waiting, *newest.values()]


def own_reports_table(name: str, here: PageContext, page_size: int | None = None) -> Table[ReportOwed]:
    """Return the table; `name` begins its parameters in the address."""
    return Table(
        name,
        "应报数据",
        (
            Column("dataset", "数据", lambda line: DATASETS[line.dataset].title, width=Width.UNBROKEN),
            Column("month", "月份", lambda line: line.month or "清单", width=Width.UNBROKEN),
            Column("due", "期限", lambda line: line.due_on, Kind.DAY, Width.UNBROKEN),
            Column(
                "state",
                "情况",
                _state,
                width=Width.UNBROKEN,
                drawn=lambda line: mark(line.status, "零报告" if line.is_zero else _state_in_words(line, here.day)),
                order=lambda line: list(Reporting).index(line.status),
            ),
            Column("lacking", "还缺", lambda line: "、".join(line.lacking), width=Width.PROSE, folds=True),
            Column(
                "submission",
                "已报",
                _submission,
                width=Width.UNBROKEN,
                href=lambda line: here.address("submission", number=line.submission) if line.submission else None,
            ),
            Column(
                "upload",
                "办理",
                lambda line: "再报" if line.submission else "去报送",
                width=Width.UNBROKEN,
                href=lambda line: upload_address(line, here) if may(submit) else None,
                sortable=False,
            ),
        ),
        counted="份",
        page_size=page_size,
        nothing="没有应报的数据。",
    )


def upload_address(line: ReportOwed, here: PageContext) -> str:
    """Return the upload page with dataset, month and unit chosen."""
    return here.address("upload", dataset=line.dataset, month=line.month, unit=line.unit)


def _state(line: ReportOwed) -> str:
    return "零报告" if line.is_zero else line.status.value


def _state_in_words(line: ReportOwed, today: date) -> str:
    """“缺报，已过 12 天”, “未到期，9月5日前”."""
    if line.due_on is None or line.status not in (Reporting.MISSING, Reporting.NOT_DUE):
        return line.status.value
    if line.status is Reporting.MISSING:
        return f"缺报，已过 {(today - line.due_on).days} 天"
    return f"未到期，{line.due_on:%-m月%-d日}前"


def _submission(line: ReportOwed) -> str | None:
    return f"报送 {line.submission}" if line.submission else None


def standing_in_words(lines: Sequence[ReportOwed]) -> str:
    """Return “缺报 2 份，部分 1 份，未到期 9 份”."""
    counts = [(status, sum(line.status is status for line in lines)) for status in OPEN]
    return "，".join(f"{status.value} {number} 份" for status, number in counts if number) or "应报的都已报送"
