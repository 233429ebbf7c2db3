"""Two issues of the bulletin side by side."""

from __future__ import annotations

from components.elements.context import PageContext
from components.elements.figures import with_minus
from components.elements.table import Column, Kind, Table, draw_table
from rules.bulletins.comparison import Compared, compared
from services.bulletins.register import BulletinDetails


def draw_comparison(earlier: BulletinDetails, later: BulletinDetails, here: PageContext) -> None:
    """Draw every number of both with its difference."""
    first, second = (details.summary.number or f"草稿 {details.summary.id}" for details in (earlier, later))
    columns: list[Column[Compared]] = [
        Column("group", "项目", lambda row: row.group, is_filter=True),
        Column("what", "内容", lambda row: row.what),
        Column("earlier", first, lambda row: row.earlier, Kind.NUMBER, drawn=lambda row: _words(row, row.earlier)),
        Column("later", second, lambda row: row.later, Kind.NUMBER, drawn=lambda row: _words(row, row.later)),
        Column("difference", "变化", lambda row: row.difference, Kind.NUMBER, drawn=_difference),
    ]
    table = Table("compared", "两期比较", columns, counted="项", page_size=60)
    draw_table(table, compared(earlier.figures, later.figures, later.particulars), here)


def _words(row: Compared, value: float | None) -> str:
    if value is None:
        return "—"
    return f"{value:.1%}" if row.is_share else f"{value:,.0f}"


def _difference(row: Compared) -> str:
    difference = row.difference
    if difference is None:
        return "—"
    if row.is_share:
        return "持平" if abs(difference) < 0.0005 else with_minus(f"{difference * 100:+.1f} 点")
    return "持平" if difference == 0 else with_minus(f"{difference:+,.0f}")
