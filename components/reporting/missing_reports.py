"""Who owes which report: units by datasets, with the months whose due report is not there. Missing is not zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.reporting.owed_in_words import day_in_words
from services.areas.reports import AreaReports
from services.board.district import MissingReport

ON_A_PAGE = 30
Owed = Mapping[str, Mapping[str, MissingReport]]


def owed_by_unit(missing: Iterable[MissingReport]) -> dict[str, dict[str, MissingReport]]:
    """Return unit → dataset → what is missing; the unit that owes most first."""
    by_unit: dict[str, dict[str, MissingReport]] = {}
    for report in missing:
        by_unit.setdefault(report.unit, {})[report.dataset] = report
    return dict(sorted(by_unit.items(), key=lambda item: -sum(len(report.months) or 1 for report in item[1].values())))


def missing_table(owed: Owed, datasets: Sequence[str], page: str, here: PageContext) -> Parts:
    """Return a column a dataset: “2／7（1、4月）”, blank where nothing is missing."""
    columns: Sequence[Column[str]] = (
        Column[str](
            "unit",
            "责任单位",
            lambda unit: unit,
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda unit: here.address(page, unit=unit),
        ),
        *(_gap(owed, code) for code in datasets),
    )
    return table_parts(Table("missing", "缺报", columns, counted="个单位", page_size=ON_A_PAGE), list(owed), here)


def _gap(owed: Owed, dataset: str) -> Column[str]:
    def missing(unit: str) -> MissingReport | None:
        return owed[unit].get(dataset)

    def number(unit: str) -> int | None:
        report = missing(unit)
        return len(report.months) if report else None

    def words(unit: str) -> str:
        report = missing(unit)
        if report is None:
            return ""
        if not report.months:
            return "从未报送"
        return f"{len(report.months)}／{report.owed}（{months_in_words(report.months)}）"

    return Column(f"of_{dataset}", DATASETS[dataset].title, words, width=Width.UNBROKEN, order=number)


def nothing_missing(reports: AreaReports, as_of: date) -> str:
    """Return why nothing is missing; before anything is due nothing can be called reported."""
    if not reports.to_come:
        return "没有应报的数据。"
    days = [due for due in reports.to_come.values() if due is not None]
    if reports.due or not days:
        return "应报数据均已报送。"
    return (
        f"尚无到期的报送，{'下' if reports.heard else '第'}一次应于 {day_in_words(min(days), as_of)}（含当日）前报送。"
    )


def months_in_words(months: Sequence[str]) -> str:
    """Return “1—3、5月” of 2023-01, 2023-02, 2023-03 and 2023-05."""
    numbers = [int(month[:4]) * 12 + int(month[5:]) - 1 for month in sorted(months)]
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    return "、".join(str(run[0] % 12 + 1) + (f"—{run[-1] % 12 + 1}" if len(run) > 1 else "") for run in runs) + "月"


def missing_in_words(missing: Iterable[MissingReport]) -> str:
    """Return “好差评明细 12 个单位，办事指南 3 个单位”."""
    by_dataset: dict[str, int] = {}
    for report in missing:
        by_dataset[report.dataset] = by_dataset.get(report.dataset, 0) + 1
    return "，".join(f"{DATASETS[code].title} {number} 个单位" for code, number in by_dataset.items())
