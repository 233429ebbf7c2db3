"""事项覆盖度: from the catalogue to a complete guide, what is lost on the way, and what is still to be done."""

from __future__ import annotations

import streamlit as st

from components.areas.pictures import Bar, Stage, bars, funnel
from components.areas.sections import coverage as tables
from components.areas.sections.area_context import AreaContext
from components.areas.stories.to_do import TABLE, MissingItems, draw_missing_items
from components.areas.story import Story
from components.elements.charts import Pick, chart_of, picture
from components.elements.empty_state import empty_state, subsection
from components.elements.rendering import render
from models.lamps import IndicatorResult
from services.areas.items import elements_blank

UNCLAIMED, UNPUBLISHED, INCOMPLETE = "未认领", "指南未发布", "要素不全"
QUESTIONS = (
    (UNCLAIMED, "item_claim_rate"),
    (UNPUBLISHED, "guide_publication_rate"),
    (INCOMPLETE, "element_completeness_rate"),
)
MOST_ELEMENTS = 9


def _results(here: AreaContext, indicator: str) -> dict[str, IndicatorResult]:
    return {
        unit: result
        for unit, result in here.card.results_of(indicator).items()
        if result.numerator is not None and result.denominator
    }


def _missing(here: AreaContext) -> list[MissingItems]:
    """Return what the units' figures lack to the whole."""
    rows = []
    for what, indicator in QUESTIONS:
        measure = here.measure_of(indicator)
        for unit, result in _results(here, indicator).items():
            number = (result.denominator or 0) - (result.numerator or 0)
            if measure and number > 0:
                href = here.page.address("lamp", measure=measure.code, unit=unit)
                rows.append(MissingItems(unit, what, number, result.denominator or 0, href))
    return rows


def _title(here: AreaContext) -> str:
    """Return “3 项未认领，12 项指南未发布，41 项要素不全”."""
    rows = here.once(_missing)
    parts = [
        f"{sum(row.number for row in rows if row.what == what):,.0f} 项{what}"
        for what, _ in QUESTIONS
        if any(row.what == what for row in rows)
    ]
    return "，".join(parts)


def _draw(here: AreaContext) -> None:
    left, right = st.columns([6, 6], gap="medium")
    with left:
        _funnel(here)
    with right:
        _elements(here)
    draw_missing_items(here.once(_missing), here.page)


def _funnel(here: AreaContext) -> None:
    if here.frames["claims"].empty and here.frames["publication"].empty:
        render(subsection("从目录到指南") + here.empty("catalogue_claims"))
        return
    stages = [
        *_stages(here, "item_claim_rate", "目录事项", "已认领或无需认领", UNCLAIMED),
        *_stages(here, "guide_publication_rate", "应发布指南", "已发布指南", UNPUBLISHED),
        *_stages(here, "element_completeness_rate", "已报送指南", "要素齐全", INCOMPLETE),
    ]
    worst = max(stages, key=lambda stage: stage.lost)
    finding = f"损失最多的一步：{worst.reason} {worst.lost:,.0f} 项" if worst.lost else "各步均无损失"
    picture(chart_of(funnel, stages, "事项"), "从目录到完整指南", finding, Pick("key", TABLE, "what"))


def _stages(here: AreaContext, indicator: str, before: str, after: str, lost: str) -> list[Stage]:
    results = _results(here, indicator).values()
    whole, part = sum(result.denominator or 0 for result in results), sum(result.numerator or 0 for result in results)
    return [Stage(before, lost, whole), Stage(after, lost, part, whole - part, lost)] if whole else []


def _elements(here: AreaContext) -> None:
    blank = [row for row in elements_blank(here.frames) if row.part]
    if not blank:
        is_unreported = here.frames["publication"].empty
        render(
            subsection("要素空白")
            + (here.empty("guides") if is_unreported else empty_state("已报送的指南没有空白的要素。"))
        )
        return
    rows = [Bar(row.label, row.part or 0, row.whole) for row in blank[:MOST_ELEMENTS]]
    which = f"，最多的 {len(rows)} 个" if len(rows) < len(blank) else ""
    finding = f"{len(blank)} 个要素有空白{which}；百分数为占已报送指南"
    picture(chart_of(bars, rows, "空白"), "哪些要素空着", finding)


STORY = Story(_title, _draw, tables.sections)
