"""用户体验: promised against statutory time, visits, on-the-spot share, items that could become on-the-spot."""

from __future__ import annotations

from markupsafe import Markup

from catalogue.breakdowns.guides import SOON_DONE_DAYS
from components.area_sections.showing import Showing, pair, sub
from components.notices import nothing_here, section
from components.screen import draw
from components.spread import ShareWords, amounts, records, shares, stacks
from services.area_items import (
    CASE_TYPES,
    VISITS,
    case_types_by_unit,
    promised_against_statutory,
    time_bands,
    visits,
    visits_by_unit,
)


def sections(here: Showing) -> None:
    if here.frames["item_times"].empty:
        draw(section("时限、跑动和即办") + here.empty("guides"))
        return
    draw(section("承诺时限与法定时限", "合计工作日；占比越低压缩越多，目标为压缩三分之二以上") + _times(here))
    draw(section("到办事现场次数", "按事项计") + amounts(visits(here.frames), "次数", "事项", here.counted("1.3.2"))
         + sub("各责任单位", "零跑动占比低的在前") + stacks(visits_by_unit(here.frames), "责任单位", VISITS, here.proofs("1.3.2"), "零跑动占比"))
    draw(section("即办件", "即办件占比低的单位在前") + stacks(case_types_by_unit(here.frames), "责任单位", CASE_TYPES, here.proofs("1.3.4"), "即办件占比"))
    draw(section("可以改为即办件的事项", f"承诺时限不超过 {SOON_DONE_DAYS} 个工作日的承诺件") + _candidates(here))


def _times(here: Showing) -> Markup:
    return pair(
        sub("压缩程度") + amounts(time_bands(here.frames), "压缩", "事项", here.counted("1.3.1")),
        sub("各责任单位", "承诺占法定，刻度为三分之一") + shares(
            promised_against_statutory(here.frames), ShareWords("责任单位", "承诺／法定工作日", "承诺占法定", 1 / 3), here.proofs("1.3.1")),
    )


def _candidates(here: Showing) -> Markup:
    found = here.placed("soon_on_the_spot", "item_code", "item_name", "promised_days")
    return records(found, "实施编码", "承诺工作日", here.query) if found else nothing_here("没有这样的事项。")
