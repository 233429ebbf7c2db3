"""Behind “较8月15日 −11”: each responsibility that came to the lamps of a count, or left them, since then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from components.board.lamp_list import LISTED
from components.board.summary_tiles import FIVE, Count
from components.elements.area_column import area_column, area_of_measure
from components.elements.context import PageContext
from components.elements.empty_state import section
from components.elements.links import link
from components.elements.rendering import render
from components.elements.table import Column, Kind, Table, Width, draw_table
from services.board.lamp_changes import LampChange

ON_A_PAGE = 30


def requested_turns(here: PageContext) -> Count | None:
    """Return the count of which the address asks what came and went."""
    code = here.parameter("turned")
    return next((count for count in FIVE if count.lamps[0].value == code), None)


def draw_turned(
    count: Count, changed: Sequence[LampChange], titles: Mapping[str, str], since: date, here: PageContext
) -> None:
    """Draw what came to the count and what left it. `titles`: measure code → its name."""

    def came(change: LampChange) -> bool:
        return change.after in count.lamps

    rows = [change for change in changed if came(change) != (change.before in count.lamps)]
    rows.sort(key=lambda change: (not came(change), change.unit or "", change.measure))
    new = sum(map(came, rows))
    words = count.words()
    away = here.same_page(turned=None)
    finding = f"{words}：自 {since:%-m月%-d日} 以来转入 {new:,} 项，转出 {len(rows) - new:,} 项"
    render(section(finding, link("收起", away), LISTED))

    def proof(change: LampChange) -> str:
        return here.address("lamp", measure=change.measure, unit=change.unit)

    area_of = area_of_measure(here)
    columns: Sequence[Column[LampChange]] = (
        Column[LampChange](
            "way", "变化", lambda change: "转入" if came(change) else "转出", width=Width.UNBROKEN, is_filter=True
        ),
        Column[LampChange](
            "unit",
            "责任单位",
            lambda change: change.unit or "未明确",
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda change: here.address("unit", unit=change.unit) if change.unit else None,
            is_filter=True,
        ),
        Column[LampChange]("measure", "举措", lambda change: change.measure, width=Width.UNBROKEN, href=proof),
        area_column(lambda change: area_of(change.measure)),
        Column[LampChange]("title", "内容", lambda change: titles[change.measure], width=Width.PROSE),
        Column[LampChange]("before", "此前", lambda change: change.before, Kind.LAMP, Width.UNBROKEN),
        Column[LampChange]("after", "当前", lambda change: change.after, Kind.LAMP, Width.UNBROKEN, href=proof),
    )
    table = Table(
        "turned",
        f"{words}的变化",
        columns,
        page_size=ON_A_PAGE,
        group_by="unit",
        nothing="两个日期之间没有转入和转出。",
        what_to_do="数量的变化来自责任单位的增减。",
    )
    draw_table(table, rows, here)
