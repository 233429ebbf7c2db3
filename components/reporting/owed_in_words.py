"""Why a place is empty: which data is not there, who owes it and by when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from catalogue.datasets import DATASETS
from services.areas.reports import Spoken
from services.board.district import District

MOST_NAMED = 6


def owed_in_words(district: District, datasets: Sequence[str], unit: str | None) -> tuple[str, str]:
    """Return (what is missing, who owes it). What is overdue is told before what is still to come."""
    titles = "".join(f"“{DATASETS[code].title}”" for code in datasets)
    overdue = _units(
        report.unit for report in district.missing if report.dataset in datasets and unit in (None, report.unit)
    )
    if overdue:
        return f"没有{titles}的数据。", f"应报未报：{named(overdue)}。"
    if unit is not None and all((unit, code) in district.heard for code in datasets):
        return f"已报送的{titles}没有记录（零报告）。", _to_come(district, datasets, unit)
    return f"截至该日还没有{titles}的数据。", _to_come(district, datasets, unit)


def _to_come(district: District, datasets: Sequence[str], unit: str | None) -> str:
    owing = {(name, code): due for (name, code), due in district.owed.items() if code in datasets}
    if unit is not None and not any(name == unit for name, _ in owing):
        owners = _units(name for name, _ in owing)
        return f"{unit}不承担这项报送" + (f"，由{named(owners)}报送。" if owners else "。")
    days = {name: due for (name, _), due in owing.items() if due is not None and unit in (None, name)}
    if not days:
        return "目前没有到期未报的单位。" if unit is None else "该单位没有到期未报。"
    first = min(days.values())
    owing_first = [name for name, due in days.items() if due == first]
    who = f"{len(owing_first)} 个责任单位" if len(owing_first) > MOST_NAMED else named(owing_first)
    return f"{who}应于 {day_in_words(first, district.as_of)}（含当日）前报送。"


def silent_in_words(spoken: Spoken, dataset: str) -> str:
    """Return “5 个单位从未报送办事指南（榆树镇、石峡乡），1 个单位为零报告（区审计局）。”; nothing where all sent
    records.
    """
    title = DATASETS[dataset].title
    clauses = [
        f"{len(units)} 个单位{what}（{named(units)}）"
        for units, what in ((spoken.never, f"从未报送{title}"), (spoken.zero, "为零报告"))
        if units
    ]
    return "，".join(clauses) + "。" if clauses else ""


def day_in_words(day: date, as_of: date) -> str:
    """Return month and day, the year only where it is another one."""
    return f"{day:%-m月%-d日}" if day.year == as_of.year else f"{day:%Y年%-m月%-d日}"


def _units(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def named(units: Sequence[str]) -> str:
    """Return “区人社局、区教育局等 12 个单位”, all of them where they are few."""
    return "、".join(units[:MOST_NAMED]) + (f"等 {len(units)} 个单位" if len(units) > MOST_NAMED else "")
