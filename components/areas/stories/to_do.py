"""The few items that are missing, unit by unit, as a list to be worked off: what a click on the pictures filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.elements.context import PageContext
from components.elements.empty_state import empty_state, section
from components.elements.rendering import render
from components.elements.table import Column, Kind, Share, Table, Width, draw_table

TABLE, FEW = "missing_items", 8


@dataclass(frozen=True)
class MissingItems:
    """So many of a unit's items lack something; `href` leads to the rows."""

    unit: str
    what: str
    number: float
    of: float
    href: str


def draw_missing_items(rows: Sequence[MissingItems], here: PageContext) -> None:
    """Draw them, the most first."""
    total, units = sum(row.number for row in rows), len({row.unit for row in rows})
    render(section("待补事项", f"{total:,.0f} 项次，涉及 {units} 个单位", "to-do"))
    if not rows:
        render(empty_state("已报送的事项没有欠缺。"))
        return
    columns = (
        Column[MissingItems](
            "unit",
            "责任单位",
            lambda row: row.unit,
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda row: here.address(here.page, unit=row.unit),
            is_filter=True,
        ),
        Column[MissingItems]("what", "欠缺", lambda row: row.what, width=Width.UNBROKEN, is_filter=True),
        Column[MissingItems]("number", "项数", lambda row: row.number, Kind.NUMBER, href=lambda row: row.href),
        Column[MissingItems]("share", "占本单位事项", lambda row: Share(row.number, row.of), Kind.SHARE),
    )
    ordered = sorted(rows, key=lambda row: (-row.number, row.unit, row.what))
    draw_table(Table(TABLE, "待补事项", columns, counted="行", page_size=FEW), ordered, here)
