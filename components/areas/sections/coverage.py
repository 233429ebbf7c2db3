"""事项覆盖度: claimed, need not claim, unclaimed; guides published; elements filled, by element."""

from __future__ import annotations

from collections.abc import Sequence

from components.areas.sections.area_context import AreaContext
from components.areas.sections.targets import target_of
from components.elements.breakdown_tables import FIRST_SHOWN, ShareOf, ShareWords, records, shares, stacks
from components.elements.empty_state import empty_state, note, section, subsection
from components.elements.rendering import Content, render
from components.elements.table import Column, Kind, Share, Table, Width, table_parts
from services.areas.items import (
    ANSWERS,
    CLAIMS,
    BlankElement,
    answers_by_unit,
    blank_elements_by_unit,
    claimed,
    claims_by_unit,
    elements_blank,
    publication_of,
)


def sections(here: AreaContext) -> None:
    render(section("事项认领", "未认领多的单位在前") + _claims(here))
    render(section("指南发布", "各列按事项计；发布率按已认领的基本编码计，由低到高") + _published(here))
    render(section("要素空白", "必填（!）和应填（+）的列，空白多的在前") + _elements(here))


def _claims(here: AreaContext) -> Content:
    if here.frames["claims"].empty:
        return here.empty("catalogue_claims")
    claims = here.placed("claims_open", "basic_code", "item_name", "claim", "reason")
    left = [claim for claim in claims if claim.detail.startswith("未认领")]
    listed = (
        records(
            [*left, *(claim for claim in claims if claim not in left)],
            "open_claims",
            "未认领和无需认领的事项",
            ("基本编码", "状态和原因"),
            here.page,
        )
        if claims
        else empty_state("已报送的事项均已认领。")
    )
    return (
        stacks(
            claims_by_unit(here.frames),
            here.by_unit("claims", "事项认领", here.proofs("item_claim_rate")),
            CLAIMS,
            ShareOf("认领率", target_of(here, "item_claim_rate"), claimed),
        )
        + subsection("未认领和无需认领的事项", f"未认领 {len(left):,} 项，无需认领 {len(claims) - len(left):,} 项")
        + listed
    )


def _published(here: AreaContext) -> Content:
    if here.frames["publication"].empty:
        return here.empty("guides")
    published = publication_of(here.card)
    last = ShareOf("发布率", target_of(here, "guide_publication_rate"), published)
    return stacks(
        answers_by_unit(here.frames, "publication", "published", published),
        here.by_unit("published", "指南发布", here.proofs("guide_publication_rate")),
        ANSWERS,
        last,
    )


def _elements(here: AreaContext) -> Content:
    rows = elements_blank(here.frames)
    if not rows:
        return here.empty("guides")
    blank = [row for row in rows if row.part]
    if not blank:
        return empty_state(f"{len(rows)} 个要素在已报送的事项中均无空白。")
    full = f"其余 {len(rows) - len(blank)} 个要素没有空白。" if len(blank) < len(rows) else ""
    about = here.breakdown("elements", "要素空白", "要素", here.counted("element_completeness_rate"))
    spread = shares(blank, about, ShareWords("空白／事项", "空白率")) + note(
        f"{full}任一要素空白的事项计为要素不全，见举措 4.2.2。"
    )
    if here.unit:
        return spread
    by_unit = blank_elements_by_unit(here.frames)
    units = len({row.unit for row in by_unit})
    return spread + subsection("各单位空白的要素", f"{units} 个单位，空白多的在前") + _elements_by_unit(by_unit, here)


def _elements_by_unit(rows: Sequence[BlankElement], here: AreaContext) -> Content:
    """Return who has to fill what; a unit leads to its rows."""
    measure = here.measure_of("element_completeness_rate")

    def rows_of(row: BlankElement) -> str:
        if measure is None:
            return here.page.address(here.page.page, unit=row.unit)
        return here.page.address("lamp", measure=measure.code, unit=row.unit)

    columns = (
        Column[BlankElement]("element", "要素", lambda row: row.element, width=Width.UNBROKEN, is_filter=True),
        Column[BlankElement]("unit", "责任单位", lambda row: row.unit, Kind.UNIT, Width.UNBROKEN, href=rows_of),
        Column[BlankElement]("blank", "空白", lambda row: row.blank, Kind.NUMBER),
        Column[BlankElement]("share", "占本单位事项", lambda row: Share(row.blank, row.items), Kind.SHARE),
    )
    table = Table("blank_elements", "各单位空白的要素", columns, counted="行", page_size=FIRST_SHOWN)
    return table_parts(table, rows, here.page)
