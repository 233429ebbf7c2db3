"""12345 热线: calls answered by day with 7×24 gaps, tickets by stage and by type, three rates, repeat handling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from markupsafe import Markup

from components.areas.call_chart import calls_by_day
from components.areas.sections.area_context import AreaContext, pair
from components.areas.sections.targets import target_of
from components.elements.bars import share_bar
from components.elements.breakdown_tables import (
    FIRST_SHOWN,
    Breakdown,
    Naming,
    ShareWords,
    amounts,
    counted,
    numbers,
    shares,
    stacks,
    target_in_heading,
)
from components.elements.charts import chart_of, picture
from components.elements.empty_state import empty_state, note, section, subsection
from components.elements.figures import figure
from components.elements.rendering import Content, Parts, render
from components.elements.table import Column, Kind, Share, Table, Width, table_markup, table_parts
from components.elements.templates import from_template
from models.chart_data import Share as RowShare
from rules.months import month_label
from services.areas.hotline import (
    STAGES,
    CallDay,
    CallGaps,
    TicketRates,
    call_days,
    gaps,
    rates_by_type,
    rates_by_unit,
    redone_by_unit,
    stages,
    stages_by_unit,
    types_by_month,
)

ANSWERED = 0.95  # GB/T 33358-2016, where the plan has no target of its own
THREE = ("ticket_on_time_rate", "ticket_solved_rate", "ticket_satisfied_rate")


def sections(here: AreaContext) -> None:
    if here.unit is None or call_days(here.frames):
        render(section("每日接通", "接通率应达到目标；值守缺口仅供参考，不计入考核"))
        _calls(here)
    if here.frames["tickets"].empty:
        render(section("工单") + here.empty("hotline_tickets"))
        return
    day = here.district.as_of
    render(
        section("工单阶段", "逾期未办的不再计入待签收、办理中")
        + pair(
            "stages",
            subsection("合计")
            + amounts(
                stages(here.frames, day),
                here.breakdown("stages", "工单阶段", "阶段", here.counted("ticket_on_time_rate")),
                "工单",
            ),
            subsection("各类工单、各月受理") + _types(here),
        )
    )
    render(
        subsection("各责任单位", "逾期未办多的在前")
        + stacks(
            stages_by_unit(here.frames, day),
            here.by_unit(
                "stages_by_unit",
                "各责任单位的工单阶段",
                here.proofs("ticket_on_time_rate") if here.unit else None,
            ),
            STAGES,
        )
    )
    render(
        section(
            "各类工单的按时办结、解决和满意",
            "按时办结率以已到时限的工单为分母，解决率、满意率以回访且有答复的工单为分母",
        )
        + _rates(here)
    )
    render(section("重办", "重办的工单／已办结的工单") + _redone(here))


def _calls(here: AreaContext) -> None:
    days = call_days(here.frames)
    if not days:
        render(here.empty("hotline_calls"))
        return
    target = target_of(here, "call_answer_rate") or ANSWERED
    low = sum(1 for day in days if day.calls and day.answered / day.calls < target)
    render(note(f"已报 {len(days):,} 天，低于目标 {low:,} 天。"))
    picture(
        chart_of(calls_by_day, days, target),
        "每日接通率",
        f"虚线为目标 {target:.0%}，空心点为未达标的日子，灰底为未报的日子",
    )
    render(_gaps(gaps(days)) + _as_table(days, here.counted("ticket_on_time_rate"), here))


def _gaps(call_gaps: CallGaps) -> Markup:
    gaps_in_words = []
    if call_gaps.missing:
        gaps_in_words.append(f"没有日报的日子 {len(call_gaps.missing)} 天：{_days(call_gaps.missing)}")
    if call_gaps.silent_nights:
        gaps_in_words.append(
            f"夜间接通量为 0 的日期 {len(call_gaps.silent_nights)} 天：{_days(call_gaps.silent_nights)}"
        )
    if call_gaps.nights_unknown:
        gaps_in_words.append(f"未填夜间接通量的日子 {call_gaps.nights_unknown} 天，无法判断夜间值守")
    if not gaps_in_words:
        return note("7×24 小时没有缺口：每天都有日报，每夜都有接通。")
    return subsection("7×24 小时缺口") + from_template("areas/gaps.html", gaps=gaps_in_words)


def _days(days: Sequence[date]) -> str:
    named = "、".join(f"{day:%-m月%-d日}" for day in days[:20])
    return f"{named}{'等' if len(days) > 20 else ''}"


def _as_table(days: Sequence[CallDay], name: Naming, here: AreaContext) -> Markup:
    columns = (
        Column[CallDay](
            "day",
            "日期",
            lambda day: day.day,
            Kind.DAY,
            Width.UNBROKEN,
            drawn=lambda day: name(day.day.isoformat()),
        ),
        Column[CallDay]("answered", "接通率", lambda day: Share(day.answered, day.calls), Kind.SHARE),
        Column[CallDay](
            "at_night",
            "夜间接通量",
            lambda day: day.at_night,
            Kind.NUMBER,
            drawn=lambda day: "未填" if day.at_night is None else figure(day.at_night),
        ),
    )
    table = Table("calls", "每日接通", columns, counted="天", page_size=FIRST_SHOWN)
    return from_template(
        "areas/unfolded.html", words="逐日数据", content=table_markup(table, list(reversed(days)), here.page)
    )


def _types(here: AreaContext) -> Content:
    months, rows = types_by_month(here.frames)
    about = here.breakdown("types", "各类工单、各月受理", "类型", here.counted("ticket_on_time_rate"))
    return numbers(rows, about, [month_label(month) for month in months])


def _rates(here: AreaContext) -> Content:
    targets, day = [target_of(here, code) for code in THREE], here.district.as_of
    by_type = here.breakdown("rates", "各类工单的按时办结、解决和满意", "类型", here.counted("ticket_on_time_rate"))
    by_unit = here.by_unit("rates_by_unit", "各责任单位工单的按时办结、解决和满意")
    return (
        _rate_table(by_type, rates_by_type(here.frames, day), targets)
        + subsection("各责任单位", "离目标最远的在前，竖线为目标值")
        + _rate_table(by_unit, rates_by_unit(here.frames, day, targets), targets)
    )


RATES: Sequence[tuple[str, str, Callable[[TicketRates], RowShare]]] = (
    ("on_time", "按时办结率", lambda row: row.on_time),
    ("solved", "解决率", lambda row: row.solved),
    ("satisfied", "满意率", lambda row: row.satisfied),
)


def _rate_table(about: Breakdown, rows: Sequence[TicketRates], targets: Sequence[float | None]) -> Parts:
    columns = (
        Column[TicketRates](
            "label", about.label, lambda row: row.label, width=Width.UNBROKEN, drawn=lambda row: about.name(row.label)
        ),
        Column[TicketRates]("tickets", "工单", lambda row: row.number, Kind.NUMBER),
        *(
            column
            for (key, title, share), target in zip(RATES, targets, strict=True)
            for column in _rate_columns(key, title, share, target)
        ),
        Column[TicketRates]("redone", "重办率", lambda row: counted(row.redone), Kind.SHARE),
    )
    return table_parts(Table(about.key, about.title, columns, page_size=FIRST_SHOWN, css="spread"), rows, about.here)


def _rate_columns(
    key: str, title: str, share: Callable[[TicketRates], RowShare], target: float | None
) -> tuple[Column[TicketRates], Column[TicketRates]]:
    return (
        Column(
            f"{key}_bar",
            "",
            lambda row: share(row).value,
            Kind.PICTURE,
            Width.GAUGE,
            drawn=lambda row: share_bar(share(row).value, target),
            phone_label=False,
        ),
        Column(key, title, lambda row: counted(share(row)), Kind.SHARE, under=target_in_heading(target)),
    )


def _redone(here: AreaContext) -> Content:
    rows = redone_by_unit(here.frames)
    return (
        shares(rows, here.by_unit("redone", "重办"), ShareWords("重办／已办结", "重办率"))
        if rows
        else empty_state("已报送的工单没有重办的。")
    )
