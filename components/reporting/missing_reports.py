"""Who owes which report: units by datasets, with the months whose due report is not there. Missing is not zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.links import link
from components.elements.tables import Column, Row, table
from components.reporting.owed_in_words import day_in_words
from services.areas.reports import AreaReports
from services.board.district import MissingReport

Owed = Mapping[str, Mapping[str, MissingReport]]


def owed_by_unit(missing: Iterable[MissingReport]) -> dict[str, dict[str, MissingReport]]:
    """Unit → dataset → what is missing; the unit that owes most first."""
    by_unit: dict[str, dict[str, MissingReport]] = {}
    for one in missing:
        by_unit.setdefault(one.unit, {})[one.dataset] = one
    return dict(sorted(by_unit.items(), key=lambda item: -sum(len(one.months) or 1 for one in item[1].values())))


def missing_table(owed: Owed, datasets: Sequence[str], page: str, here: PageContext) -> Markup:
    """A column a dataset: “2／7（1、4月）”, blank where nothing is missing."""
    columns = [Column("责任单位", css="nowrap"), *(Column(DATASETS[code].title, css="nowrap") for code in datasets)]
    return table(columns, [_row(unit, found, datasets, page, here) for unit, found in owed.items()])


def nothing_missing(found: AreaReports, as_of: date) -> str:
    """Before anything is due nothing can be called reported."""
    if not found.to_come:
        return "没有应报的数据。"
    days = [due for due in found.to_come.values() if due is not None]
    if found.due or not days:
        return "应报数据均已报送。"
    return f"尚无到期的报送，{'下' if found.heard else '第'}一次应于 {day_in_words(min(days), as_of)} 前报送。"


def _row(unit: str, found: Mapping[str, MissingReport], datasets: Sequence[str], page: str, here: PageContext) -> Row:
    cells = [_gap(found[code]) if code in found else "" for code in datasets]
    return (link(unit, here.address(page, unit=unit)), *cells)


def _gap(one: MissingReport) -> str | Markup:
    if not one.months:
        return "从未报送"
    return Markup('{}<span class="of">／{}（{}）</span>').format(len(one.months), one.owed, months_in_words(one.months))


def months_in_words(months: Sequence[str]) -> str:
    """2023-01, 2023-02, 2023-03, 2023-05 → “1—3、5月”."""
    numbers = [int(month[:4]) * 12 + int(month[5:]) - 1 for month in sorted(months)]
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    return "、".join(str(run[0] % 12 + 1) + (f"—{run[-1] % 12 + 1}" if len(run) > 1 else "") for run in runs) + "月"


def missing_in_words(missing: Iterable[MissingReport]) -> str:
    """“好差评明细 12 个单位，办事指南 3 个单位”."""
    by_dataset: dict[str, int] = {}
    for one in missing:
        by_dataset[one.dataset] = by_dataset.get(one.dataset, 0) + 1
    return "，".join(f"{DATASETS[code].title} {number} 个单位" for code, number in by_dataset.items())
