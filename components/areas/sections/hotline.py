"""12345 热线: calls answered by day with 7×24 gaps, tickets by stage and by type, three rates, repeat handling."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from components.areas.call_chart import calls_by_day
from components.areas.sections.area_context import AreaContext, pair, sub
from components.areas.sections.targets import target_of
from components.elements.breakdown_tables import (
    Naming,
    ShareWords,
    amounts,
    bar,
    folded,
    numbers,
    shares,
    stacks,
    with_target,
)
from components.elements.charts import show
from components.elements.empty_state import empty_state, note, section
from components.elements.rendering import render
from components.elements.tables import Column, figure, percent, ratio
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
        render(section("每日接通", "接通率应达到目标；7×24 小时缺口只列出，不计入"))
        _calls(here)
    if here.frames["tickets"].empty:
        render(section("工单") + here.empty("hotline_tickets"))
        return
    day = here.district.as_of
    render(
        section("工单阶段", "逾期未办的不再计入待签收、办理中")
        + pair(
            sub("合计") + amounts(stages(here.frames, day), "阶段", "工单", here.counted("ticket_on_time_rate")),
            sub("各类工单、各月受理") + _types(here),
        )
    )
    render(
        sub("各责任单位", "逾期未办多的在前")
        + stacks(
            stages_by_unit(here.frames, day),
            "责任单位",
            STAGES,
            here.proofs("ticket_on_time_rate") if here.unit else here.units(),
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
    show(calls_by_day(days, target))
    render(_gaps(gaps(days)) + _as_table(days, here.counted("ticket_on_time_rate")))


def _gaps(call_gaps: CallGaps) -> Markup:
    lines = []
    if call_gaps.missing:
        lines.append(f"没有日报的日子 {len(call_gaps.missing)} 天：{_days(call_gaps.missing)}")
    if call_gaps.silent_nights:
        lines.append(f"夜间接通量为 0 的日期 {len(call_gaps.silent_nights)} 天：{_days(call_gaps.silent_nights)}")
    if call_gaps.nights_unknown:
        lines.append(f"未填夜间接通量的日子 {call_gaps.nights_unknown} 天，无法判断夜间值守")
    if not lines:
        return note("7×24 小时没有缺口：每天都有日报，每夜都有接通。")
    return sub("7×24 小时缺口") + Markup('<ul class="gaps">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    )


def _days(days: Sequence[date]) -> str:
    named = "、".join(f"{day:%-m月%-d日}" for day in days[:20])
    return f"{named}{'等' if len(days) > 20 else ''}"


def _as_table(days: Sequence[CallDay], name: Naming) -> Markup:
    columns = (
        Column("日期", css="nowrap"),
        Column("接通率", number=True),
        Column("接通量／呼入量", number=True),
        Column("夜间接通量", number=True),
    )
    rows = [
        (
            name(f"{day.day:%Y-%m-%d}"),
            percent(day.answered / day.calls if day.calls else None),
            ratio(day.answered, day.calls),
            "未填" if day.at_night is None else figure(day.at_night),
        )
        for day in reversed(days)
    ]
    return Markup('<details class="rest"><summary>逐日数据</summary>{}</details>').format(folded(columns, rows))


def _types(here: AreaContext) -> Markup:
    months, rows = types_by_month(here.frames)
    return numbers(rows, "类型", [f"{int(month[5:])}月" for month in months], here.counted("ticket_on_time_rate"))


def _rates(here: AreaContext) -> Markup:
    targets, day = [target_of(here, code) for code in THREE], here.district.as_of
    return (
        _rate_table("类型", rates_by_type(here.frames, day), targets, here.counted("ticket_on_time_rate"))
        + sub("各责任单位", "离目标最远的在前，刻度为目标")
        + _rate_table("责任单位", rates_by_unit(here.frames, day, targets), targets, here.units())
    )


def _rate_table(label: str, rows: Sequence[TicketRates], targets: Sequence[float | None], name: Naming) -> Markup:
    columns = (
        Column(label, css="nowrap"),
        Column("工单", number=True),
        *(
            column
            for title, target in zip(("按时办结率", "解决率", "满意率"), targets, strict=True)
            for column in (
                Column("", css="gauge-cell"),
                Column(with_target(title, target), number=True),
                Column("", number=True, css="beside"),
            )
        ),
        Column("重办率", number=True),
        Column("", number=True, css="beside"),
    )
    return folded(columns, [_rate_row(row, targets, name) for row in rows])


def _rate_row(row: TicketRates, targets: Sequence[float | None], name: Naming) -> tuple[str | Markup | int | None, ...]:
    three = zip((row.on_time, row.solved, row.satisfied), targets, strict=True)
    return (
        name(row.label),
        row.number,
        *(
            cell
            for share, target in three
            for cell in (bar(share.value, target), percent(share.value), ratio(share.part, share.whole))
        ),
        percent(row.redone.value),
        ratio(row.redone.part, row.redone.whole),
    )


def _redone(here: AreaContext) -> Markup:
    rows = redone_by_unit(here.frames)
    return (
        shares(rows, ShareWords("责任单位", "重办／已办结", "重办率"), here.units())
        if rows
        else empty_state("已报送的工单没有重办的。")
    )
