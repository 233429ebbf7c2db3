"""Monthly figures beyond a unit's own history (突变), with the sentence by which the sender explained them."""

from __future__ import annotations

from collections.abc import Collection

from catalogue.datasets import DATASETS
from components.elements.cache import answer
from components.elements.context import PageContext
from components.elements.empty_state import section
from components.elements.rendering import render
from components.elements.table import Column, Kind, Table, Width, draw_table
from rules.sudden_changes import change_in_words
from services.intake.sudden_changes import UnitChange, sudden_changes_as_of

RULE = "最近一个已报月份与本单位以前各月相差较大的；只提示核查，不影响红绿灯"


def draw_sudden_changes(datasets: Collection[str], unit: str | None, here: PageContext) -> None:
    """Draw those of these datasets, of a unit or of all whom the visitor sees; nothing where there are none."""
    whose = here.own_unit or unit
    changes = [change for change in answer(sudden_changes_as_of, here.day, whose) if change.dataset in datasets]
    if not changes:
        return
    columns: tuple[Column[UnitChange], ...] = (
        Column("unit", "责任单位", lambda row: row.unit, Kind.UNIT, Width.UNBROKEN, is_filter=True),
        Column("dataset", "数据", lambda row: DATASETS[row.dataset].title, is_filter=True),
        Column("month", "月份", lambda row: row.change.month, width=Width.UNBROKEN),
        Column("title", "项目", lambda row: row.title),
        Column("value", "本月", lambda row: row.change.value, Kind.NUMBER),
        Column("before", "上一已报月份", lambda row: row.change.before[1], Kind.NUMBER),
        Column("words", "变化", lambda row: change_in_words(row.title, row.change), width=Width.REASON),
        Column("explanation", "单位说明", lambda row: row.explanation or "未说明", width=Width.PROSE),
        Column(
            "submission",
            "报送",
            lambda row: row.submission,
            Kind.NUMBER,
            href=lambda row: here.address("submission", number=row.submission),
        ),
    )
    render(section("月度数据突变", f"{RULE}，{len(changes)} 处"))
    draw_table(Table("sudden", "月度数据突变", columns, counted="处", page_size=10), changes, here)
