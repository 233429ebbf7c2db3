"""好差评: where bad ratings are stuck, how satisfied people are, and ratings that came all at once."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components.areas.pictures import Stage, diverging, dots, funnel
from components.areas.sections import reviews as tables
from components.areas.sections.area_context import AreaContext
from components.areas.stories.open_cases import TABLE, draw_open_cases
from components.areas.story import Story
from components.elements import cache
from components.elements.charts import Pick, chart_of, picture
from components.elements.empty_state import empty_state, subsection
from components.elements.figures import percent
from components.elements.rendering import render
from models.cases import Case, CaseKind, Caseload
from models.chart_data import Stack
from models.lamps import Lamp
from rules.months import month_label
from services.areas.rating_sign_rows import ratings_by_day
from services.areas.reviews import LEVELS, levels_by_month

CALL_BACK, RECTIFY = "待回访", "待整改"
MOST_UNITS = 3
GOOD = LEVELS[:3]


def _loads(here: AreaContext) -> tuple[Caseload, Caseload]:
    return cache.caseload("callbacks", here.card.as_of, None), cache.caseload("bad_reviews", here.card.as_of, None)


def _bursts(here: AreaContext) -> Mapping[str, int]:
    """Return unit → ratings that came all at once, the most first."""
    signs = here.frames["rating_signs"]
    counts = signs[(signs["sign"] == "bursts") & (signs["number"] > 0)].set_index("unit")["number"]
    return {str(unit): int(number) for unit, number in counts.sort_values(ascending=False).items()}


def _title(here: AreaContext) -> str:
    """Return “28 件差评处理逾期，桃源镇 101 条评价集中在一天”."""
    overdue = sum(load.of(None).get(Lamp.OVERDUE, 0) for load in _loads(here))
    findings = [f"{overdue:,} 件差评处理逾期"] if overdue else []
    if bursts := here.once(_bursts):
        unit, number = next(iter(bursts.items()))
        days = sum(marked > 0 for _, _, marked in cache.answer(ratings_by_day, unit, here.card.as_of))
        findings.append(f"{unit} {number:,} 条评价集中在{'一天' if days == 1 else f' {days} 天'}")
    return "，".join(findings)


def _draw(here: AreaContext) -> None:
    left, middle, right = st.columns([4, 4, 4], gap="medium")
    with left:
        _funnel(here)
    with middle:
        _satisfaction(here)
    with right:
        _bursts_by_day(here)
    draw_open_cases(_loads(here), here.page, steps=[("step", "环节", _step)])


def _step(kind: CaseKind, case: Case) -> str:
    return CALL_BACK if kind.code == "callbacks" else RECTIFY


def _funnel(here: AreaContext) -> None:
    callbacks, bad = (load.of(None) for load in _loads(here))
    if not callbacks and not bad:
        render(subsection("差评处理") + here.empty("bad_reviews"))
        return
    stages = [*_stages(callbacks, "回访", CALL_BACK), *_stages(bad, "整改", RECTIFY)]
    late = bad.get(Lamp.DONE_LATE, 0)
    stages.append(Stage("按期整改", RECTIFY, bad.get(Lamp.DONE, 0), late, "逾期后才整改"))
    lost = callbacks.get(Lamp.OVERDUE, 0) + bad.get(Lamp.OVERDUE, 0)
    finding = f"回访逾期 {callbacks.get(Lamp.OVERDUE, 0)}、整改逾期 {bad.get(Lamp.OVERDUE, 0)}" if lost else "没有逾期"
    picture(chart_of(funnel, stages, "差评"), "差评卡在哪一步", finding, Pick("key", TABLE, "step"))


def _stages(counts: Mapping[Lamp, int], act: str, key: str) -> list[Stage]:
    """Return how many there are to do, how many are done, and why the others are not."""
    total = sum(counts.values())
    overdue = counts.get(Lamp.OVERDUE, 0)
    done = counts.get(Lamp.DONE, 0) + counts.get(Lamp.DONE_LATE, 0)
    waiting = total - done - overdue
    reason = f"逾期未{act}" if not waiting else f"逾期 {overdue:,}，时限内"
    return [Stage(f"应{act}", key, total), Stage(f"已{act}", key, done, total - done, reason, late=overdue > 0)]


def _satisfaction(here: AreaContext) -> None:
    if here.frames["ratings"].empty:
        render(subsection("满意度") + here.empty("reviews"))
        return
    months = [Stack(month_label(row.label), row.parts) for row in levels_by_month(here.frames)]
    bad = sum((row.parts[3] or 0) + (row.parts[4] or 0) for row in months)
    total = sum(row.total for row in months)
    share = percent(bad / total if total else None)
    picture(chart_of(diverging, months, GOOD, LEVELS[3:]), "各月满意度", f"本人评价 {total:,.0f} 条，差评占 {share}")


def _bursts_by_day(here: AreaContext) -> None:
    bursts = dict(list(here.once(_bursts).items())[:MOST_UNITS])
    if not bursts:
        render(subsection("评价集中的日子") + empty_state("没有短时间内集中的评价。"))
        return
    days = [
        (unit, day, number, marked > 0)
        for unit in bursts
        for day, number, marked in cache.answer(ratings_by_day, unit, here.card.as_of)
    ]
    finding = "、".join(f"{unit} {number:,} 条" for unit, number in bursts.items()) + " 集中评价；圆点大小为当日评价数"
    picture(chart_of(dots, days, "评价"), "评价集中的日子", finding, Pick("name", TABLE, "unit"))


STORY = Story(_title, _draw, tables.sections)
