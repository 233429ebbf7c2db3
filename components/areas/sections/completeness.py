"""渠道完备度: items in the hall, same source as the platform, units that have not moved in."""

from __future__ import annotations

from markupsafe import Markup

from components.areas.sections.area_context import AreaContext
from components.areas.sections.targets import target_of
from components.elements.breakdown_tables import ShareOf, stacks
from components.elements.empty_state import note, section
from components.elements.rendering import render
from components.reporting.owed_in_words import silent_in_words
from services.areas.items import ANSWERS, answers_by_unit, not_moved_in, with_items
from services.areas.reports import spoken


def sections(here: AreaContext) -> None:
    if here.frames["hall_and_source"].empty:
        render(section("进驻大厅和服务同源") + here.empty("guides"))
        return
    render(
        section("进驻大厅的事项", "进驻比例由低到高" + here.beyond("hall_presence_rate", "hall_and_source"))
        + _moved_in(here)
        + stacks(
            answers_by_unit(here.frames, "hall_and_source", "in_hall"),
            here.by_unit("in_hall", "进驻大厅的事项", here.proofs("hall_presence_rate")),
            ANSWERS,
            ShareOf("进驻比例", target_of(here, "hall_presence_rate")),
        )
    )
    render(
        section("与平台一致的事项", "一致比例由低到高" + here.beyond("same_source_rate", "hall_and_source"))
        + stacks(
            answers_by_unit(here.frames, "hall_and_source", "same_source"),
            here.by_unit("same_source", "与平台一致的事项", here.proofs("same_source_rate")),
            ANSWERS,
            ShareOf("一致比例", target_of(here, "same_source_rate")),
        )
    )


def _moved_in(here: AreaContext) -> Markup:
    """Return how many units have nothing in the hall; of units that sent no items nothing is known."""
    outside = not_moved_in(here.frames)
    if here.unit is not None:
        return note("没有一项进驻大厅。") if outside else Markup("")
    reporting = spoken(here.district, "guides", with_items(here.frames))
    remark = f"其中 {len(outside)} 个没有一项进驻大厅：{'、'.join(outside)}" if outside else "均有事项进驻大厅"
    return note(f"{len(reporting.records)} 个单位报送了事项，{remark}。{silent_in_words(reporting, 'guides')}")
