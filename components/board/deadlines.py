"""The plan's deadlines: per last day the plan's words, days left, tasks, and how much is finished."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from markupsafe import Markup

from components.board.lamp_list import day_asked, to_list
from components.elements.context import PageContext
from components.elements.lamp import tally
from components.elements.lamp_column import lamp_bar_column
from components.elements.last_day import last_day
from components.elements.phrases import quiet
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Share, Table, Width, table_parts
from models.lamps import MeasureLamp, Scorecard


@dataclass(frozen=True)
class Due:
    """What is due on one day. `parameter`: how the address asks for it, a day or why there is none."""

    parameter: str
    lamps: Sequence[MeasureLamp]

    @property
    def day(self) -> date | None:
        return self.lamps[0].deadline

    @property
    def plan_words(self) -> str:
        return "、".join(dict.fromkeys(lamp.deadline_text or "未写明" for lamp in self.lamps))

    @property
    def finished(self) -> Share:
        counts = tally(self.lamps)
        return Share(counts.finished, counts.counted)


def deadlines(card: Scorecard, working_days_left: Callable[[date], int], here: PageContext) -> Parts:
    """Return the days, earliest first; what has no deadline stands last. Each leads to the list of what is due by
    then.
    """
    groups: dict[str, list[MeasureLamp]] = defaultdict(list)
    for lamp in card.lamps:
        groups[day_asked(lamp)].append(lamp)
    days = [Due(parameter, groups[parameter]) for parameter in sorted(groups)]  # what is no day stands behind the days
    columns: Sequence[Column[Due]] = (
        Column[Due](
            "day",
            "期限（含当日）和方案原文",
            lambda due: last_day(due.lamps[0]),
            Kind.DAY,
            Width.UNBROKEN,
            order=_day,
            drawn=partial(_named, here),
        ),
        Column[Due]("words", "方案原文", lambda due: due.plan_words, only_exported=True),
        Column[Due](
            "left",
            "距今",
            lambda due: distance(due.day, card.as_of, working_days_left),
            width=Width.AT_RIGHT,
            order=_day,
        ),
        Column[Due]("tasks", "任务", lambda due: len({lamp.task for lamp in due.lamps}), Kind.NUMBER),
        lamp_bar_column(lambda due: tally(due.lamps).counts, days),
        Column[Due]("finished", "已完成", lambda due: due.finished, Kind.SHARE),
    )
    return table_parts(Table("due", "期限", columns, counted="个期限", page_size=None, has_search=False), days, here)


def _day(due: Due) -> date | None:
    return due.day


def _named(here: PageContext, due: Due) -> Markup:
    day = to_list(str(last_day(due.lamps[0])), here, deadline=due.parameter)
    return Markup("{} {}").format(day, quiet(due.plan_words))


def distance(day: date | None, today: date, working_days_left: Callable[[date], int]) -> str:
    """Return “6 个工作日”, “今日”, “已过 23 天”."""
    if day is None:
        return "—"
    if day < today:
        return f"已过 {(today - day).days} 天"
    return "今日" if day == today else f"{working_days_left(day)} 个工作日"
