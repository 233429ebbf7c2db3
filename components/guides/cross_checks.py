"""The five cross checks of guides as tables, each with its own empty state."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.figures import figure
from components.elements.links import link
from components.elements.phrases import listed
from components.elements.table import Column, Kind, Table, Width
from components.guides.items import guide_link
from services.guides.cross_checks import CrossChecks

UNITS_NAMED, ON_A_PAGE = 8, 20


Pair = Mapping[Any, Any]
"""A row of a frame of rules.guides.cross_checks."""


@dataclass(frozen=True)
class Check:
    """One list of contradictions; `rule`: what is compared with what."""

    rule: str
    table: Table[Pair]
    rows: Sequence[Pair]


def checks(cross_checks: CrossChecks, reported: Collection[str], here: PageContext) -> tuple[Check, ...]:
    """Return the five checks. `reported`: units that ever reported guides."""

    def nothing(compared: str, sentence: str) -> str:
        title = DATASETS[compared].title
        return f"没有“{title}”的数据，未作核对。" if title in cross_checks.missing else sentence

    def check(
        key: str, title: str, rule: str, nothing_found: str, columns: Sequence[Column[Pair]], frame: pd.DataFrame
    ) -> Check:
        table = Table(key, title, columns, counted="个", page_size=ON_A_PAGE, nothing=nothing_found)
        return Check(rule, table, frame.to_dict("records"))

    unit = Column[Pair]("unit", "责任单位", lambda row: row["unit"], Kind.UNIT, Width.UNBROKEN, is_filter=True)
    item = Column[Pair](
        "item",
        "事项",
        lambda row: row["item_name"],
        drawn=lambda row: guide_link(row["unit"], row["item_code"], row["item_name"], here),
    )
    return (
        check(
            "cases",
            "有办件而没有指南的事项",
            "本年有办件、全区指南中没有该实施编码",
            nothing("monthly_cases", "有办件的事项都有指南。"),
            (
                unit,
                Column(
                    "code",
                    "实施编码",
                    lambda row: row["item_code"],
                    width=Width.UNBROKEN,
                    href=lambda row: here.address("item", item=row["item_code"]),
                ),
                Column(
                    "cases",
                    "本年办件量",
                    lambda row: row["cases"],
                    Kind.NUMBER,
                    href=lambda row: here.address("reporting", dataset="monthly_cases"),
                ),
                Column(
                    "note",
                    "说明",
                    lambda row: "" if row["unit"] in reported else "该单位未报送办事指南",
                    is_filter=True,
                ),
            ),
            cross_checks.cases_without_guide,
        ),
        check(
            "claims",
            "有指南而未认领的事项",
            "指南的基本编码在本单位认领清单中不是“已认领”",
            nothing("catalogue_claims", "已报送的指南，其事项均已认领。"),
            (
                item,
                unit,
                Column("claim", "认领状态", lambda row: row["claim"], width=Width.UNBROKEN, is_filter=True),
            ),
            cross_checks.guides_not_claimed,
        ),
        check(
            "phones",
            "多个单位共用的咨询电话",
            "同一咨询电话用于不同单位的 5 个以上事项（12345 等热线不计）",
            "没有不同单位共用的咨询电话。",
            (
                Column("phone", "咨询电话", lambda row: row["phone"], width=Width.UNBROKEN),
                Column("items", "事项", lambda row: row["items"], Kind.NUMBER),
                Column("number", "单位", lambda row: len(row["units"]), Kind.NUMBER),
                Column(
                    "units",
                    "责任单位",
                    lambda row: "、".join(row["units"]),
                    drawn=lambda row: _units(row["units"], here),
                ),
            ),
            cross_checks.phones_shared,
        ),
        check(
            "promises",
            "同一事项承诺时限不一",
            "不同单位的同一事项（基本编码相同，无编码的名称相同）承诺办结时限不同",
            "同一事项在各单位的承诺时限一致。",
            (
                Column("item", "事项", lambda row: row["item_name"]),
                Column("shortest", "最短", lambda row: row["shortest"], Kind.NUMBER),
                Column("longest", "最长", lambda row: row["longest"], Kind.NUMBER),
                Column(
                    "units",
                    "各单位承诺（工作日）",
                    lambda row: _promises(row["units"], len(row["units"])),
                    drawn=lambda row: _promises(row["units"], UNITS_NAMED),
                ),
            ),
            cross_checks.promised_differently,
        ),
        check(
            "walk_ins",
            "全程网办而仍有现场办件的事项",
            "网上办理深度为“全程网办”，本年办件量多于网上办件量",
            nothing("monthly_cases", "全程网办的事项都在网上办理。"),
            (
                item,
                unit,
                Column("cases", "本年办件量", lambda row: int(row["cases"]), Kind.NUMBER),
                Column("online", "网上办件量", lambda row: int(row["online_cases"]), Kind.NUMBER),
                Column("walk_ins", "现场办件量", lambda row: int(row["walk_ins"]), Kind.NUMBER),
            ),
            cross_checks.walk_ins,
        ),
    )


def _units(names: Sequence[str], here: PageContext) -> Markup:
    named = listed(link(name, here.address("guide_accuracy", unit=name)) for name in names[:UNITS_NAMED])
    return named + (f" 等 {len(names)} 个" if len(names) > UNITS_NAMED else "")


def _promises(units: Sequence[tuple[str, float]], most: int) -> str:
    promises = "、".join(f"{unit} {figure(days)}" for unit, days in units[:most])
    return promises + (f" 等 {len(units)} 个" if len(units) > most else "")
