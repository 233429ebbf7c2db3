"""帮办代办: which way of service is late for which clients, and how old what is open has become."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from components.areas.pictures import Bar, Cell, bars, heat
from components.areas.sections import help_on_behalf as tables
from components.areas.sections.area_context import AreaContext
from components.areas.stories.open_cases import TABLE, draw_open_cases
from components.areas.story import Story
from components.elements import cache
from components.elements.charts import Pick, chart_of, picture
from components.elements.empty_state import empty_state, subsection
from components.elements.rendering import render
from models.cases import Case, CaseKind
from models.lamps import Lamp
from rules.breakdowns import LATE
from services.areas.help import CLIENTS, OVERDUE, WAYS, told_overdue

AGES = (
    (0, "未到期"),
    (7, "逾期 7 天以内"),
    (30, "逾期 8 至 30 天"),
    (60, "逾期 31 至 60 天"),
    (10_000, "逾期 60 天以上"),
)


def _title(here: AreaContext) -> str:
    """Return “28 件帮办逾期未办，最久的已逾期 71 天”."""
    overdue = [case for case in cache.caseload("help_cases", here.card.as_of, None).open if case.lamp is Lamp.OVERDUE]
    days = [(here.card.as_of - case.due).days for case in overdue if case.due]
    return f"{len(overdue):,} 件帮办逾期未办，最久的已逾期 {max(days)} 天" if days else ""


def _draw(here: AreaContext) -> None:
    if here.frames["help"].empty:
        render(subsection("服务方式和服务对象") + here.empty("help_cases"))
        return
    left, right = st.columns([7, 5], gap="medium")
    with left:
        _ways(here)
    with right:
        _ages(here)
    day = here.card.as_of
    draw_open_cases(
        [cache.caseload("help_cases", day, None)],
        here.page,
        steps=[("client", "服务对象", _client), ("age", "逾期", lambda _, case: _age(case, day))],
    )


def _client(_: CaseKind, case: Case) -> str:
    return next((client for client in CLIENTS if case.subject.startswith(client)), "未填")


def _age(case: Case, day: date) -> str:
    days = (day - case.due).days if case.due else 0
    return next(words for most, words in AGES if days <= most)


def _ways(here: AreaContext) -> None:
    cases = told_overdue(here.frames["help"], here.card.as_of)
    late = cases[cases["state"].isin((OVERDUE, LATE))]
    numbers: dict[Any, float] = cases.groupby(["client", "way"])["number"].sum().to_dict()
    lates: dict[Any, float] = late.groupby(["client", "way"])["number"].sum().to_dict()
    cells = [_cell(str(key[0]), str(key[1]), number, lates.get(key, 0)) for key, number in numbers.items()]
    worst = max(cells, key=lambda cell: cell.depth, default=None)
    finding = f"{worst.column}·{worst.row}最高；格内为逾期件数／办件数" if worst and worst.depth else "没有逾期"
    chart = chart_of(heat, cells, CLIENTS, WAYS, ("服务对象", "服务方式"), is_late=True)
    picture(chart, "服务方式 × 服务对象的逾期比例", finding, Pick("row", TABLE, "client"))


def _cell(client: str, way: str, number: float, late: float) -> Cell:
    words = f"办件 {number:,.0f}，逾期（含逾期办结）{late:,.0f}（{late / number:.1%}）"
    return Cell(client, way, min(1.0, 4 * late / number), f"{late:,.0f}／{number:,.0f}", words)


def _ages(here: AreaContext) -> None:
    opened = cache.caseload("help_cases", here.card.as_of, None).open
    if not opened:
        render(subsection("未办结的已经多久") + empty_state("截至该日没有未办结的帮办件。"))
        return
    counts = {words: 0 for _, words in AGES}
    for case in opened:
        counts[_age(case, here.card.as_of)] += 1
    rows = [Bar(words, number, late=words != AGES[0][1]) for words, number in counts.items()]
    longest = max(counts, key=lambda words: counts[words])
    finding = f"未办结 {len(opened):,} 件，{longest}的最多"
    picture(chart_of(bars, rows, "件数"), "未办结的已经多久", finding, Pick("name", TABLE, "age"))


STORY = Story(_title, _draw, tables.sections)
