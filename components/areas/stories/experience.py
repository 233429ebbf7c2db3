"""用户体验: which unit falls short of which measure, promised against statutory time, how far the times are cut."""

from __future__ import annotations

import streamlit as st

from components.areas.pictures import Bar, LampCell, Span, bars, lamp_heat, ranges
from components.areas.sections import experience as tables
from components.areas.sections.area_context import AreaContext
from components.areas.sections.targets import target_of
from components.areas.story import Story
from components.elements.charts import Pick, chart_of, picture
from components.elements.empty_state import subsection
from components.elements.figures import percent
from components.elements.rendering import render
from models.lamps import FACES, Lamp, MeasureLamp
from services.areas.items import TimeCut, time_bands, time_cut_by_unit

MOST_UNITS, MOST_SPANS = 16, 12
UNIT_TABLE = "units"
GAPS = (Lamp.OVERDUE, Lamp.NOT_REPORTED, Lamp.TO_VERIFY, Lamp.DUE_SOON)


def _title(here: AreaContext) -> str:
    """Return “35 个单位中 27 个有逾期举措，区残联 6 项全部逾期”, of the lamps alone."""
    return overdue_units(here)


def overdue_units(here: AreaContext) -> str:
    """Return how many units have overdue measures, and which has most; "" where none has."""
    rows = [row for row in here.card.select(area=here.area) if row.unit]
    late = [row for row in rows if row.lamp is Lamp.OVERDUE]
    if not late:
        return ""
    counts = _by_unit(late)
    most = max(counts.values())
    worst = [unit for unit, number in counts.items() if number == most]
    who = worst[0] if len(worst) == 1 else f"{worst[0]}等 {len(worst)} 个单位"
    each = "各 " if len(worst) > 1 else ""
    return f"{len(_by_unit(rows))} 个单位中 {len(counts)} 个有逾期举措，{who}最多，{each}{most} 项"


def _by_unit(rows: list[MeasureLamp]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        if row.unit:
            counts[row.unit] = counts.get(row.unit, 0) + 1
    return counts


def _draw(here: AreaContext) -> None:
    left, right = st.columns([6, 6], gap="medium")
    with left:
        draw_units_by_measures(here)
    with right:
        if here.frames["item_times"].empty:
            render(subsection("承诺时限与法定时限") + here.empty("guides"))
        else:
            _spans(here)
            _bands(here)


def draw_units_by_measures(here: AreaContext) -> None:
    """Draw the units with most gaps against the area's measures, each field its lamp's shape and figure."""
    rows = [row for row in here.card.select(area=here.area) if row.unit]
    gaps = _by_unit([row for row in rows if row.lamp is Lamp.OVERDUE])
    waiting = _by_unit([row for row in rows if row.lamp in GAPS])
    units = sorted(waiting, key=lambda unit: (-gaps.get(unit, 0), -waiting[unit], unit))[:MOST_UNITS]
    if not units:
        return
    cells = [_cell(row) for row in rows if row.unit in units]
    measures = list(dict.fromkeys(row.measure for row in rows))
    finding = f"未完成最多的 {len(units)} 个单位；■ 逾期，– 缺报，▲ 临期，◇ 待核验，● 完成；百分数为实际值"
    picture(
        chart_of(lamp_heat, cells, units, measures, ("责任单位", "举措")),
        "单位 × 举措",
        finding,
        Pick("row", UNIT_TABLE, "unit"),
    )


def _cell(row: MeasureLamp) -> LampCell:
    face = FACES[row.lamp]
    value = next((result.value for result in row.indicators if result.value is not None), None)
    figures = f" {value:.0%}" if value is not None and row.lamp in GAPS else ""
    return LampCell(row.unit or "", row.measure, row.lamp, f"{face.shape}{figures}", f"{face.word}，{row.reason}")


def _spans(here: AreaContext) -> None:
    """Draw the units whose times are cut least, by the mean days of an item."""
    target, bound = target_of(here, "promised_time_cut"), here.bound("promised_time_cut")
    cuts = [cut for cut in time_cut_by_unit(here.frames) if cut.cut.whole and (bound is None or cut.cut.label in bound)]
    rows = [_span(cut) for cut in cuts[:MOST_SPANS]]
    if not rows:
        return
    short = sum(cut.cut.value is not None and target is not None and cut.cut.value < target for cut in cuts)
    words = f"压缩比低于 {100 * target:.4g}%" if target is not None else "没有目标"
    finding = f"{len(cuts)} 个单位中 {short} 个{words}；最低的 {len(rows)} 个，平均每项：● 承诺，○ 法定工作日"
    picture(
        chart_of(ranges, rows, "平均承诺工作日", "平均法定工作日"),
        "承诺时限与法定时限",
        finding,
        Pick("name", UNIT_TABLE, "unit"),
    )


def _span(cut: TimeCut) -> Span:
    items = cut.cut.whole or 1
    return Span(
        cut.cut.label, (cut.days.part or 0) / items, (cut.days.whole or 0) / items, f"压缩 {percent(cut.cut.value)}"
    )


def _bands(here: AreaContext) -> None:
    rows = time_bands(here.frames)
    if not rows:
        return
    target = target_of(here, "promised_time_cut")
    met = next((row for row in rows if row.label == "压缩三分之二以上"), None)
    total = sum(row.part or 0 for row in rows)
    finding = f"{percent((met.part or 0) / total)}的事项压缩三分之二以上" if met and total else "按事项计"
    goal = f"；目标为平均压缩 {100 * target:.4g}%" if target is not None else ""
    drawn = [Bar(row.label, row.part or 0, row.whole) for row in rows]
    picture(chart_of(bars, drawn, "事项"), "压缩程度分布", finding + goal)


STORY = Story(_title, _draw, tables.sections, filters_units=True)
