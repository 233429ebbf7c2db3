"""The parts of a unit's page: its areas, what it owes and how its lamps moved, each as one table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from catalogue.areas import AREAS
from catalogue.datasets import DATASETS
from components.elements.bars import lamp_bar
from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.lamp import tally
from components.elements.links import address, link
from components.elements.tables import Column, Row, table
from components.reporting.missing_reports import months_in_words
from components.reporting.table import mark, rate_in_words
from models.lamps import Lamp, MeasureLamp, Scorecard
from services.reporting.reports import Reporting, ReportOwed
from services.reporting.totals import totals, totals_by

LAMP_COLUMNS = (
    Column("红绿灯分布", css="wide"),
    Column("已完成", number=True),
    Column("缺报", number=True),
    Column("逾期", number=True),
    Column("合计", number=True),
)
OWED_COLUMNS = (
    Column("数据", css="nowrap"),
    Column("报送率（已报／应报）", number=True),
    Column("按时", number=True),
    Column("迟报", number=True),
    Column("部分", number=True),
    Column("缺报", number=True),
    Column("零报告", number=True),
    Column("缺报月份"),
    Column("最近一次", css="nowrap"),
)


def areas_table(rows: Sequence[MeasureLamp], unit: str, here: PageContext) -> Markup:
    """A row an area in which the unit has a measure; each opens the unit's measures there."""
    by_area = {area: [row for row in rows if row.area == area.code] for area in AREAS.values()}
    shown = [
        (link(area.title, here.address(area.page, unit=unit)), *_lamps(mine)) for area, mine in by_area.items() if mine
    ]
    return table((Column("领域", css="nowrap"), *LAMP_COLUMNS), [*shown, ("合计", *_lamps(rows))])


def trend_table(cards: Sequence[Scorecard], unit: str) -> Markup:
    """The unit's lamps at each month's end and on the day; each opens the page as of then."""
    shown = [
        (
            link(f"{card.as_of:%-m月%-d日}", address("unit", unit=unit, as_of=card.as_of)),
            *_lamps(card.select(unit=unit)),
        )
        for card in cards
    ]
    return table((Column("截至", css="nowrap"), *LAMP_COLUMNS), shown)


def _lamps(rows: Sequence[MeasureLamp]) -> Row:
    found = tally(rows)
    done = found.counts[Lamp.DONE] + found.counts[Lamp.DONE_LATE]
    return lamp_bar(found.counts), done, found.counts[Lamp.NOT_REPORTED], found.counts[Lamp.OVERDUE], found.counted


def owed_table(lines: Sequence[ReportOwed], here: PageContext) -> Markup:
    """A row a dataset that the unit owes."""
    if not lines:
        return empty_state("这个单位没有应报的数据。")
    rows = []
    for code, one in totals_by(lines, lambda line: line.dataset).items():
        mine = [line for line in lines if line.dataset == code]
        rows.append(
            (
                link(DATASETS[code].title, here.address("reporting", dataset=code)),
                rate_in_words(one),
                one.on_time,
                one.late,
                one.partial,
                one.missing,
                one.zero,
                _gaps(mine),
                _newest(mine, here),
            )
        )
    one = totals(lines)
    return table(
        OWED_COLUMNS,
        [*rows, ("合计", rate_in_words(one), one.on_time, one.late, one.partial, one.missing, one.zero, "", "")],
    )


def _gaps(lines: Sequence[ReportOwed]) -> str | Markup:
    missing = [line.month for line in lines if line.status is Reporting.MISSING]
    if missing:
        return months_in_words(missing) if missing[0] else "从未报送"
    exempt = [line.reason for line in lines if line.status is Reporting.EXEMPT]
    return mark(Reporting.EXEMPT, f"免报：{exempt[0]}") if exempt else ""


def _newest(lines: Sequence[ReportOwed], here: PageContext) -> str | Markup:
    sent = [line for line in lines if line.submission is not None]
    if not sent:
        return ""
    last = max(sent, key=lambda line: (line.month, line.submission))
    return link(
        f"报送 {last.submission}" + (f"（{last.month}）" if last.month else f"（{last.age} 天前）"),
        here.address("submission", number=last.submission),
    )


def printed_on(day: date) -> Markup:
    return Markup(
        '<p class="note screen-only">按 Ctrl+P 可打印本页；打印时不印栏目、按钮和链接。数据截至 {}。</p>'
    ).format(day)
