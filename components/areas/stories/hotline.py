"""12345 热线: the four rates against their targets, calls by day, where 7×24 hours has a gap, and who is behind."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from components.areas.call_chart import calls_by_day
from components.areas.pictures import Bullet, bullets, calendar
from components.areas.sections import hotline as tables
from components.areas.sections.area_context import AreaContext
from components.areas.sections.targets import target_of
from components.areas.stories.open_cases import TABLE, draw_open_cases
from components.areas.story import Story
from components.elements import cache
from components.elements.charts import Pick, chart_of, picture
from components.elements.empty_state import subsection
from components.elements.rendering import render
from models.cases import Case, CaseKind
from models.lamps import Lamp
from services.areas.hotline import CallDay, TicketRates, call_days, gaps, rates_by_unit

RATES = (
    ("call_answer_rate", "接通率", "接通"),
    ("ticket_on_time_rate", "按时办结率", "按时办结"),
    ("ticket_solved_rate", "解决率", "解决"),
    ("ticket_satisfied_rate", "满意率", "满意"),
)
NUMBERS = "〇一二三四"
MOST_UNITS = 6


def _bullets(here: AreaContext) -> list[Bullet]:
    """Return the four rates of the measure, in the plan's order; none where the plan judges none of them."""
    rows = []
    for code, title, _ in RATES:
        measure = here.measure_of(code)
        lamps = here.card.select(measure=measure.code) if measure else ()
        lamp = next(iter(lamps), None)
        result = next((result for result in lamp.indicators if result.code == code), None) if lamp else None
        if lamp is not None and result is not None:
            late = lamp.lamp is Lamp.OVERDUE and result.met is False
            rows.append(Bullet(title, result.numerator, result.denominator, result.target, late))
    return rows


def _missed(here: AreaContext) -> list[str]:
    words = {title: word for _, title, word in RATES}
    return [
        words[row.name]
        for row in _bullets(here)
        if row.value is not None and row.target is not None and row.value < row.target
    ]


def _title(here: AreaContext) -> str:
    """Return “按时办结、解决、满意三项低于目标”."""
    missed, rows = _missed(here), _bullets(here)
    if not any(row.value is not None for row in rows):
        return ""
    return f"{'、'.join(missed)}{NUMBERS[len(missed)]}项低于目标" if missed else "接通、按时办结、解决、满意均达到目标"


def _draw(here: AreaContext) -> None:
    left, right = st.columns([5, 7], gap="medium")
    days = call_days(here.frames)
    with left:
        if rows := _bullets(here):
            missed = _missed(here)
            words = f"{'、'.join(missed)}低于目标" if missed else "均达到目标"
            picture(chart_of(bullets, rows), "四项指标与目标", f"{words}；竖线为目标值")
        if days:
            _calendar(days)
    with right:
        if days:
            _calls(here, days)
        else:
            render(subsection("每日接通") + here.empty("hotline_calls"))
        _units(here)
    draw_open_cases([cache.caseload("tickets", here.card.as_of, None)], here.page, steps=[("step", "类型", _kind)])


def _units(here: AreaContext) -> None:
    """Draw the units that close fewest tickets in time; one with few tickets is not ranked."""
    minimum = int(here.district.settings["minimum_sample"])
    every = [row for row in _rates(here) if row.on_time.whole]
    ranked = sorted(
        (row for row in every if (row.on_time.whole or 0) >= minimum),
        key=lambda row: (row.on_time.value or 0, row.label),
    )
    if not ranked:
        return
    target = target_of(here, "ticket_on_time_rate")
    rows = [Bullet(row.label, row.on_time.part, row.on_time.whole, target) for row in ranked[:MOST_UNITS]]
    finding = f"到时限工单不少于 {minimum} 件的 {len(ranked)} 个单位中最低的 {len(rows)} 个"
    left_out = len(every) - len(ranked)
    words = f"；不足 {minimum} 件的 {left_out} 个单位不排列" if left_out else ""
    picture(chart_of(bullets, rows), "各单位按时办结率", finding + words, Pick("name", TABLE, "unit"))


def _rates(here: AreaContext) -> list[TicketRates]:
    return rates_by_unit(here.frames, here.card.as_of, [target_of(here, code) for code in tables.THREE])


def _kind(_: CaseKind, case: Case) -> str:
    return case.subject.split("，")[0].split("、")[0]


def _calls(here: AreaContext, days: list[CallDay]) -> None:
    target = target_of(here, "call_answer_rate") or tables.ANSWERED
    low = sum(1 for day in days if day.calls and day.answered / day.calls < target)
    picture(
        chart_of(calls_by_day, days, target),
        "每日接通率",
        f"{len(days):,} 天中 {low:,} 天低于 {target:.0%}；虚线为目标，空心点为未达标",
    )


def _calendar(days: list[CallDay]) -> None:
    """Draw how many calls were answered each night; a day without a report is framed in red."""
    call_gaps, known = gaps(days), {day.day: day for day in days}
    most = max((day.at_night or 0 for day in days), default=0) or 1
    first, last = days[0].day, days[-1].day
    fields = []
    for index in range((last - first).days + 1):
        day = first + timedelta(days=index)
        fields.append((day, *_night(day, known.get(day), most)))
    missing, silent = len(call_gaps.missing), len(call_gaps.silent_nights)
    finding = f"未报 {missing} 天，夜间无接通 {silent} 夜" if missing or silent else "每天有日报，每夜有接通"
    picture(chart_of(calendar, fields), "7×24 小时：每夜接通量", f"{finding}；红框为未报")


def _night(day: date, calls: CallDay | None, most: int) -> tuple[float | None, str, str]:
    if calls is None:
        return None, "", f"{day:%-m月%-d日} 未报"
    if calls.at_night is None:
        return 0.0, "?", f"{day:%-m月%-d日} 未填夜间接通量"
    return calls.at_night / most, f"{calls.at_night}", f"{day:%-m月%-d日} 夜间接通 {calls.at_night} 个"


STORY = Story(_title, _draw, tables.sections)
