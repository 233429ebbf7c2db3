"""指南精准度: which rules are broken most, and which unit breaks which measure's rules."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components.areas.pictures import Bar, Cell, heat, pareto
from components.areas.sections.area_context import AreaContext
from components.areas.stories.titles import shown_of
from components.areas.story import Story
from components.elements import cache
from components.elements.charts import Pick, chart_of, picture
from components.elements.context import PageContext
from components.elements.empty_state import empty_state, section, subsection
from components.elements.figures import percent
from components.elements.rendering import render
from components.elements.table import Column, Kind, Share, Table, Width, draw_table
from services.guides.accuracy import Accuracy, GuideAccuracy, accuracy_as_of

TABLE, MOST_RULES, MOST_UNITS, FEW = "failures", 14, 8, 4
Failure = tuple[str, str, str, Accuracy]
"""Unit, rule, what it demands, and how often it is broken."""


def story(sections: Callable[[AreaContext], None]) -> Story:
    """Return the story of the area, whose tables stand in the folder of the guides."""
    return Story(_title, _draw, sections)


def _accuracy(here: AreaContext) -> GuideAccuracy:
    return cache.answer(accuracy_as_of, here.card.as_of)


def _title(here: AreaContext) -> str:
    """Return “全区精准率 96.6%，3 条规则占全部问题的一半”."""
    accuracy = _accuracy(here)
    if not accuracy.reported:
        return ""
    failures = [result.accuracy.failed for result in accuracy.ranked_rules if result.accuracy.failed]
    whole = accuracy.of(accuracy.counted)
    if not failures:
        return f"全区精准率 {percent(whole.share)}，已报送的指南全部符合规则"
    together, number = 0, 0
    while 2 * together < sum(failures):
        together, number = together + failures[number], number + 1
    return f"全区精准率 {percent(whole.share)}，{number} 条规则占全部问题的一半以上"


def _draw(here: AreaContext) -> None:
    accuracy = _accuracy(here)
    if not accuracy.reported:
        render(subsection("规则") + here.empty("guides"))
        return
    left, right = st.columns([6, 6], gap="medium")
    with left:
        _rules(accuracy)
    with right:
        _units(accuracy)
    _failures(accuracy, here.page)


def _rules(accuracy: GuideAccuracy) -> None:
    broken = [result for result in accuracy.ranked_rules if result.accuracy.failed]
    if not broken:
        render(subsection("哪些规则不符合最多") + empty_state("已报送的指南全部符合规则。"))
        return
    rows = [Bar(result.rule.code, result.accuracy.failed, words=result.rule.title) for result in broken[:MOST_RULES]]
    total = sum(result.accuracy.failed for result in broken)
    first = broken[0]
    finding = f"{len(broken)} 条规则 {total:,} 处；{first.rule.code} {first.rule.title}最多；折线为累计占比"
    picture(chart_of(pareto, rows, "不符合"), "哪些规则不符合最多", finding, Pick("name", TABLE, "rule"))


def _units(accuracy: GuideAccuracy) -> None:
    units = {unit: accuracy.of(accuracy.counted, unit) for unit in accuracy.reported}
    worst = sorted((unit for unit in units if units[unit].failed), key=lambda unit: (-units[unit].failed, unit))
    shown, measures = worst[:MOST_UNITS], accuracy.book.measures
    if not shown:
        return
    cells = [_cell(unit, measure, accuracy.of(rules, unit)) for unit in shown for measure, rules in measures.items()]
    finding = f"{shown_of('不符合最多', len(shown), len(worst))}；格内为不符合处数，颜色越深离 100% 越远"
    chart = chart_of(heat, [cell for cell in cells if cell is not None], shown, list(measures), ("责任单位", "举措"))
    picture(chart, "单位 × 举措", finding, Pick("row", TABLE, "unit"))


def _cell(unit: str, measure: str, accuracy: Accuracy) -> Cell | None:
    if accuracy.share is None:
        return None
    words = f"精准率 {percent(accuracy.share)}（{accuracy.passed:,.0f}／{accuracy.applies:,.0f}）"
    return Cell(
        unit, measure, min(1.0, 2 * (1 - accuracy.share)), f"{accuracy.failed}" if accuracy.failed else "", words
    )


def _failures(accuracy: GuideAccuracy, here: PageContext) -> None:
    titles = {result.rule.code: result.rule.title for result in accuracy.ranked_rules}
    rows: list[Failure] = sorted(
        (
            (unit, rule, titles[rule], figure)
            for (unit, rule), figure in accuracy.figures.items()
            if figure.failed and rule in titles
        ),
        key=lambda row: (-row[3].failed, row[0], row[1]),
    )
    render(section("单位和规则", f"不符合 {sum(row[3].failed for row in rows):,} 处，多的在前", "failures"))
    if not rows:
        render(empty_state("已报送的指南全部符合规则。"))
        return
    columns = (
        Column[Failure](
            "unit",
            "责任单位",
            lambda row: row[0],
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda row: here.address("guide_accuracy", unit=row[0], rule=row[1]),
            is_filter=True,
        ),
        Column[Failure]("rule", "规则", lambda row: row[1], width=Width.UNBROKEN, is_filter=True),
        Column[Failure]("title", "要求", lambda row: row[2], width=Width.PROSE),
        Column[Failure]("failed", "不符合", lambda row: row[3].failed, Kind.NUMBER),
        Column[Failure]("share", "符合率", lambda row: Share(row[3].passed, row[3].applies), Kind.SHARE),
    )
    draw_table(Table(TABLE, "不符合规则的单位", columns, counted="行", page_size=FEW), rows, here)
