"""办理成熟度: depth of online handling, licences, push rate, cross-region lists, special items with and without
reasons.
"""

from __future__ import annotations

from markupsafe import Markup

from components.areas.sections.area_context import AreaContext, pair
from components.areas.sections.targets import target_of
from components.elements.breakdown_tables import (
    ShareOf,
    ShareWords,
    amounts,
    numbers,
    records,
    shares,
    stacks,
)
from components.elements.empty_state import empty_state, note, section, subsection
from components.elements.rendering import Content, render
from models.chart_data import Share
from rules.months import month_label
from services.areas.items import (
    DEPTHS,
    depth,
    depth_by_unit,
    pushed_by_month,
    pushed_by_unit,
    reach_by_unit,
    special_by_reason,
)


def sections(here: AreaContext) -> None:
    render(section("网上办理深度", "全程网办占比由低到高") + _depth(here))
    render(section("办件推送", "推送量／办件量，竖线为目标值") + _pushed(here))
    render(section("通办事项清单", "跨省、省内、全市通办") + _reach(here))
    render(section("特殊事项", "写明原因的不计入网上可办率") + _special(here))


def _depth(here: AreaContext) -> Content:
    if here.frames["online_depth"].empty:
        return here.empty("guides")
    return (
        pair(
            "depth",
            subsection("全部事项")
            + amounts(
                depth(here.frames, licences=False),
                here.breakdown("depth", "网上办理深度", "深度", here.counted("whole_process_online_rate")),
                "事项",
            ),
            subsection("行政许可")
            + amounts(
                depth(here.frames, licences=True),
                here.breakdown(
                    "licences", "行政许可的网上办理深度", "深度", here.counted("licence_whole_process_online_rate")
                ),
                "事项",
            ),
        )
        + subsection("各责任单位")
        + stacks(
            depth_by_unit(here.frames),
            here.by_unit("depth_by_unit", "各责任单位网上办理深度", here.proofs("whole_process_online_rate")),
            DEPTHS,
            ShareOf("全程网办占比", target_of(here, "whole_process_online_rate")),
        )
        + _licences(here)
    )


def _licences(here: AreaContext) -> Content:
    rows = depth_by_unit(here.frames, licences=True)
    if not rows:
        return Markup("")
    share = ShareOf("全程网办占比", target_of(here, "licence_whole_process_online_rate"))
    about = here.by_unit(
        "licences_by_unit", "各责任单位行政许可的网上办理深度", here.proofs("licence_whole_process_online_rate")
    )
    return subsection("各责任单位的行政许可", "没有行政许可的单位不列") + stacks(rows, about, DEPTHS, share)


def _pushed(here: AreaContext) -> Content:
    target = target_of(here, "case_push_rate")
    if here.frames["case_months"].empty:
        return here.empty("monthly_cases")
    months = [Share(month_label(row.label), row.part, row.whole) for row in pushed_by_month(here.frames)]
    return pair(
        "pushed",
        subsection("各月")
        + shares(
            months,
            here.breakdown("pushed", "各月办件推送", "月份", here.counted("case_push_rate")),
            ShareWords("推送量／办件量", "推送率", target),
        ),
        subsection("各责任单位", "由低到高")
        + shares(
            pushed_by_unit(here.frames),
            here.by_unit("pushed_by_unit", "各责任单位办件推送", here.proofs("case_push_rate")),
            ShareWords("推送量／办件量", "推送率", target, here.bound("case_push_rate")),
        ),
    )


def _reach(here: AreaContext) -> Content:
    if here.frames["online_depth"].empty:
        return here.empty("guides")
    items = here.placed("cross_region", "item_code", "item_name", "reach")
    if not items:
        return empty_state("已报送的事项没有标为通办的。")
    return (
        subsection("各责任单位")
        + numbers(reach_by_unit(here.frames), here.by_unit("reach", "各责任单位通办事项"), ("跨省", "省内", "全市"))
        + subsection("清单", f"{len(items):,} 项")
        + records(items, "reach_items", "通办事项清单", ("实施编码", "通办范围"), here.page)
    )


def _special(here: AreaContext) -> Content:
    if here.frames["online_depth"].empty:
        return here.empty("guides")
    items = here.placed("special_items", "item_code", "item_name", "reason")
    if not items:
        return empty_state("已报送的事项没有标为特殊事项的。")
    without = [item for item in items if not item.detail]
    total = note(
        f"特殊事项 {len(items):,} 项，未写明原因 {len(without):,} 项{'，仍计入网上可办率的分母' if without else ''}。"
    )
    return (
        total
        + amounts(
            special_by_reason(here.frames),
            here.breakdown("reasons", "特殊事项的原因", "原因", here.counted("online_available_rate")),
            "事项",
        )
        + subsection("清单", "未写原因的在前")
        + records(
            [*without, *(item for item in items if item.detail)],
            "special",
            "特殊事项",
            ("实施编码", "原因"),
            here.page,
        )
    )
