"""好差评: levels and channels by month, bad ratings by stage, items never rated, signs of inflated figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st
from markupsafe import Markup

from components.areas.sections.area_context import AreaContext
from components.elements import cache
from components.elements.breakdown_tables import (
    FIRST_SHOWN,
    ShareWords,
    counted,
    numbers,
    records,
    shares,
    stacks,
    units_of,
)
from components.elements.empty_state import empty_state, note, section, subsection
from components.elements.figures import figure, percent, ratio
from components.elements.links import link
from components.elements.phrases import lines
from components.elements.rendering import Content, render
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.elements.table import Share as CountedShare
from models.chart_data import Share, Stack
from rules.months import month_label
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
            "有办件但无群众评价，占比由高到低" if here.unit is None else "有办件但无群众评价",
        )
        + _unrated(here)
    )
    render(section("数据异常提示", "只提示核查，不影响红绿灯") + _signs(here))
    sign = st.query_params.get("sign", "")
    if here.unit and sign in TITLES:
        _reviews_of_sign(here, here.unit, sign)


def _reviews_of_sign(here: AreaContext, unit: str, sign: str) -> None:
    reviews = cache.answer(reviews_showing, sign, unit, here.district.as_of)
    render(
        subsection(f"{TITLES[sign]}的评价", f"{len(reviews):,} 条，{MEANINGS[sign]}", OF_SIGN)
        + records(reviews, "of_sign", f"{TITLES[sign]}的评价", ("办件编号", "评价"), here.page, ON_A_PAGE)
    )


def _levels_and_channels(here: AreaContext) -> Content:
    if here.frames["ratings"].empty:
        return here.empty("reviews")
    months, channels = channels_by_month(here.frames)
    levels = levels_by_month(here.frames)
    own = [Stack(month_label(row.label), row.parts) for row in levels]
    bad = sum((row.parts[3] or 0) + (row.parts[4] or 0) for row in levels)
    total = sum(row.total for row in levels)
    rate = note(f"本人评价 {total:,.0f} 条，其中差评 {bad:,.0f} 条（{percent(bad / total if total else None)}）。")
    return (
        rate
        + subsection("满意度", "不含系统默认")
        + stacks(own, here.breakdown("levels", "满意度", "月份", here.counted("active_rating_rate")), LEVELS)
        + subsection("评价渠道", "系统默认在末行")
        + numbers(
            channels,
            here.breakdown("channels", "评价渠道", "渠道", here.counted("active_rating_rate")),
            [month_label(month) for month in months],
        )
    )


def _bad(here: AreaContext) -> Content:
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
    whole = Stack("合计", tuple(sum(row.parts[index] or 0 for row in rows) for index in range(len(BAD_STAGES))))
    words = "，".join(
        f"{stage} {figure(number or 0)} 条" for stage, number in zip(BAD_STAGES, whole.parts, strict=True)
    )
    return note(f"{words}。") + stacks(
        rows, here.by_unit("bad", "差评处理阶段", here.proofs("bad_review_on_time_rate")), BAD_STAGES
    )


def _unrated(here: AreaContext) -> Content:
    rows = never_rated(here.frames, here.card)
    if not rows:
        reported = not here.frames["ratings"].empty
        return empty_state("已报送的有办件的事项均有评价。") if reported else here.empty("reviews", "monthly_cases")
    words = ShareWords("从未评价／有办件的事项")
    if here.unit is None:
        return shares(rows, here.by_unit("unrated", "从未被评价的事项"), words)
    about = here.by_unit("unrated", "从未被评价的事项", here.proofs("item_rating_coverage"))
    return shares(rows, about, words) + _unrated_items(here, here.unit, int(rows[0].part or 0))


def _unrated_items(here: AreaContext, unit: str, every: int) -> Content:
    names = cache.answer(item_names, unit, here.district.as_of)
    items = [
        replace(item, name=names.get(item.code, "（指南中无此编码）"))
        for item in here.placed("items_never_rated", "item_code", "item_code", "cases")
    ]
    listed = f"{every:,} 项，办件量大的在前" + (f"，列出前 {len(items):,} 项" if len(items) < every else "")
    return subsection("清单", listed) + records(
        items, "unrated_items", "从未被评价的事项清单", ("实施编码", "办件量"), here.page, ON_A_PAGE
    )


def _signs(here: AreaContext) -> Content:
    if here.frames["ratings"].empty:
        return here.empty("reviews")
    rows = [row for row in signs_by_unit(here.frames, here.card) if here.unit in (None, row.unit)]
    if not rows:
        return empty_state("已报送的评价没有发现异常。")
    named = units_of(here.page.page, here.page)
    columns = (
        Column[UnitSigns](
            "unit", "责任单位", lambda row: row.unit, Kind.UNIT, Width.UNBROKEN, drawn=lambda row: named(row.unit)
        ),
        Column[UnitSigns]("own", "本人评价", lambda row: row.own, Kind.NUMBER),
        *(
            Column[UnitSigns](
                f"sign_{sign}",
                title,
                partial(_number_showing, sign=sign),
                Kind.NUMBER,
                hint=MEANINGS[sign],
                drawn=partial(_listed, sign=sign, here=here),
            )
            for sign, title in TITLES.items()
        ),
        _share_column("rated_items", "覆盖率超 100%", lambda row: row.rated_items, "item_rating_coverage", here),
        _share_column("rated_cases", "评价率超 100%", lambda row: row.rated_cases, "active_rating_rate", here),
        _share_column(
            "stated", "上报参评量多于明细条数", lambda row: row.stated, "active_rating_rate", here, with_share=False
        ),
        Column[UnitSigns](
            "few", f"样本少于 {TINY} 且达 100%", _few_in_words, width=Width.UNBROKEN, drawn=partial(_few, here=here)
        ),
    )
    meanings = "；".join(f"{TITLES[sign]}：{MEANINGS[sign]}" for sign in TITLES)
    table = Table("signs", "数据异常提示", columns, counted="个单位", page_size=FIRST_SHOWN, css="listed")
    return note(f"{meanings}。系统默认评价不在其内。") + table_parts(table, rows, here.page)


def _share_column(
    key: str,
    heading: str,
    share: Callable[[UnitSigns], Share | None],
    indicator: str,
    here: AreaContext,
    *,
    with_share: bool = True,
) -> Column[UnitSigns]:
    def value(row: UnitSigns) -> CountedShare | None:
        part = share(row)
        return counted(part) if part else None

    return Column(
        key,
        heading,
        value,
        Kind.SHARE,
        drawn=lambda row: _rows_of(share(row), indicator, row.unit, here, with_share=with_share),
    )


def _shares_of_few(row: UnitSigns) -> list[tuple[str, Share, str]]:
    """Return word, share and indicator of each full score that rests on a few."""
    few = (
        ("满意", row.perfect, "active_rating_rate"),
        ("覆盖率", row.all_items, "item_rating_coverage"),
        ("评价率", row.all_cases, "active_rating_rate"),
    )
    return [(word, share, indicator) for word, share, indicator in few if share]


def _few(row: UnitSigns, here: AreaContext) -> Markup:
    return lines(
        Markup("{} {}").format(word, _rows_of(share, indicator, row.unit, here))
        for word, share, indicator in _shares_of_few(row)
    )


def _few_in_words(row: UnitSigns) -> str:
    return "；".join(f"{word} {ratio(share.part, share.whole).striptags()}" for word, share, _ in _shares_of_few(row))


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


def _number_showing(row: UnitSigns, sign: str) -> int | None:
    return row.shown.get(sign) or None


def _listed(row: UnitSigns, sign: str, here: AreaContext) -> str | Markup:
    number = row.shown.get(sign, 0)
    if not number:
        return ""
    share = f"（{number / row.own:.0%}）" if row.own else ""
    return link(f"{number:,}{share}", here.page.address("reviews", unit=row.unit, sign=sign) + f"#{OF_SIGN}")
