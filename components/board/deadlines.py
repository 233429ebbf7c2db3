"""The plan's deadlines: per last day the plan's words, days left, tasks, and how much is finished."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from markupsafe import Markup

from components.board.lamp_list import UNDATED, to_list
from components.elements.bars import lamp_bar
from components.elements.context import PageContext
from components.elements.lamp import tally
from components.elements.tables import Column, Row, table
from models.lamps import Lamp, MeasureLamp, Scorecard

COLUMNS = (
    Column("期限（含当日）和方案原文", css="nowrap"),
    Column("距今", number=True),
    Column("任务", number=True),
    Column("红绿灯分布", css="wide"),
    Column("已完成", number=True, told=True),
)


def deadlines(card: Scorecard, working_days_left: Callable[[date], int], here: PageContext) -> Markup:
    """Earliest first; what has no deadline stands last. Each leads to the list of what is due by then."""
    groups: dict[date | None, list[MeasureLamp]] = defaultdict(list)
    for row in card.lamps:
        groups[row.deadline].append(row)
    ordered = sorted(groups, key=lambda day: (day is None, day or date.max))
    return table(
        COLUMNS,
        [_row(day, groups[day], card.as_of, working_days_left, here) for day in ordered],
        css="stacked deadlines",
    )


def _row(day: date | None, rows: list[MeasureLamp], today: date, left: Callable[[date], int], here: PageContext) -> Row:
    found = tally(rows)
    finished = found.counts[Lamp.DONE] + found.counts[Lamp.DONE_LATE]
    words = "、".join(dict.fromkeys(row.deadline_text or "未写明" for row in rows))
    tasks = len({row.task for row in rows})
    share = Markup('{:,}<span class="of">／{:,}</span>').format(finished, found.counted)
    named = Markup('{} <span class="quiet">{}</span>').format(
        to_list(day.isoformat() if day else "未定", here, deadline=day or UNDATED), words
    )
    return (named, distance(day, today, left), tasks, lamp_bar(found.counts), share)


def distance(day: date | None, today: date, working_days_left: Callable[[date], int]) -> str:
    """“6 个工作日”, “今日”, “已过 23 天”."""
    if day is None:
        return "—"
    if day < today:
        return f"已过 {(today - day).days} 天"
    return "今日" if day == today else f"{working_days_left(day)} 个工作日"
