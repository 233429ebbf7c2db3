"""What all area pages share, of all units or of one.

Of all units two views: 概况 tells the finding, every measure, the area's own pictures and the worst measure by units on
one sheet; 明细 (`view=detail`) has every table. One unit's page is all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from markupsafe import Markup

from catalogue.indicators import INDICATORS
from components.areas.cases import area_cases
from components.areas.measure_table import measure_table, worst_measure
from components.areas.sections.area_context import AreaContext, area_context
from components.areas.story import Story
from components.areas.sudden_changes import draw_sudden_changes
from components.areas.unit_table import draw_units, indicators_of_unit, lamps_of_unit, worst_first
from components.areas.unjudged_figures import unjudged_markup
from components.board.lamp_list import LISTED
from components.elements import cache
from components.elements.area_links import area_shown
from components.elements.charts import AnyChart, draw_chart, over_time
from components.elements.context import PageContext
from components.elements.empty_state import empty_state, section
from components.elements.lamp import COUNTED, chip, tally
from components.elements.links import choices, link
from components.elements.page_header import page_header
from components.elements.rendering import render
from components.elements.requested_unit import requested_unit
from components.elements.task_table import task_tables
from components.elements.templates import from_template
from components.reporting.missing_reports import missing_in_words, missing_table, nothing_missing, owed_by_unit
from models.definitions import Area
from models.lamps import FACES, Lamp, MeasureLamp, RollUp, Scorecard
from models.plan import Measure, Task
from services.access.permission import own_unit
from services.areas.of_plan import datasets_of, kinds_of
from services.areas.reports import area_reports
from services.board.history import Point, point

GRAVE = (Lamp.OVERDUE, Lamp.NOT_REPORTED, Lamp.DOUBT)
"""What a page says first, the worst first."""
DETAIL = "detail"
VIEWS = {"": "概况", DETAIL: "明细"}


def area_page(here: PageContext, story: Story, views: Mapping[str, str] = VIEWS) -> None:
    """Draw the page of the area that the page is named after, or its address names; `unit`, `view` and `measure` there
    narrow it.
    """
    area, card = area_shown(here), cache.scorecard(here.day)
    tasks = [task for task in here.district.plan.tasks if task.area == area.code]
    unit = requested_unit(f"重点领域 · {area.title}", here)
    if unit:
        _unit_of_area(area, unit, here, card, tasks)
        story.sections(area_context(here))
        return
    context, counts = area_context(here), tally(card.select(area=area.code))
    title = story.finding(context) or finding(area.title, counts)
    page_header(f"重点领域 · {area.title}", title, here)
    render(from_template("areas/head.html", views=views_in_words(views, here), counts=_lamp_counts(area, counts, here)))
    if not any(task.measures for task in tasks):
        year = here.district.plan.year
        render(empty_state(f"{year}年方案没有{area.title}领域的举措。", "已报送的有关数据仍可在“报送情况”中查看。"))
    elif here.parameter("view") == DETAIL:
        _every_table(area, here, card, tasks)
    else:
        _on_one_sheet(area, context, tasks, story)
        return
    story.sections(context)


def views_in_words(views: Mapping[str, str], here: PageContext) -> Markup:
    """Return links to the views of an area page."""
    view = here.parameter("view") if here.parameter("view") in views else ""
    links = (
        link(word, here.address(here.page, view=code), css="chosen" if code == view else "")
        for code, word in views.items()
    )
    return choices("视图", links)


def _on_one_sheet(area: Area, context: AreaContext, tasks: list[Task], story: Story) -> None:
    here, card = context.page, context.card
    chosen = _chosen(tasks, card, here)
    render(measure_table(tasks, card, chosen, here))
    story.draw(context)
    _measure_by_units(card, tasks, here, is_brief=True, has_filters=story.filters_units)
    render(_further(area, here))


def _lamp_counts(area: Area, counts: RollUp, here: PageContext) -> Markup:
    """Return the area's lamps with their numbers, each leading to the responsibilities behind it."""
    lamps = [
        (chip(lamp), f"{counts.counts[lamp]:,}", here.address("board", lamp=lamp.value, area=area.code) + f"#{LISTED}")
        for lamp in COUNTED
        if counts.counts[lamp]
    ]
    return from_template("areas/lamp_counts.html", lamps=lamps, total=f"{counts.counted:,}")


def _further(area: Area, here: PageContext) -> Markup:
    """Return what else asks for a look: overdue cases, missing reports, sudden changes; each leads to its list."""
    detail = partial(here.address, here.page, view=DETAIL)
    loads = [cache.caseload(kind.code, here.day, None) for kind in kinds_of(area.code, here.district.plan)]
    links = [
        (f"{load.kind.title}逾期 {load.of(None).get(Lamp.OVERDUE, 0):,} 件", here.address("cases", kind=load.kind.code))
        for load in loads
        if load.of(None).get(Lamp.OVERDUE)
    ]
    missing = area_reports(here.district, area.code, None).missing
    if missing:
        links.append((f"缺报 {len(missing):,} 份", detail() + "#missing"))
    links.append(("全部明细表", detail()))
    return from_template("areas/further.html", links=links)


def _chosen(tasks: list[Task], card: Scorecard, here: PageContext) -> Measure:
    """Return the measure asked for, else the worst."""
    measures = {measure.code: measure for task in tasks for measure in task.measures}
    return measures.get(here.parameter("measure")) or worst_measure(tasks, card)


def _every_table(area: Area, here: PageContext, card: Scorecard, tasks: list[Task]) -> None:
    render(section("任务和举措", "由举措编号进入下方的各单位") + task_tables(tasks, card, area.page, here))
    _measure_by_units(card, tasks, here)
    area_cases(area.code, None, here)
    draw_sudden_changes(datasets_of(area.code, here.district.plan), None, here)
    _missing(area, None, here)


def _unit_of_area(area: Area, unit: str, here: PageContext, card: Scorecard, tasks: list[Task]) -> None:
    rows = card.select(area=area.code, unit=unit)
    page_header(f"重点领域 · {area.title}", finding(f"{unit}·{area.title}", tally(rows)), here)
    every_unit = link("全部单位", here.address(area.page)) if own_unit() is None else Markup("")
    every_area = link(f"{unit}的全部领域", here.address("unit", unit=unit))
    render(choices("其他页面", (every_unit, every_area)))
    if not rows:
        render(
            empty_state(f"{unit}不承担{area.title}任务。", "其他单位的情况见“全部单位”。" if own_unit() is None else "")
        )
        return
    titles = {measure.code: measure.title for task in tasks for measure in task.measures}
    render(section("举措", "由编号或灯进入计算依据和明细") + lamps_of_unit("measures", rows, titles, here))
    _indicators_of_unit(area, unit, rows, tasks, here)
    render(unjudged_markup(titles, here.day, unit))
    area_cases(area.code, unit, here)
    draw_sudden_changes(datasets_of(area.code, here.district.plan), unit, here)
    _missing(area, unit, here)


def _indicators_of_unit(
    area: Area, unit: str, rows: Sequence[MeasureLamp], tasks: list[Task], here: PageContext
) -> None:
    """Draw the unit's indicators; nothing where every measure of the unit is a milestone."""
    counted = {row.measure for row in rows if row.indicators}
    measures = {measure.code: measure for task in tasks for measure in task.measures if measure.code in counted}
    if not measures:
        return
    chosen = measures.get(here.parameter("measure")) or next(iter(measures.values()))
    render(section("指标", "实际值与目标值（竖线）") + indicators_of_unit(rows, here))
    render(
        section(f"{chosen.code} {chosen.title}", "本单位各月末的数值", "over-time") + _choices(measures, chosen, here)
    )
    if not _unit_over_time(chosen, unit, here.day):
        render(empty_state("尚无数值，暂无走势。"))


def _unit_over_time(measure: Measure, unit: str, day: date) -> bool:
    """Return whether there is a course to show. A lead unit's measure is the whole district's."""
    drawn = False
    for target in measure.targets:
        indicator = INDICATORS[target.indicator]
        points = [
            point(card, indicator.code, measure.code, district=measure.district) for card in cache.month_ends(unit, day)
        ]
        known = [month for month in points if month.value is not None]
        if len(known) > 1:
            whose = "全区" if measure.district else unit
            draw_chart(_course, tuple(known), indicator.code, f"{indicator.title}：{whose}，虚线为目标")
            drawn = True
    return drawn


def finding(subject: str, counts: RollUp) -> str:
    """Return “好差评：177 项责任，逾期 66 项，缺报 9 项”: the grave ones, else what is finished."""
    grave = [lamp for lamp in GRAVE if counts.counts[lamp]]
    lamps = grave or [Lamp.DONE]
    words = "，".join(f"{FACES[lamp].word} {counts.counts[lamp]:,} 项" for lamp in lamps)
    return f"{subject}：{counts.counted:,} 项责任，{words}" if counts.counted else f"{subject}：没有适用的举措"


def _measure_by_units(
    card: Scorecard, tasks: list[Task], here: PageContext, *, is_brief: bool = False, has_filters: bool = True
) -> None:
    measures = {measure.code: measure for task in tasks for measure in task.measures}
    chosen = _chosen(tasks, card, here)
    rows = worst_first(card.select(measure=chosen.code))
    if is_brief and chosen.targets:  # the first few are those whose figures can be looked at
        rows = sorted(rows, key=lambda row: all(result.value is None for result in row.indicators))
    by_nobody = (
        []
        if chosen.milestone
        else [row for row in rows if row.unit is None and not any(result.reported for result in row.indicators)]
    )
    order = "责任单位存疑，未按单位计算" if by_nobody else "按完成情况由低到高"
    render(section(f"{chosen.code} {chosen.title}", order, "by-unit") + _choices(measures, chosen, here))
    if not is_brief:
        _figures_over_time(chosen, card.as_of)
    render(unjudged_markup([chosen.code], card.as_of))
    if by_nobody:
        draw_units(
            replace(chosen, targets=()),
            [row.resting_on(replace(row.grounds, indicators=())) for row in by_nobody],
            here,
        )
    else:
        draw_units(chosen, rows, here, is_brief=is_brief, has_filters=has_filters)


def _choices(measures: dict[str, Measure], chosen: Measure, here: PageContext) -> Markup:
    return choices(
        "举措",
        (
            link(
                measure.code,
                here.same_page(measure=measure.code, page=None),
                measure.title,
                current=measure is chosen,
            )
            for measure in measures.values()
        ),
    )


def _figures_over_time(measure: Measure, day: date) -> None:
    """Draw the district's figures over time; nothing where there is no course to show."""
    for target in measure.targets:
        points = cache.history(target.indicator, measure.code, day)
        known = [month for month in points if month.value is not None]
        if len(known) > 1:
            draw_chart(_course, tuple(known), target.indicator)


def _course(points: Sequence[Point], indicator: str, title: str = "") -> AnyChart:
    """Return the chart over time under its own title, or this one."""
    chart = over_time(points, INDICATORS[indicator])
    return chart.properties(title=title) if title else chart


def _missing(area: Area, unit: str | None, here: PageContext) -> None:
    reports = area_reports(here.district, area.code, unit)
    owed = owed_by_unit(reports.missing)
    render(section("缺报", missing_in_words(reports.missing), "missing"))
    if owed:
        render(missing_table(owed, datasets_of(area.code, here.district.plan), area.page, here))
    else:
        render(empty_state(nothing_missing(reports, here.day)))
