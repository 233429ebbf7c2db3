"""Milestones by unit: state, lamp, people and evidence of each, as rows of a table; every row opens the assignment's
page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from components.elements.bars import lamp_bar
from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.lamp import chip, tally
from components.elements.links import link
from components.elements.tables import Column, Row, table
from models.lamps import FACES, Lamp, MeasureLamp, Scorecard
from services.milestones.progress import Assignment

Lamps = Mapping[tuple[str, str | None], MeasureLamp]
UNIT_COLUMNS = (
    Column("责任单位", css="nowrap"),
    Column("红绿灯分布", css="wide"),
    Column("待核验", number=True),
    Column("已退回", number=True),
    Column("缺报", number=True),
    Column("逾期", number=True),
    Column("证明材料", number=True),
)
COLUMNS = (
    Column("举措", css="nowrap"),
    Column("内容", css="prose"),
    Column("红绿灯", css="nowrap"),
    Column("期限", css="nowrap"),
    Column("进展", css="reason"),
    Column("责任领导", css="nowrap", told=True),
    Column("责任人", css="nowrap", told=True),
    Column("材料", number=True, told=True),
)
WAITING_COLUMNS = (
    Column("举措", css="nowrap"),
    Column("内容", css="prose"),
    Column("责任单位", css="nowrap"),
    Column("完成日期", css="nowrap"),
    Column("进展情况", css="reason"),
    Column("材料", number=True, told=True),
)
RETURNED_COLUMNS = (
    Column("举措", css="nowrap"),
    Column("内容", css="prose"),
    Column("责任单位", css="nowrap"),
    Column("红绿灯", css="nowrap"),
    Column("期限", css="nowrap"),
    Column("退回理由", css="reason"),
    Column("材料", number=True, told=True),
)


def lamps_of(card: Scorecard) -> Lamps:
    return {(row.measure, row.unit): row for row in card.lamps}


def units_table(
    found: Sequence[Assignment], lamps: Lamps, files: Counter[tuple[str, str]], here: PageContext
) -> Markup:
    """A row a unit, those with most to verify first."""
    by_unit: dict[str, list[Assignment]] = {}
    for one in found:
        by_unit.setdefault(one.unit, []).append(one)
    rows = [
        (
            unit,
            tally(lamps[one.measure, unit] for one in mine).counts,
            sum(one.returned is not None for one in mine),
            sum(files[one.measure, unit] for one in mine),
        )
        for unit, mine in by_unit.items()
    ]
    rows.sort(key=lambda row: tuple(-row[1][lamp] for lamp in (Lamp.TO_VERIFY, Lamp.OVERDUE, Lamp.NOT_REPORTED)))
    return table(
        UNIT_COLUMNS,
        [
            (
                link(unit, here.address("progress", unit=unit)),
                lamp_bar(counts),
                counts[Lamp.TO_VERIFY],
                returned,
                counts[Lamp.NOT_REPORTED],
                counts[Lamp.OVERDUE],
                number,
            )
            for unit, counts, returned, number in rows
        ],
    )


def assignments_table(
    mine: Sequence[Assignment], lamps: Lamps, files: Counter[tuple[str, str]], here: PageContext
) -> Markup:
    """The milestones of one unit in the order of the plan."""
    rows = [_row(one, lamps[one.measure, one.unit], files[one.measure, one.unit], here) for one in mine]
    return _listed(COLUMNS, rows, "这个单位没有按节点评价的举措。")


def _listed(columns: Sequence[Column], rows: Sequence[Row], nothing: str) -> Markup:
    return table(columns, rows, css="cards coded") if rows else empty_state(nothing)


def _row(one: Assignment, lamp: MeasureLamp, files: int, here: PageContext) -> Row:
    where = here.address("assignment", measure=one.measure, unit=one.unit)
    return (
        link(one.measure, where),
        one.title,
        link(chip(lamp.lamp), where),
        str(lamp.deadline or "未定"),
        _with_return(one),
        one.leader or "未报",
        one.person or "未报",
        files,
    )


def _with_return(one: Assignment) -> Markup:
    """A return stands before what was said, which may read as if all were done."""
    mark = Markup("<b>退回</b>：{}<br>").format(one.returned) if one.returned else ""
    return Markup("{}{}").format(mark, said(one))


def said(one: Assignment) -> str | Markup:
    """“2023-07 推进中 60%：正在梳理”."""
    line = one.latest
    if line is None:
        return Markup('<span class="quiet">从未报送</span>')
    share = f" {line.percent}%" if line.percent is not None else ""
    return f"{line.month} {line.state}{share}：{line.account or ''}"


def waiting_table(waiting: Sequence[Assignment], files: Counter[tuple[str, str]], here: PageContext) -> Markup:
    """What units reported done and the bureau has not decided on; each opens the page where it decides."""
    return _listed(
        WAITING_COLUMNS, [_waiting(one, files[one.measure, one.unit], here) for one in waiting], "没有待核验的举措。"
    )


def _waiting(one: Assignment, files: int, here: PageContext) -> Row:
    where = here.address("assignment", measure=one.measure, unit=one.unit)
    done, account = (one.latest.completed_on, one.latest.account) if one.latest else (None, "")
    return link(one.measure, where), one.title, link(one.unit, where), str(done or "未写明"), account, files


def returned_table(
    returned: Sequence[Assignment], lamps: Lamps, files: Counter[tuple[str, str]], here: PageContext
) -> Markup:
    """What the bureau returned and the unit has not reported done again; each opens the page where that is done."""
    rows = [_returned(one, lamps[one.measure, one.unit], files[one.measure, one.unit], here) for one in returned]
    return _listed(RETURNED_COLUMNS, rows, "没有退回后尚未重新报完成的举措。")


def _returned(one: Assignment, lamp: MeasureLamp, files: int, here: PageContext) -> Row:
    where = here.address("assignment", measure=one.measure, unit=one.unit)
    return (
        link(one.measure, where),
        one.title,
        link(one.unit, where),
        chip(lamp.lamp),
        str(lamp.deadline or "未定"),
        one.returned,
        files,
    )


def lamp_over_time(days: Sequence[tuple[str, Lamp | None]]) -> Markup:
    """One chip a day, oldest first: how the lamp stood at each month's end."""
    cells = Markup("").join(
        Markup('<li><span class="quiet">{}</span>{}</li>').format(
            day, chip(lamp) if lamp else Markup('<span class="quiet">不承担</span>')
        )
        for day, lamp in days
    )
    return Markup('<ol class="lamps-over-time" aria-label="{}">{}</ol>').format(
        "、".join(f"{day}{FACES[lamp].word if lamp else '不承担'}" for day, lamp in days), cells
    )
