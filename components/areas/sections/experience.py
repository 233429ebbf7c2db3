"""用户体验: promised against statutory time, visits, on-the-spot share, items that could become on-the-spot."""

from __future__ import annotations

from catalogue.breakdowns.guides import SOON_DONE_DAYS
from components.areas.sections.area_context import AreaContext, pair
from components.areas.sections.targets import target_of
from components.elements.bars import share_bar
from components.elements.breakdown_tables import (
    FIRST_SHOWN,
    ShareOf,
    amounts,
    counted,
    records,
    stacks,
    target_in_heading,
)
from components.elements.empty_state import empty_state, section, subsection
from components.elements.figures import ratio
from components.elements.rendering import Content, Parts, render
from components.elements.table import Column, Kind, Table, Width, table_parts
from services.areas.items import (
    CASE_TYPES,
    VISITS,
    TimeCut,
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
        + amounts(
            visits(here.frames),
            here.breakdown("visits", "到办事现场次数", "次数", here.counted("zero_visit_share")),
            "事项",
        )
        + subsection("各责任单位", "零跑动占比由低到高")
        + stacks(
            visits_by_unit(here.frames),
            here.by_unit("visits_by_unit", "各责任单位到办事现场次数", here.proofs("zero_visit_share")),
            VISITS,
            ShareOf("零跑动占比", target_of(here, "zero_visit_share"), without_a_visit),
        )
    )
    render(
        section("即办件", "即办件占比由低到高" + here.beyond("on_the_spot_share", "item_types"))
        + stacks(
            case_types_by_unit(here.frames),
            here.by_unit("case_types", "即办件", here.proofs("on_the_spot_share")),
            CASE_TYPES,
            ShareOf("即办件占比", target_of(here, "on_the_spot_share")),
        )
    )
    render(section("可以改为即办件的事项", f"承诺时限不超过 {SOON_DONE_DAYS} 个工作日的承诺件") + _candidates(here))


def _times(here: AreaContext) -> Content:
    return pair(
        "bands",
        subsection("压缩程度")
        + amounts(
            time_bands(here.frames),
            here.breakdown("bands", "承诺时限压缩程度", "压缩", here.counted("promised_time_cut")),
            "事项",
        ),
        subsection("各责任单位", "压缩比由低到高，竖线为目标值") + _cuts(here),
    )


def _cuts(here: AreaContext) -> Parts:
    """Return each unit's figure of 1.3.1 against its target; the days added up tell something else and are held
    against none.
    """
    target, bound = target_of(here, "promised_time_cut"), here.bound("promised_time_cut")
    name = here.proofs("promised_time_cut")
    columns = (
        Column[TimeCut](
            "unit",
            "责任单位",
            lambda row: row.cut.label,
            Kind.UNIT,
            Width.UNBROKEN,
            drawn=lambda row: name(row.cut.label),
        ),
        Column[TimeCut](
            "bar",
            "",
            lambda row: row.cut.value,
            Kind.PICTURE,
            Width.BAR,
            drawn=lambda row: share_bar(row.cut.value, target if bound is None or row.cut.label in bound else None),
            phone_label=False,
        ),
        Column[TimeCut]("cut", "压缩比", lambda row: counted(row.cut), Kind.SHARE, under=target_in_heading(target)),
        Column[TimeCut](
            "days",
            "合计承诺／法定工作日",
            lambda row: row.days.part,
            Kind.NUMBER,
            drawn=lambda row: ratio(row.days.part, row.days.whole),
        ),
        Column[TimeCut]("statutory", "合计法定工作日", lambda row: row.days.whole, Kind.NUMBER, only_exported=True),
    )
    table = Table("cuts", "各责任单位承诺时限压缩比", columns, counted="个单位", page_size=FIRST_SHOWN, css="spread")
    return table_parts(table, time_cut_by_unit(here.frames), here.page)


def _candidates(here: AreaContext) -> Content:
    items = here.placed("soon_on_the_spot", "item_code", "item_name", "promised_days")
    return (
        records(items, "candidates", "可以改为即办件的事项", ("实施编码", "承诺工作日"), here.page)
        if items
        else empty_state("已报送的事项中没有这样的事项。")
    )
