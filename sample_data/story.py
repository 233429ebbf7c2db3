"""Who does well, who is late, who is silent: the parts the invented units play from June to August 2023."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from random import Random

from chinese_calendar import is_workday

from sample_data.district_units import UNITS, Unit

SEED = 20230822
MONTHS = ("2023-06", "2023-07")


class Quality(StrEnum):
    PERFECT = "perfect"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


SILENT = ("石峡乡", "区粮储局", "区烟草局")
"""Report nothing at all."""
ZERO = ("区统计局",)
"""Has no windows: sends headings without rows."""
LATE = ("永安镇", "金塔镇", "黄花镇", "区交通局", "区体育局", "区科技局", "白水镇", "区卫健局")
"""Report after the due day."""
ONLY_JUNE = ("双河镇", "区气象局", "锦屏街道")
"""Fell silent in July."""
NO_BAD_REVIEWS = ("区人社局", "区医保局", "云台街道", "区税务局")
"""Had no bad rating: a zero report of the ledger."""
OWN_WORKBOOKS = (
    "区人社局",
    "区医保局",
    "区税务局",
    "区住建局",
    "区市场监管局",
    "区公安分局",
    "区民政局",
    "区卫健局",
    "云台街道",
    "柳林街道",
    "青石镇",
    "白水镇",
)
"""Send their own workbooks; the others' figures come in the ledgers that the bureau exports."""
OWN_REVIEWS = ("区人社局", "区市场监管局", "区公安分局", "云台街道", "青石镇")
"""Of these, the ratings too come in a workbook of their own."""
OWN_PROGRESS = ("区人社局", "区住建局", "区公安分局", "云台街道", "青石镇", "白水镇")
"""Of these, the progress too."""
FIGURES_DISAGREE = ("区市场监管局", "清溪镇", "区城管局")
"""State more ratings than their ledger holds."""
INFLATED = ("桃源镇",)
"""Ratings in bursts, minutes apart, all of them the best, long after closing."""

PERFECT = ("区人社局", "区医保局", "区税务局", "云台街道")
GOOD = (
    "区发改局",
    "区民政局",
    "区住建局",
    "区司法局",
    "区教育局",
    "区公积金管理部",
    "区商务局",
    "区残联",
    "区退役军人局",
    "区生态环境分局",
    "东关街道",
    "文昌街道",
    "滨河街道",
    "清溪镇",
    "龙泉镇",
    "平川镇",
)
POOR = (
    "区城管局",
    "区交通局",
    "区民宗局",
    "区应急局",
    "区科技局",
    "区体育局",
    "青石镇",
    "白水镇",
    "松岗乡",
    "永安镇",
    "黄花镇",
    "北苑街道",
    "区林草局",
)
IMPROVED = ("区住建局", "区民政局", "柳林街道")
"""Sent a better guide list in August: the lamps change between 31 July and 22 August."""


def quality(unit: Unit) -> Quality:
    if unit.name in PERFECT:
        return Quality.PERFECT
    if unit.name in GOOD:
        return Quality.GOOD
    return Quality.POOR if unit.name in POOR else Quality.FAIR


def reports(unit: Unit, month: str) -> bool:
    """Return whether the unit has figures to report for that month."""
    if unit.name in SILENT + ZERO or unit.kind == "其他":
        return False
    return not (unit.name in ONLY_JUNE and month == "2023-07")


def reporting_units(month: str) -> list[Unit]:
    return [unit for unit in UNITS if reports(unit, month)]


def dice(*about: object) -> Random:
    """Return a generator of its own for each subject, so that one change leaves all other rows as they were."""
    return Random(":".join(map(str, (SEED, *about))))


@cache
def days_of(month: str) -> tuple[date, ...]:
    day, days = date.fromisoformat(f"{month}-01"), []
    while day.isoformat().startswith(month):
        days.append(day)
        day += timedelta(days=1)
    return tuple(days)


@cache
def working_days_of(month: str) -> tuple[date, ...]:
    return tuple(day for day in days_of(month) if is_workday(day))


def after_working_days(start: date, count: int) -> date:
    """Return the last of so many working days; the day after the start is day 1."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day
