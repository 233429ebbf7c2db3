"""好差评: levels and channels by month, bad ratings by stage, items never rated, signs of inflated figures."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from components.areas.sections.area_context import AreaContext, sub
from components.elements import cache
from components.elements.breakdown_tables import ShareWords, folded, numbers, records, shares, stacks
from components.elements.empty_state import empty_state, note, section
from components.elements.links import link
from components.elements.rendering import render
from components.elements.tables import Column, figure, percent, ratio
from models.chart_data import Share, Stack
from rules.rating_signs import MEANINGS, TITLES
from services.areas.rating_sign_rows import reviews_showing
from services.areas.reviews import (
    BAD_STAGES,
    LEVELS,
    TINY,
    UnitSigns,
    bad_by_stage,
    channels_by_month,
    levels_by_month,
    never_rated,
    signs_by_unit,
)
from services.figures.item_names import item_names

ON_A_PAGE = 30
OF_SIGN = "of-sign"
"""Where the reviews that show a sign are listed."""


def sections(here: AreaContext) -> None:
    render(section("满意度和评价渠道", "年初以来各月；系统默认评价单列，不计入满意度") + _levels_and_channels(here))
    render(section("差评处理阶段", "未办结的差评；逾期的不再计入前一阶段") + _bad(here))
    render(
        section(
            "从未被评价的事项",
            "有办件而没有一条本人评价，占比高的在前；点击单位查看清单"
            if here.unit is None
            else "有办件而没有一条本人评价",
        )
        + _unrated(here)
    )
    render(section("数据异常提示", "只提示核查，不影响红绿灯") + _signs(here))
    sign = st.query_params.get("sign", "")
    if here.unit and sign in TITLES:
        _reviews_of_sign(here, here.unit, sign)


def _reviews_of_sign(here: AreaContext, unit: str, sign: str) -> None:
    reviews = cache.kept(reviews_showing, sign, unit, here.district.as_of)
    shown_page = here.page.list_page(reviews, "reviews", ON_A_PAGE)
    render(
        sub(f"{TITLES[sign]}的评价", f"{len(reviews):,} 条，{MEANINGS[sign]}", OF_SIGN)
        + records(shown_page.items, "办件编号", "评价", here.page, ON_A_PAGE)
    )
    render(shown_page.links)


def _levels_and_channels(here: AreaContext) -> Markup:
    if here.frames["ratings"].empty:
        return here.empty("reviews")
    months, channels = channels_by_month(here.frames)
    levels = levels_by_month(here.frames)
    own = [Stack(_month(row.label), row.parts) for row in levels]
    bad = sum((row.parts[3] or 0) + (row.parts[4] or 0) for row in levels)
    total = sum(row.total for row in levels)
    rate = note(f"本人评价 {total:,.0f} 条，其中差评 {bad:,.0f} 条（{percent(bad / total if total else None)}）。")
    return (
        rate
        + sub("满意度", "不含系统默认")
        + stacks(own, "月份", LEVELS, here.counted("active_rating_rate"))
        + sub("评价渠道", "系统默认在末行")
        + numbers(channels, "渠道", [_month(month) for month in months], here.counted("active_rating_rate"))
    )


def _bad(here: AreaContext) -> Markup:
    day = here.district.as_of
    rows = [
        row
        for row in bad_by_stage(
            cache.caseload("callbacks", day, here.unit), cache.caseload("bad_reviews", day, here.unit)
        )
        if here.unit in (None, row.label)
    ]
    if not rows:
        reported = cache.caseload("bad_reviews", day, here.unit).of(here.unit)
        return empty_state("已报送的差评均已办结。") if reported else here.empty("bad_reviews")
    whole = Stack("合计", tuple(sum(row.parts[place] or 0 for row in rows) for place in range(len(BAD_STAGES))))
    words = "，".join(
        f"{stage} {figure(number or 0)} 条" for stage, number in zip(BAD_STAGES, whole.parts, strict=True)
    )
    return note(f"{words}。") + stacks(rows, "责任单位", BAD_STAGES, here.proofs("bad_review_on_time_rate"))


def _unrated(here: AreaContext) -> Markup:
    rows = never_rated(here.frames, here.card)
    if not rows:
        reported = not here.frames["ratings"].empty
        return empty_state("已报送的有办件的事项均有评价。") if reported else here.empty("reviews", "monthly_cases")
    words = ShareWords("责任单位", "从未评价／有办件的事项")
    if here.unit is None:
        return shares(rows, words, here.units())
    return shares(rows, words, here.proofs("item_rating_coverage")) + _unrated_items(
        here, here.unit, int(rows[0].part or 0)
    )


def _unrated_items(here: AreaContext, unit: str, every: int) -> Markup:
    names = cache.kept(item_names, unit, here.district.as_of)
    items = [
        replace(item, name=names.get(item.code, "指南中没有"))
        for item in here.placed("items_never_rated", "item_code", "item_code", "cases")
    ]
    shown_page = here.page.list_page(items, "unrated", ON_A_PAGE)
    listed = f"{every:,} 项，办件量大的在前" + (f"，列出前 {len(items):,} 项" if len(items) < every else "")
    return (
        sub("清单", listed) + records(shown_page.items, "实施编码", "办件量", here.page, ON_A_PAGE) + shown_page.links
    )


def _signs(here: AreaContext) -> Markup:
    if here.frames["ratings"].empty:
        return here.empty("reviews")
    rows = [row for row in signs_by_unit(here.frames, here.card) if here.unit in (None, row.unit)]
    if not rows:
        return empty_state("已报送的评价没有发现异常。")
    heads = [
        Column(Markup('<span title="{}">{}</span>').format(MEANINGS[sign], title), number=True)
        for sign, title in TITLES.items()
    ]
    columns = (
        Column("责任单位", css="nowrap"),
        Column("本人评价", number=True),
        *heads,
        Column("覆盖率超 100%", number=True),
        Column("评价率超 100%", number=True),
        Column("参与评价量／明细", number=True),
        Column(f"分母不足 {TINY} 而 100%", number=True),
    )
    meanings = "；".join(f"{TITLES[sign]}：{MEANINGS[sign]}" for sign in TITLES)
    return note(f"{meanings}。系统默认评价不在其内。点击数字查看逐条评价或计入的行。") + folded(
        columns, [_sign_row(row, here) for row in rows]
    )


def _sign_row(row: UnitSigns, here: AreaContext) -> tuple[str | Markup | int | None, ...]:
    shown = [_listed(row, sign, here) for sign in TITLES]
    above = [
        _rows_of(share, indicator, row.unit, here, with_share=True)
        for share, indicator in ((row.rated_items, "item_rating_coverage"), (row.rated_cases, "active_rating_rate"))
    ]
    few = (
        ("满意", row.perfect, "active_rating_rate"),
        ("覆盖率", row.all_items, "item_rating_coverage"),
        ("评价率", row.all_cases, "active_rating_rate"),
    )
    of_few = Markup("<br>").join(
        Markup("{} {}").format(word, _rows_of(share, indicator, row.unit, here))
        for word, share, indicator in few
        if share
    )
    return (
        here.units()(row.unit),
        row.own,
        *shown,
        *above,
        _rows_of(row.stated, "active_rating_rate", row.unit, here),
        of_few,
    )


def _rows_of(
    share: Share | None, indicator: str, unit: str, here: AreaContext, with_share: bool = False
) -> str | Markup:
    """Return the figure, leading to the rows that the unit's indicator counts."""
    if share is None:
        return ""
    figures = ratio(share.part, share.whole)
    label = Markup("{} {}").format(percent(share.value), figures) if with_share else figures
    measure = here.measure_of(indicator)
    if measure is None:
        return label
    address = here.page.address("lamp", measure=measure.code, unit=unit, rows="counted")
    return link(label, address, f"查看 {measure.code} 计入的行")


def _listed(row: UnitSigns, sign: str, here: AreaContext) -> str | Markup:
    number = row.shown.get(sign, 0)
    if not number:
        return ""
    share = f"（{number / row.own:.0%}）" if row.own else ""
    return link(f"{number:,}{share}", here.page.address("reviews", unit=row.unit, sign=sign) + f"#{OF_SIGN}")


def _month(month: str) -> str:
    return f"{int(month[5:])}月"
