"""渠道完备度: the items that are not in the hall or not the same as on the platform, and whose they are."""

from __future__ import annotations

import streamlit as st

from components.areas.pictures import Stage, funnel, stacked
from components.areas.sections import completeness as tables
from components.areas.sections.area_context import AreaContext
from components.areas.stories.titles import shown_of
from components.areas.stories.to_do import TABLE, MissingItems, draw_missing_items
from components.areas.story import Story
from components.elements.charts import Pick, chart_of, picture
from components.elements.empty_state import subsection
from components.elements.rendering import render
from models.chart_data import Stack
from services.areas.items import answers_by_unit

HALL, SOURCE = "未进驻大厅", "与平台不一致"
QUESTIONS = ((HALL, "in_hall", "hall_presence_rate"), (SOURCE, "same_source", "same_source_rate"))
MOST_UNITS = 12


def _missing(here: AreaContext) -> list[MissingItems]:
    """Return the gaps of the units that bear the measure."""
    rows = []
    for what, question, indicator in QUESTIONS:
        bound, measure = here.bound(indicator), here.measure_of(indicator)
        for row in answers_by_unit(here.frames, "hall_and_source", question):
            number = row.total - (row.parts[0] or 0)
            if number and measure and (bound is None or row.label in bound):
                href = here.page.address("lamp", measure=measure.code, unit=row.label)
                rows.append(MissingItems(row.label, what, number, row.total, href))
    return rows


def _title(here: AreaContext) -> str:
    """Return “14 项未进驻大厅，21 项与平台不一致，涉及 15 个单位”."""
    if here.frames["hall_and_source"].empty:
        return ""
    rows = here.once(_missing)
    parts = [
        f"{sum(row.number for row in rows if row.what == what):,.0f} 项{what}"
        for what, _, _ in QUESTIONS
        if any(row.what == what for row in rows)
    ]
    units = len({row.unit for row in rows})
    return f"{'，'.join(parts)}，涉及 {units} 个单位" if parts else "应进驻的事项均已进驻大厅，与平台一致"


def _draw(here: AreaContext) -> None:
    if here.frames["hall_and_source"].empty:
        render(subsection("进驻大厅和服务同源") + here.empty("guides"))
        return
    rows = here.once(_missing)
    left, right = st.columns([5, 7], gap="medium")
    with left:
        _funnel(here)
    with right:
        _units(rows)
    draw_missing_items(rows, here.page)


def _funnel(here: AreaContext) -> None:
    """Draw how many items of the units that bear the measures are in the hall, and how many of these fit."""
    items, bound = here.frames["hall_and_source"], here.bound("hall_presence_rate")
    own = items if bound is None else items[items["unit"].isin(bound)]
    total = own["number"].sum()
    in_hall = own[own["in_hall"] == "是"]
    both = in_hall.loc[in_hall["same_source"] == "是", "number"].sum()
    there = in_hall["number"].sum()
    stages = [
        Stage("已报送事项", "", total),
        Stage("已进驻大厅", HALL, there, total - there, "未进驻或未填"),
        Stage("且与平台一致", SOURCE, both, there - both, "不一致或未填"),
    ]
    finding = f"{both:,.0f}／{total:,.0f} 项两样都做到（{both / total:.1%}）" if total else "没有事项"
    picture(chart_of(funnel, stages, "事项"), "从事项到同源服务", finding, Pick("key", TABLE, "what"))


def _units(rows: list[MissingItems]) -> None:
    units = {row.unit for row in rows}
    stacks = [
        Stack(
            unit,
            tuple(sum(row.number for row in rows if row.unit == unit and row.what == what) for what, _, _ in QUESTIONS),
        )
        for unit in units
    ]
    ranked = sorted(stacks, key=lambda row: (-row.total, row.label))[:MOST_UNITS]
    if ranked:
        finding = shown_of("欠缺最多", len(ranked), len(units))
        chart = chart_of(stacked, ranked, [what for what, _, _ in QUESTIONS], "事项")
        picture(chart, "欠在哪些单位", finding, Pick("name", TABLE, "unit"))


STORY = Story(_title, _draw, tables.sections)
