"""工程审批: how long each stage takes against the promise, growth against last year, and who could and did not."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from catalogue.indicators import INDICATORS
from components.areas.pictures import Bar, Span, bars, ranges
from components.areas.sections import engineering_approvals as tables
from components.areas.sections.area_context import AreaContext
from components.areas.story import Story
from components.elements import cache
from components.elements.charts import Pick, chart_of, picture
from components.elements.empty_state import empty_state, section, subsection
from components.elements.figures import with_minus
from components.elements.rendering import render
from components.elements.table import Column, Kind, Table, Width, draw_table
from models.lamps import IndicatorResult, Lamp
from services.areas.approval_days import approval_days
from services.areas.engineering import not_assessed

PROJECTS, FEW = "could", 5
INCREASING = ("intermediary_selections", "joint_survey_rate", "utility_cases")
Unused = tuple[str, str, str]
"""Unit, project code and name of one that could use a regional assessment and did not."""


def _title(here: AreaContext) -> str:
    """Return “13 件审批逾期未办，24 个项目符合条件但未应用区域评估”."""
    overdue = cache.caseload("approvals", here.card.as_of, None).of(None).get(Lamp.OVERDUE, 0)
    unused = _projects_in(here.once(_unused))
    parts = [f"{overdue:,} 件审批逾期未办"] if overdue else []
    if unused:
        parts.append(f"{unused} 个项目符合条件但未应用区域评估")
    return "，".join(parts)


def _unused(here: AreaContext) -> list[Unused]:
    if here.frames["projects"].empty:
        return []
    return [(unit, code, name) for code, name, units in not_assessed(here.frames) for unit in units.split("、")]


def _projects_in(rows: list[Unused]) -> int:
    """Return how many projects they are; one that several units approved is one."""
    return len({code for _, code, _ in rows})


def _draw(here: AreaContext) -> None:
    unused = here.once(_unused)
    left, middle, right = st.columns([5, 4, 4], gap="medium")
    with left:
        _stages(here)
    with middle:
        _growth(here)
    with right:
        _units(unused)
    _projects(unused, here)


def _stages(here: AreaContext) -> None:
    rows = cache.answer(approval_days, here.card.as_of)
    if not rows:
        render(subsection("各阶段用时") + here.empty("approvals"))
        return
    spans = [
        Span(row.stage, row.median, row.ninetieth, f"{row.median:.4g}／{row.ninetieth:.4g} 日", row.promised)
        for row in rows
    ]
    beyond = sum(row.ninetieth > row.promised for row in rows)
    finding = f"{beyond} 个阶段九成用时超过承诺" if beyond else "各阶段九成在承诺内办结"
    chart = chart_of(ranges, spans, "中位数（工作日）", "九成办结（工作日）", "承诺（工作日）")
    picture(chart, "各阶段用时", f"{finding}；● 中位数，○ 九成，竖线承诺")


def _growth(here: AreaContext) -> None:
    """Draw the figures that must exceed last year's, each beside it."""
    rows = []
    for code in INCREASING:
        result = _result(here, code)
        if result is None or result.value is None:
            continue
        title = INDICATORS[code].title
        is_share = result.denominator is not None
        if result.target is None:
            rows.append(Bar(title, 0.0, words=f"{_amount(result.value, is_share)}，上年基数未录入"))
        else:
            more = result.value / result.target if result.target else 0.0
            growth = with_minus(f"{more - 1:+.1%}")
            words = f"{_amount(result.value, is_share)}，上年 {_amount(result.target, is_share)}（{growth}）"
            rows.append(Bar(title, more, words=words))
    if not rows:
        render(subsection("与上年相比") + here.empty("engineering_monthly"))
        return
    known = sum("未录入" not in row.words for row in rows)
    finding = f"{known} 项有上年基数" + ("，其余待录入" if known < len(rows) else "")
    picture(chart_of(bars, rows, "与上年之比", is_counted=False), "与上年相比", finding)


def _result(here: AreaContext, code: str) -> IndicatorResult | None:
    return next((result for _, result in here.card.results_on(code)), None)


def _amount(value: float, is_share: bool) -> str:
    return f"{value:.1%}" if is_share else f"{value:,.0f}"


def _units(unused: list[Unused]) -> None:
    counts = Counter(unit for unit, _, _ in unused)
    if not counts:
        render(subsection("未应用区域评估的项目") + empty_state("没有符合条件但未应用的项目。"))
        return
    rows = [Bar(unit, number) for unit, number in counts.most_common()]
    finding = f"{_projects_in(unused)} 个项目，按审批单位"
    picture(chart_of(bars, rows, "项目"), "未应用区域评估的项目", finding, Pick("name", PROJECTS, "unit"))


def _projects(rows: list[Unused], here: AreaContext) -> None:
    render(section("符合条件但未应用区域评估的项目", f"{_projects_in(rows)} 个", "could"))
    if not rows:
        render(empty_state("已报送的项目没有符合条件但未应用的。"))
        return
    columns = (
        Column[Unused]("code", "项目代码", lambda row: row[1], width=Width.UNBROKEN),
        Column[Unused]("name", "项目名称", lambda row: row[2], width=Width.PROSE),
        Column[Unused](
            "unit",
            "审批单位",
            lambda row: row[0],
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda row: here.page.address("indicator", code=tables.ASSESSMENT, unit=row[0]),
            is_filter=True,
        ),
    )
    draw_table(Table(PROJECTS, "未应用区域评估的项目", columns, counted="行", page_size=FEW), rows, here.page)


STORY = Story(_title, _draw, tables.sections)
