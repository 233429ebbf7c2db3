"""办理成熟度: how deep items are handled online, unit by unit, and whose cases are not pushed."""

from __future__ import annotations

import streamlit as st

from components.areas.pictures import control_chart, stacked
from components.areas.sections import maturity as tables
from components.areas.sections.area_context import AreaContext
from components.areas.sections.targets import target_of
from components.areas.stories.titles import most_missed, shown_of
from components.areas.story import Story
from components.elements.charts import Pick, chart_of, picture
from components.elements.empty_state import subsection
from components.elements.figures import percent
from components.elements.rendering import render
from models.chart_data import Share
from services.areas.items import DEPTHS, depth_by_unit, pushed_by_unit

MOST_UNITS = 14
UNIT_TABLE = "units"


def _title(here: AreaContext) -> str:
    """Return “办件推送率未达标的单位最多，32 个；全程网办占比 78.1%”."""
    rows = [] if here.frames["online_depth"].empty else depth_by_unit(here.frames)
    online, total = sum(row.parts[0] or 0 for row in rows), sum(row.total for row in rows)
    words = f"全程网办占比 {percent(online / total)}" if total else ""
    return "；".join(filter(None, (most_missed(here), words)))


def _draw(here: AreaContext) -> None:
    left, right = st.columns([6, 6], gap="medium")
    with left:
        _depth(here)
    with right:
        _pushed(here)


def _depth(here: AreaContext) -> None:
    if here.frames["online_depth"].empty:
        render(subsection("网上办理深度") + here.empty("guides"))
        return
    rows = depth_by_unit(here.frames)
    lowest = rows[:MOST_UNITS]
    target = target_of(here, "whole_process_online_rate")
    below = sum(1 for row in rows if target is not None and (row.first().value or 0) < target)
    goal = f"{below} 个单位低于目标 {100 * target:.4g}%；" if target is not None else ""
    finding = goal + shown_of("全程网办占比最低", len(lowest), len(rows))
    picture(chart_of(stacked, lowest, DEPTHS, "事项"), "网上办理深度", finding, Pick("name", UNIT_TABLE, "unit"))


def _pushed(here: AreaContext) -> None:
    rows = [row for row in pushed_by_unit(here.frames) if row.part is not None and row.whole]
    if not rows:
        render(subsection("办件推送率") + here.empty("monthly_cases"))
        return
    whole = Share("", sum(row.part or 0 for row in rows), sum(row.whole or 0 for row in rows))
    finding = f"全区 {percent(whole.value)}；灰带为随机波动范围，实心点低于下限；虚线为目标值"
    points = [(row.label, row.part or 0.0, row.whole or 1.0) for row in rows]
    chart = chart_of(control_chart, points, "推送率", target_of(here, "case_push_rate"))
    picture(chart, "办件推送率", finding, Pick("name", UNIT_TABLE, "unit"))


STORY = Story(_title, _draw, tables.sections, filters_units=True)
