"""Milestones by unit: state, lamp, people and evidence of each, as rows of a table; every row opens the assignment's
page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from components.elements.area_column import area_column, area_of_measure
from components.elements.context import PageContext
from components.elements.lamp import chip, tally
from components.elements.lamp_column import lamp_bar_column
from components.elements.last_day import last_day
from components.elements.table import Column, Kind, Table, Width, draw_table
from components.elements.templates import from_template
from models.lamps import FACES, Lamp, MeasureLamp, Scorecard
from services.milestones.progress import Assignment

Lamps = Mapping[tuple[str, str | None], MeasureLamp]
Files = Counter[tuple[str, str]]
ON_A_PAGE = 20


def lamps_of(card: Scorecard) -> Lamps:
    return {(row.measure, row.unit): row for row in card.lamps}


def draw_units(assignments: Sequence[Assignment], lamps: Lamps, files: Files, here: PageContext) -> None:
    """Draw one row a unit, those with most to verify first."""
    by_unit: dict[str, list[Assignment]] = {}
    for assignment in assignments:
        by_unit.setdefault(assignment.unit, []).append(assignment)
    counts = {
        unit: tally(lamps[assignment.measure, unit] for assignment in mine).counts for unit, mine in by_unit.items()
    }

    def counted(lamp: Lamp) -> Column[str]:
        return Column(lamp.value, FACES[lamp].word, lambda unit: counts[unit][lamp], Kind.NUMBER)

    columns: Sequence[Column[str]] = (
        Column[str](
            "unit",
            "责任单位",
            lambda unit: unit,
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda unit: here.address("progress", unit=unit),
        ),
        lamp_bar_column(lambda unit: counts[unit], by_unit),
        Column[str](
            Lamp.TO_VERIFY.value,
            FACES[Lamp.TO_VERIFY].word,
            lambda unit: sum(lamps[assignment.measure, unit].awaits_verification for assignment in by_unit[unit]),
            Kind.NUMBER,
        ),
        Column[str](
            "returned",
            "已退回",
            lambda unit: sum(bool(assignment.returned) for assignment in by_unit[unit]),
            Kind.NUMBER,
        ),
        counted(Lamp.NOT_REPORTED),
        counted(Lamp.OVERDUE),
        Column[str](
            "files",
            "证明材料",
            lambda unit: sum(files[assignment.measure, unit] for assignment in by_unit[unit]),
            Kind.NUMBER,
        ),
    )
    urgent = (Lamp.TO_VERIFY, Lamp.OVERDUE, Lamp.NOT_REPORTED)
    ranked = sorted(by_unit, key=lambda unit: tuple(-counts[unit][lamp] for lamp in urgent))
    table = Table("units", "各单位的节点举措", columns, counted="个单位", page_size=None, has_search=True)
    draw_table(table, ranked, here)


def draw_assignments(mine: Sequence[Assignment], lamps: Lamps, files: Files, here: PageContext) -> None:
    """Draw the milestones of one unit in the order of the plan."""
    columns = (
        *_measure(here),
        _lamp(lamps),
        _deadline(lamps),
        Column[Assignment]("said", "进展", _in_words, width=Width.REASON, drawn=_with_return),
        Column[Assignment]("leader", "责任领导", lambda assignment: assignment.leader or "未报", width=Width.UNBROKEN),
        Column[Assignment]("person", "责任人", lambda assignment: assignment.person or "未报", width=Width.UNBROKEN),
        _files(files),
    )
    table = Table("", "节点举措", columns, page_size=None, nothing="这个单位没有按节点评价的举措。")
    draw_table(table, mine, here)


def draw_waiting(waiting: Sequence[Assignment], files: Files, here: PageContext) -> None:
    """Draw what units reported done and the bureau has not decided on, the oldest first; each opens the page where it
    decides.
    """
    columns = (
        *_measure(here),
        _unit(here),
        Column[Assignment]("done", "完成日期", _completed_on, Kind.DAY, Width.UNBROKEN),
        Column[Assignment]("account", "进展情况", _account, width=Width.REASON),
        _files(files),
    )
    rows = sorted(waiting, key=lambda assignment: _completed_on(assignment) or date.max)
    table = Table(
        "waiting",
        "待核验",
        columns,
        group_by="unit",
        nothing="没有待核验的举措。",
        page_size=ON_A_PAGE,
    )
    draw_table(table, rows, here)


def draw_returned(returned: Sequence[Assignment], lamps: Lamps, files: Files, here: PageContext) -> None:
    """Draw what the bureau returned and the unit has not reported done again; each opens its page."""
    columns = (
        *_measure(here),
        _unit(here),
        _lamp(lamps),
        _deadline(lamps),
        Column[Assignment]("reason", "退回理由", lambda assignment: assignment.returned, width=Width.REASON),
        _files(files),
    )
    table = Table("returned", "已退回", columns, nothing="没有待重新报送的举措。", page_size=ON_A_PAGE, group_by="unit")
    draw_table(table, returned, here)


def _completed_on(assignment: Assignment) -> date | None:
    return assignment.latest.completed_on if assignment.latest else None


def _account(assignment: Assignment) -> str | None:
    return assignment.latest.account if assignment.latest else None


def _page_of(assignment: Assignment, here: PageContext) -> str:
    return here.address("assignment", measure=assignment.measure, unit=assignment.unit)


def _measure(here: PageContext) -> tuple[Column[Assignment], ...]:
    area_of = area_of_measure(here)
    return (
        Column(
            "measure",
            "举措",
            lambda assignment: assignment.measure,
            width=Width.UNBROKEN,
            href=lambda assignment: _page_of(assignment, here),
        ),
        Column("title", "内容", lambda assignment: assignment.title, width=Width.PROSE, phone_label=False),
        area_column(lambda assignment: area_of(assignment.measure)),
    )


def _unit(here: PageContext) -> Column[Assignment]:
    return Column(
        "unit",
        "责任单位",
        lambda assignment: assignment.unit,
        Kind.UNIT,
        Width.UNBROKEN,
        href=lambda assignment: _page_of(assignment, here),
        is_filter=True,
    )


def _lamp(lamps: Lamps) -> Column[Assignment]:
    return Column(
        "lamp",
        "红绿灯",
        lambda assignment: lamps[assignment.measure, assignment.unit].lamp,
        Kind.LAMP,
        Width.UNBROKEN,
        is_filter=True,
    )


def _deadline(lamps: Lamps) -> Column[Assignment]:
    return Column(
        "deadline",
        "期限",
        lambda assignment: last_day(lamps[assignment.measure, assignment.unit]),
        Kind.DAY,
        Width.UNBROKEN,
        order=lambda assignment: lamps[assignment.measure, assignment.unit].deadline,
    )


def _files(files: Files) -> Column[Assignment]:
    return Column("files", "材料", lambda assignment: files[assignment.measure, assignment.unit], Kind.NUMBER)


def _with_return(assignment: Assignment) -> Markup:
    """Return the account; a return stands before what was said, which may read as if all were done."""
    return from_template("milestones/account.html", returned=assignment.returned, account=said(assignment))


def _in_words(assignment: Assignment) -> str:
    return "；".join(filter(None, (assignment.returned and f"退回：{assignment.returned}", said(assignment))))


def said(assignment: Assignment) -> str:
    """Return “2023-07 推进中 60%：正在梳理”."""
    line = assignment.latest
    if line is None:
        return "从未报送"
    share = f" {line.percent}%" if line.percent is not None else ""
    return f"{line.month} {line.state}{share}：{line.account or ''}"


def lamp_over_time(days: Sequence[tuple[str, Lamp | None]]) -> Markup:
    """Return one chip a day, oldest first: the lamp at each month's end; None: the unit did not bear the measure."""
    words = "、".join(f"{day}{FACES[lamp].word if lamp else '不承担'}" for day, lamp in days)
    return from_template("milestones/over_time.html", words=words, days=days, chip=chip)
