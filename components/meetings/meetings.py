"""Meetings on the screen: the list, and one with what units took on there."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import empty_state, section
from components.elements.facts import clock, facts
from components.elements.links import link
from components.elements.rendering import Content
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.rectifications.ledger import ledger_table
from models.meetings import Meeting
from models.rectifications import Rectification


def meetings_table(here: PageContext) -> Table[Meeting]:
    """Return the table of meetings."""
    return Table(
        "meetings",
        "督查会议",
        (
            Column("number", "编号", lambda meeting: meeting.number, width=Width.UNBROKEN),
            Column(
                "name",
                "会议",
                lambda meeting: meeting.name,
                width=Width.PROSE,
                href=lambda meeting: here.address("meeting", number=meeting.number),
            ),
            Column("day", "日期", lambda meeting: meeting.held_on, Kind.DAY, Width.UNBROKEN),
            Column("units", "参会单位", lambda meeting: len(meeting.units), Kind.NUMBER),
            Column("promised", "交办", lambda meeting: len(meeting.commitments), Kind.NUMBER),
            Column(
                "open",
                "未销号",
                lambda meeting: sum(not item.course.is_over for item in meeting.commitments),
                Kind.NUMBER,
            ),
            Column("state", "状态", lambda meeting: meeting.state_on(here.day), is_filter=True, width=Width.UNBROKEN),
        ),
        counted="次",
        nothing="截至该日没有登记督查会议。",
        what_to_do="管理局或督查室可以在本页登记。",
    )


def meeting_facts(meeting: Meeting, here: PageContext) -> Markup:
    units = Markup("、").join(link(unit, here.address("unit", unit=unit)) for unit in meeting.units)
    pairs: list[tuple[str, str | Markup]] = [
        ("日期", meeting.held_on.isoformat()),
        ("状态", meeting.state_on(here.day)),
        ("取消理由", meeting.cancelled or ""),
        ("参会单位", units),
        ("对比日期", f"{meeting.since}（会议材料与此日相比）" if here.own_unit is None else ""),
        ("登记", f"{clock(meeting.at)} {meeting.by}"),
    ]
    return facts(*((name, value) for name, value in pairs if value))


def commitments_markup(items: Sequence[Rectification], here: PageContext, title: str = "交办事项") -> Content:
    """Return the commitments, each a rectification with its lamp."""
    head = section(title, f"{len(items)} 件，列入整改台账，按时限销号")
    if not items:
        return head + empty_state(f"没有{title}。")
    return head + table_parts(ledger_table(here, title), items, here)
