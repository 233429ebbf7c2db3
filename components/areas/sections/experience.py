"""用户体验: promised against statutory time, visits, on-the-spot share, items that could become on-the-spot."""

from __future__ import annotations

from markupsafe import Markup

from catalogue.breakdowns.guides import SOON_DONE_DAYS
from components.areas.sections.area_context import AreaContext, pair, sub
from components.areas.sections.targets import target_of
from components.elements.breakdown_tables import ShareOf, amounts, bar, folded, records, stacks, with_target
from components.elements.empty_state import empty_state, section
from components.elements.rendering import render
from components.elements.tables import Column, percent, ratio
from services.areas.items import (
    CASE_TYPES,
    VISITS,
    case_types_by_unit,
    time_bands,
    time_cut_by_unit,
    visits,
    visits_by_unit,
    without_a_visit,
)


def sections(here: AreaContext) -> None:
    if here.frames["item_times"].empty:
        render(section("时限、跑动和即办") + here.empty("guides"))
        return
    render(
        section(
            "承诺时限与法定时限",
            "各事项压缩比的平均数；合计工作日只作参考" + here.beyond("promised_time_cut", "item_times"),
        )
        + _times(here)
    )
    render(
        section("到办事现场次数", "按事项计" + here.beyond("zero_visit_share", "item_visits"))
        + amounts(visits(here.frames), "次数", "事项", here.counted("zero_visit_share"))
        + sub("各责任单位", "零跑动占比低的在前")
        + stacks(
            visits_by_unit(here.frames),
            "责任单位",
            VISITS,
            here.proofs("zero_visit_share"),
            ShareOf(with_target("零跑动占比", target_of(here, "zero_visit_share")), without_a_visit),
        )
    )
    render(
        section("即办件", "即办件占比低的单位在前" + here.beyond("on_the_spot_share", "item_types"))
        + stacks(
            case_types_by_unit(here.frames),
            "责任单位",
            CASE_TYPES,
            here.proofs("on_the_spot_share"),
            ShareOf(with_target("即办件占比", target_of(here, "on_the_spot_share"))),
        )
    )
    render(section("可以改为即办件的事项", f"承诺时限不超过 {SOON_DONE_DAYS} 个工作日的承诺件") + _candidates(here))


def _times(here: AreaContext) -> Markup:
    return pair(
        sub("压缩程度") + amounts(time_bands(here.frames), "压缩", "事项", here.counted("promised_time_cut")),
        sub("各责任单位", "压缩比由低到高，竖线为目标值") + _cuts(here),
    )


def _cuts(here: AreaContext) -> Markup:
    """The figure of 1.3.1 is held against its target; the days added up tell something else and are held against
    none.
    """
    target, bound, name = (
        target_of(here, "promised_time_cut"),
        here.bound("promised_time_cut"),
        here.proofs("promised_time_cut"),
    )
    columns = (
        Column("责任单位", css="nowrap"),
        Column("", css="wide"),
        Column(with_target("压缩比", target), number=True),
        Column("", number=True),
        Column("合计承诺／法定工作日", number=True),
    )
    return folded(
        columns,
        [
            (
                name(row.cut.label),
                bar(row.cut.value, target if bound is None or row.cut.label in bound else None),
                percent(row.cut.value),
                ratio(row.cut.part, row.cut.whole),
                ratio(row.days.part, row.days.whole),
            )
            for row in time_cut_by_unit(here.frames)
        ],
    )


def _candidates(here: AreaContext) -> Markup:
    items = here.placed("soon_on_the_spot", "item_code", "item_name", "promised_days")
    return (
        records(items, "实施编码", "承诺工作日", here.page) if items else empty_state("已报送的事项中没有这样的事项。")
    )
