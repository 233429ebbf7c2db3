"""The five cross checks of guides as tables, each with its own empty state."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.links import link
from components.elements.tables import Column, Row, figure
from components.guides.items import guide_link
from services.guides.cross_checks import CrossChecks

UNITS_NAMED = 8


@dataclass(frozen=True)
class Check:
    """One list of contradictions."""

    code: str
    title: str
    rule: str  # what is compared with what
    nothing: str
    columns: tuple[Column, ...]
    rows: pd.DataFrame
    row: Callable[[dict[Any, Any], PageContext], Row]


def checks(cross_checks: CrossChecks, reported: Collection[str]) -> tuple[Check, ...]:
    """`reported`: units that ever reported guides."""

    def nothing(compared: str, said: str) -> str:
        title = DATASETS[compared].title
        return f"没有“{title}”的数据，未作核对。" if title in cross_checks.missing else said

    unit, item = Column("责任单位", css="nowrap"), Column("事项")
    code = Column("实施编码", css="nowrap")
    return (
        Check(
            "cases",
            "有办件而没有指南的事项",
            "本年有办件、全区指南中没有该实施编码",
            nothing("monthly_cases", "有办件的事项都有指南。"),
            (unit, code, Column("本年办件量", number=True), Column("说明")),
            cross_checks.cases_without_guide,
            lambda row, here: (
                row["unit"],
                row["item_code"],
                link(
                    figure(row["cases"]),
                    here.address("reporting", dataset="monthly_cases"),
                    "各单位的月度办件统计报送",
                ),
                "" if row["unit"] in reported else "该单位未报送办事指南",
            ),
        ),
        Check(
            "claims",
            "有指南而未认领的事项",
            "指南的基本编码在本单位认领清单中不是“已认领”",
            nothing("catalogue_claims", "已报送的指南，其事项均已认领。"),
            (item, unit, Column("认领状态", css="nowrap")),
            cross_checks.guides_not_claimed,
            lambda row, here: (
                guide_link(row["unit"], row["item_code"], row["item_name"], here),
                row["unit"],
                row["claim"],
            ),
        ),
        Check(
            "phones",
            "多个单位共用的咨询电话",
            "同一咨询电话用于不同单位的 5 个以上事项（12345 等热线不计）",
            "没有不同单位共用的咨询电话。",
            (
                Column("咨询电话", css="nowrap"),
                Column("事项", number=True),
                Column("单位", number=True),
                Column("责任单位"),
            ),
            cross_checks.phones_shared,
            lambda row, here: (row["phone"], row["items"], len(row["units"]), _units(row["units"], here)),
        ),
        Check(
            "promises",
            "同一事项承诺时限不一",
            "不同单位的同一事项（基本编码相同，无编码的名称相同）承诺办结时限不同",
            "同一事项在各单位的承诺时限一致。",
            (item, Column("最短", number=True), Column("最长", number=True), Column("各单位承诺（工作日）")),
            cross_checks.promised_differently,
            lambda row, here: (
                row["item_name"],
                figure(row["shortest"]),
                figure(row["longest"]),
                _promises(row["units"]),
            ),
        ),
        Check(
            "walk_ins",
            "全程网办而仍有现场办件的事项",
            "网上办理深度为“全程网办”，本年办件量多于网上办件量",
            nothing("monthly_cases", "全程网办的事项都在网上办理。"),
            (
                item,
                unit,
                Column("本年办件量", number=True),
                Column("网上办件量", number=True),
                Column("现场办件量", number=True),
            ),
            cross_checks.walk_ins,
            lambda row, here: (
                guide_link(row["unit"], row["item_code"], row["item_name"], here),
                row["unit"],
                int(row["cases"]),
                int(row["online_cases"]),
                int(row["walk_ins"]),
            ),
        ),
    )


def _units(names: tuple[str, ...], here: PageContext) -> Markup:
    shown = Markup("、").join(link(name, here.address("guide_accuracy", unit=name)) for name in names[:UNITS_NAMED])
    return shown + (f" 等 {len(names)} 个" if len(names) > UNITS_NAMED else "")


def _promises(units: tuple[tuple[str, float], ...]) -> str:
    said = "、".join(f"{unit} {figure(days)}" for unit, days in units[:UNITS_NAMED])
    return said + (f" 等 {len(units)} 个" if len(units) > UNITS_NAMED else "")
