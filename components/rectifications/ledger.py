"""The ledger of rectifications as one table, and how they spread over lamps by unit, source, area and cause."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from catalogue.areas import area_of
from components.elements.area_column import area_column
from components.elements.context import PageContext
from components.elements.lamp import chip
from components.elements.lamp_column import lamp_bar_column
from components.elements.rendering import Parts, parts_of
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.elements.templates import from_template
from models.lamps import FACES, Lamp
from models.rectifications import Rectification
from rules.rectifications.sources import read_reference
from services.rectifications.ledger import Ledger

SHOWN = (Lamp.OVERDUE, Lamp.DUE_SOON, Lamp.TO_VERIFY, Lamp.ON_TRACK, Lamp.DONE_LATE, Lamp.DONE, Lamp.DOUBT)
NOTHING = "截至该日没有整改事项。"


def finding(ledger: Ledger, unit: str | None = None) -> str:
    """Return “区人社局：整改事项 8 件，逾期 2、临期 1；已销号 3” for the title of a page."""
    whose = f"{unit}：" if unit else ""
    if not ledger.rectifications:
        return f"{whose}{NOTHING.removesuffix('。')}"
    counts = ledger.counts
    still = "、".join(f"{FACES[lamp].word} {counts[lamp]:,}" for lamp in SHOWN[:4] if counts.get(lamp))
    closed = counts.get(Lamp.DONE, 0) + counts.get(Lamp.DONE_LATE, 0)
    return f"{whose}整改事项 {len(ledger.rectifications):,} 件，{still or '没有未销号的'}；已销号 {closed:,}"


def summary(ledger: Ledger) -> Markup:
    """Return what the ledger adds up to, in one line of figures with what each is of."""
    total, days = len(ledger.rectifications), ledger.days_to_close
    return from_template(
        "rectifications/summary.html",
        figures=[
            ("立项到销号（中位数）", "—" if days is None else f"{days:g} 个工作日"),
            ("退回过", f"{ledger.returned:,}／{total:,}"),
            ("销号后重新整改（反弹）", f"{ledger.reopened:,}／{total:,}"),
            ("同一单位同一问题重复发生", f"{ledger.repeated:,}／{total:,}"),
        ],
    )


def ledger_table(here: PageContext, title: str = "整改台账") -> Table[Rectification]:
    """Return the declaration of the ledger; its rows are rectifications."""
    return Table(
        "ledger",  # its filter of units is not the unit of the page
        title,
        (
            Column("number", "编号", lambda item: item.number, width=Width.UNBROKEN, href=_address(here)),
            Column("lamp", "红绿灯", lambda item: item.lamp, Kind.LAMP, is_filter=True, drawn=_lamp),
            Column("state", "状态", lambda item: item.course.state.word, width=Width.UNBROKEN, is_filter=True),
            Column(
                "unit",
                "责任单位",
                lambda item: item.unit,
                Kind.UNIT,
                Width.UNBROKEN,
                href=lambda item: here.address("unit", unit=item.unit),
                is_filter=True,
            ),
            area_column(lambda item: item.area),
            Column("issue", "问题", lambda item: item.issue, width=Width.PROSE),
            Column(
                "source", "来源", lambda item: item.source_kind.word, width=Width.PROSE, is_filter=True, drawn=_source
            ),
            Column("opened", "立项日期", lambda item: item.course.opened_on, Kind.DAY, Width.UNBROKEN),
            Column("due", "时限", lambda item: item.course.due, Kind.DAY, Width.UNBROKEN, drawn=_due),
            Column("days", "距时限", lambda item: item.days, Kind.NUMBER, unit=" 天", hint="工作日，负数为已逾期"),
            Column("age", "办理用时", lambda item: item.age, Kind.NUMBER, unit=" 天", hint="立项至今或至销号的工作日"),
            Column("extensions", "延期", lambda item: item.course.extensions, Kind.NUMBER, unit=" 次", folds=True),
            Column("returns", "退回", lambda item: item.course.returns, Kind.NUMBER, unit=" 次", folds=True),
            Column("repeats", "重复", lambda item: item.repeats, width=Width.UNBROKEN, href=_repeats(here), folds=True),
        ),
        counted="件",
        group_by="unit",
        css="ledger",
        nothing=NOTHING,
        what_to_do="核实的问题、逾期的举措和案件、线索、批示都可以立项整改。",
    )


def _address(here: PageContext) -> Callable[[Rectification], str]:
    return lambda item: here.address("rectification", number=item.number)


def _repeats(here: PageContext) -> Callable[[Rectification], str | None]:
    return lambda item: here.address("rectification", number=item.repeats) if item.repeats else None


def _lamp(item: Rectification) -> Markup:
    late = item.lamp is Lamp.OVERDUE and item.days is not None and item.days < 0
    return chip(item.lamp, f"{-(item.days or 0)} 天" if late else "")


def _source(item: Rectification) -> str:
    reference = read_reference(item.source)
    return reference.words if reference else item.source


def _due(item: Rectification) -> Markup | str:
    course = item.course
    if course.due == course.due_first:
        return course.due.isoformat()
    return from_template("rectifications/due.html", due=course.due, first=course.due_first)


def breakdown_tables(ledger: Ledger, here: PageContext) -> Parts:
    """Return how they spread over the lamps by source, by area and by cause, one small table each."""
    groups: Sequence[tuple[str, Callable[[Rectification], str | None]]] = (
        ("来源", lambda item: item.source_kind.word),
        ("领域", lambda item: area_of(item.area).title if item.area else None),
        ("原因", lambda item: item.cause),
    )
    spread = {heading: list(ledger.counts_by(group).items()) for heading, group in groups}
    every = [row for rows in spread.values() for row in rows]
    return parts_of(
        table_parts(_breakdown_table(heading, rows, every), rows, here) for heading, rows in spread.items() if rows
    )


Breakdown = tuple[str, dict[Lamp, int]]


def _breakdown_table(heading: str, rows: Sequence[Breakdown], every: Sequence[Breakdown]) -> Table[Breakdown]:
    """Return one of the tables; `every`: the rows of them all, so that a length tells the same number in each."""
    return Table(
        heading,
        f"整改按{heading}",
        (
            Column("name", heading, lambda row: row[0], width=Width.UNBROKEN),
            lamp_bar_column(lambda row: row[1], every),
            Column("overdue", "逾期", lambda row: row[1].get(Lamp.OVERDUE, 0), Kind.NUMBER),
            Column("total", "合计", lambda row: sum(row[1].values()), Kind.NUMBER),
        ),
        counted="类",
        page_size=None,
    )
