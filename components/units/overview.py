"""The parts of a unit's page: its areas, what it owes and how its lamps moved, each as one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from catalogue.areas import areas_of_plan
from catalogue.datasets import DATASETS
from components.elements.area_links import area_address
from components.elements.context import PageContext
from components.elements.lamp import tally
from components.elements.lamp_column import lamp_bar_column
from components.elements.links import address
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Row, Table, Width, table_parts
from components.reporting.missing_reports import months_in_words
from components.reporting.table import mark, totals_columns
from models.lamps import Lamp, MeasureLamp, RollUp, Scorecard
from services.reporting.reports import Reporting, ReportOwed
from services.reporting.totals import ReportingTotals, totals

LampRow = tuple[str, Sequence[MeasureLamp]]
"""A heading, and the lamps that stand under it."""


def areas_table(lamps: Sequence[MeasureLamp], unit: str, here: PageContext) -> Parts:
    """Return a row an area in which the unit has a measure; each opens the unit's measures there."""
    areas = {area.title: area for area in areas_of_plan(here.district.plan)}
    by_area: Sequence[LampRow] = [
        (area.title, [lamp for lamp in lamps if lamp.area == area.code]) for area in areas.values()
    ]

    def address_of(row: LampRow) -> str | None:
        return area_address(areas[row[0]], here, unit=unit) if row[0] in areas else None

    rows = [row for row in by_area if row[1]]
    heading = Column[LampRow]("area", "领域", lambda row: row[0], width=Width.UNBROKEN, href=address_of)
    table = Table(
        "areas",
        f"{unit}：各领域",
        (heading, *_counts_columns(lambda row: row[1], rows)),
        counted="个领域",
        page_size=None,
        has_search=False,
        total=("合计", lamps),
    )
    return table_parts(table, rows, here)


def trend_table(cards: Sequence[Scorecard], unit: str, here: PageContext) -> Parts:
    """Return the unit's lamps at each month's end and on the day; each opens the page as of then."""
    columns: Sequence[Column[Scorecard]] = (
        Column[Scorecard](
            "day",
            "截至",
            lambda card: card.as_of,
            Kind.DAY,
            Width.UNBROKEN,
            href=lambda card: address("unit", unit=unit, as_of=card.as_of),
        ),
        *_counts_columns(lambda card: card.lamps, cards),
    )
    return table_parts(
        Table("trend", f"{unit}：走势", columns, counted="个日期", page_size=None, has_search=False), cards, here
    )


def _counts_columns(lamps: Callable[[Row], Sequence[MeasureLamp]], rows: Iterable[Row]) -> Sequence[Column[Row]]:
    """Return how many of a row's lamps are finished, missing, overdue, and all of them, with their bar."""

    def counted(key: str, heading: str, count: Callable[[RollUp], int]) -> Column[Row]:
        return Column(key, heading, lambda row: count(tally(lamps(row))), Kind.NUMBER)

    return (
        lamp_bar_column(lambda row: tally(lamps(row)).counts, rows),
        counted("finished", "已完成", lambda counts: counts.finished),
        counted("missing", "缺报", lambda counts: counts.counts[Lamp.NOT_REPORTED]),
        counted("overdue", "逾期", lambda counts: counts.counts[Lamp.OVERDUE]),
        counted("all", "合计", lambda counts: counts.counted),
    )


@dataclass(frozen=True)
class OwedDataset:
    """The reports of one dataset that a unit owes; `code` "": of all of them."""

    code: str
    lines: Sequence[ReportOwed]

    @property
    def title(self) -> str:
        return DATASETS[self.code].title if self.code else "合计"

    @property
    def totals(self) -> ReportingTotals:
        return totals(self.lines)


def owed_table(lines: Sequence[ReportOwed], here: PageContext) -> Parts:
    """Return a row a dataset that the unit owes."""
    datasets = [
        OwedDataset(code, [line for line in lines if line.dataset == code])
        for code in dict.fromkeys(line.dataset for line in lines)
    ]
    columns: Sequence[Column[OwedDataset]] = (
        Column[OwedDataset](
            "dataset",
            "数据",
            lambda owed: owed.title,
            width=Width.UNBROKEN,
            href=lambda owed: here.address("reporting", dataset=owed.code) if owed.code else None,
        ),
        *totals_columns(lambda owed: owed.totals, datasets),
        Column[OwedDataset]("gaps", "缺报月份", _gaps, drawn=_gaps),
        Column[OwedDataset](
            "newest",
            "最近一次",
            _newest_in_words,
            width=Width.UNBROKEN,
            href=lambda owed: _newest_address(owed, here),
        ),
    )
    table = Table(
        "datasets",
        "应报和缺报",
        columns,
        counted="项数据",
        page_size=None,
        total=OwedDataset("", lines),
        nothing="这个单位没有应报的数据。",
    )
    return table_parts(table, datasets, here)


def _gaps(owed: OwedDataset) -> str | Markup:
    if not owed.code:
        return ""
    missing = [line.month for line in owed.lines if line.status is Reporting.MISSING]
    if missing:
        return months_in_words(missing) if missing[0] else "从未报送"
    exempt = [line.reason for line in owed.lines if line.status is Reporting.EXEMPT]
    return mark(Reporting.EXEMPT, f"免报：{exempt[0]}") if exempt else ""


def _newest(owed: OwedDataset) -> ReportOwed | None:
    submitted = [line for line in owed.lines if line.submission is not None] if owed.code else []
    return max(submitted, key=lambda line: (line.month, line.submission)) if submitted else None


def _newest_in_words(owed: OwedDataset) -> str:
    newest = _newest(owed)
    if newest is None:
        return ""
    return f"第 {newest.submission} 号报送" + (f"（{newest.month}）" if newest.month else f"（{newest.age} 天前）")


def _newest_address(owed: OwedDataset, here: PageContext) -> str | None:
    newest = _newest(owed)
    return here.address("submission", number=newest.submission) if newest else None
