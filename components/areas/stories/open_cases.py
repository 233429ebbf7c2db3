"""The open cases of an area in one short table, the longest overdue first: what a click on its pictures filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from components.cases.columns import KindedCase, code_column, lamp_column
from components.elements.context import PageContext
from components.elements.empty_state import empty_state, section
from components.elements.phrases import as_typed
from components.elements.rendering import render
from components.elements.table import Column, Kind, Table, Width, draw_table
from models.cases import Case, CaseKind, Caseload
from models.lamps import Lamp

TABLE, FEW = "open", 6


def draw_open_cases(
    loads: Sequence[Caseload], here: PageContext, *, steps: Sequence[tuple[str, str, Callable[[CaseKind, Case], str]]]
) -> None:
    """Draw them; `steps`: key, heading and words of the columns by which the pictures filter."""
    rows = sorted(((load.kind, case) for load in loads for case in load.open), key=lambda row: row[1].due or date.max)
    titles = "、".join(load.kind.title for load in loads)
    overdue = sum(case.lamp is Lamp.OVERDUE for _, case in rows)
    render(section(f"未办结的{titles}", f"共 {len(rows):,} 件，其中逾期 {overdue:,} 件；逾期最久的在前", "open"))
    if not rows:
        render(empty_state("截至该日没有未办结的案件。"))
        return
    columns = (
        code_column(here),
        *(_step(*step) for step in steps),
        Column[KindedCase](
            "unit",
            "责任单位",
            lambda row: row[1].unit,
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda row: here.address(here.page, unit=row[1].unit),
            is_filter=True,
        ),
        Column[KindedCase](
            "subject", "事由", lambda row: row[1].subject, width=Width.PROSE, drawn=lambda row: as_typed(row[1].subject)
        ),
        Column[KindedCase]("due", "应完成", lambda row: row[1].due, Kind.DAY, Width.UNBROKEN),
        lamp_column(here),
        Column[KindedCase](
            "place",
            "原文件位置",
            lambda row: f"{row[1].sheet} {row[1].cell}",
            width=Width.UNBROKEN,
            href=lambda row: here.address("submission", number=row[1].submission),
        ),
    )
    draw_table(Table(TABLE, f"未办结的{titles}", columns, counted="件", page_size=FEW), rows, here)


def _step(key: str, heading: str, words: Callable[[CaseKind, Case], str]) -> Column[KindedCase]:
    return Column(key, heading, lambda row: words(*row), width=Width.UNBROKEN, is_filter=True)
