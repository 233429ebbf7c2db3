"""The twelve units that send workbooks of their own, each in its own hand, and when they send them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from catalogue.datasets import DATASETS
from sample_data.district_units import DISTRICT, UNIT, Unit
from sample_data.guide_rows import guide
from sample_data.layout import Layout, Record
from sample_data.ledger_time import as_known, still_open
from sample_data.post import Post, moment, sheets_of
from sample_data.progress_rows import progress_rows
from sample_data.rating_rows import month_of_cases
from sample_data.story import (
    IMPROVED,
    LATE,
    MONTHS,
    NO_BAD_REVIEWS,
    OWN_PROGRESS,
    OWN_REVIEWS,
    OWN_WORKBOOKS,
    ZERO,
    Quality,
    quality,
)
from sample_data.workbook import Sheet

MIXED_DATES = ("cell", "iso", "slash", "dot", "chinese", "compact")
BRACES = "{填表说明：1.红色标注为必填项；2.编码列请设为文本格式；3.日期统一填写到日}"

HANDS = {
    "区人社局": Layout(serial=True, total=0, below=("填表人：卫样三　审核人：蒋样五",)),
    "区医保局": Layout(),
    "区税务局": Layout(groups=4, dates=("iso",), durations=("{}个工作日", "{}日")),
    "区住建局": Layout(
        serial=True,
        decorated=True,
        dates=("slash",),
        durations=("{}日",),
        numbers=("text",),
        total=0,
        above=(BRACES,),
        below=("注：本表每月5日前报区政务服务管理局。",),
    ),
    "区市场监管局": Layout(aliases=True, dates=("chinese",), yes_no=("√", "×"), total=17, durations=("number",)),
    "区公安分局": Layout(dates=("compact",), skip_empty=True),
    "区民政局": Layout(serial=True, dates=MIXED_DATES, durations=("{}个工作日", "{}日", "number")),
    "区卫健局": Layout(groups=3, missing="/", dates=("dot",), hidden_rows=(2, 5)),
    "云台街道": Layout(total=0, dates=("chinese", "iso")),
    "柳林街道": Layout(numbers=("counted", "wide", "number"), dates=("iso",), missing="-", skip_empty=True),
    "青石镇": Layout(
        serial=True,
        groups=3,
        aliases=True,
        decorated=True,
        merge_units=True,
        total=-6,
        dates=(*MIXED_DATES, "short"),
        above=(BRACES,),
        numbers=("text", "counted"),
        below=("填表人：许样二", "备注：数据以系统为准，如有出入请与便民服务中心联系。"),
    ),
    "白水镇": Layout(missing="——", yes_no=("Y", "N"), unit_names={"白水镇": "白水镇人民政府"}, serial=True),
}
NOTES_SHEET = Sheet(
    "填报说明", [["填报说明"], ["一、本表由各单位办公室统一填报。"], ["二、报送前请单位分管领导审签。"]]
)
OLD_SHEET = Sheet("旧数据", [["2022年留存，勿删"], ["姓名", "数量"], ["合计", 32]], hidden=True)
MORE_SHEETS = {"云台街道": (NOTES_SHEET,), "柳林街道": (NOTES_SHEET, OLD_SHEET), "青石镇": (OLD_SHEET,)}


def own_posts() -> list[Post]:
    return (
        [post for name in OWN_WORKBOOKS for post in (*_guides(UNIT[name]), *_monthly(UNIT[name]))]
        + zero_posts()
        + corrections()
    )


def _guides(unit: Unit) -> list[Post]:
    first, day = quality(unit), 12 + unit.number % 9
    if unit.name not in IMPROVED:
        return [own_post(unit, "guides", "2023-06", moment(6, day, 15), guide(unit, first))]
    return [
        own_post(unit, "guides", "2023-06", moment(6, day, 15), guide(unit, Quality.POOR)),
        own_post(
            unit, "guides", "2023-08", moment(8, 9 + unit.number % 9, 10), guide(unit, Quality.PERFECT), "（修订）"
        ),
    ]


def _monthly(unit: Unit) -> list[Post]:
    posts: list[Post] = []
    earlier_bad: list[Record] = []
    for month in MONTHS:
        at, of_month = sent_at(unit, month), month_of_cases(unit, month)
        bad = as_known("bad_reviews", earlier_bad + of_month.bad_reviews, at.date())
        earlier_bad = still_open("bad_reviews", of_month.bad_reviews, at.date())
        tables: dict[str, Sequence[Record]] = {"monthly_cases": of_month.monthly_cases}
        if unit.name in OWN_PROGRESS:
            tables["progress"] = progress_rows(unit, month)
        if unit.name in OWN_REVIEWS:
            tables["reviews"] = of_month.reviews
        if unit.name not in NO_BAD_REVIEWS:
            tables["bad_reviews"] = bad
        posts += [
            own_post(unit, dataset, month, at.replace(minute=index * 7), {dataset: rows})
            for index, (dataset, rows) in enumerate(tables.items())
        ]
    return posts


def sent_at(unit: Unit, month: str) -> datetime:
    """Return when the unit sent the month. June is due on 5 July, July on Monday 7 August."""
    hour = 9 + unit.number % 8
    if month == "2023-06":
        return moment(7, 10, hour) if unit.name in LATE else moment(7, 3 + unit.number % 3, hour)
    return moment(8, 11, hour) if unit.name in LATE else moment(8, (3, 4, 7)[unit.number % 3], hour)


def own_post(
    unit: Unit,
    dataset: str,
    month: str,
    at: datetime,
    parts: dict[str, Sequence[Record]] | dict[str, list[Record]],
    remark: str = "",
) -> Post:
    title, plain = DATASETS[dataset].title, unit.name == "区医保局" and any(parts.values())
    layout = _adapted(HANDS.get(unit.name, Layout()), dataset, max(map(len, parts.values()), default=0))
    when = f"{month[:4]}年{int(month[5:])}月"
    heading = () if plain else (f"{DISTRICT}{when}{title}", f"填报单位（公章）：{unit.name}")
    sheets = sheets_of(dataset, parts, replace(layout, above=(*heading, *layout.above)))
    as_csv = unit.name == "区公安分局" and dataset != "guides"
    name = f"{at:%m}月/{unit.name}{int(month[5:])}月{title}{remark}.{'csv' if as_csv else 'xlsx'}"
    return Post(name, dataset, unit.name, month, at, sheets + (() if as_csv else MORE_SHEETS.get(unit.name, ())))


def _adapted(layout: Layout, dataset: str, rows: int) -> Layout:
    """Totals stand under figures only; what counts pieces is written “12 件”, nothing else is."""
    figures = dataset in ("monthly_cases", "hotline_calls", "engineering_monthly")
    return replace(
        layout,
        total=layout.total if figures and rows else None,
        hidden_rows=layout.hidden_rows if rows > 9 else (),
        numbers=layout.numbers if figures else ("number",),
        below=layout.below if rows else (),
        dates=tuple(d for d in layout.dates if d != "short" or dataset == "bad_reviews"),
        merge_units=layout.merge_units and rows > 1,
    )


def zero_posts() -> list[Post]:
    """Return headings without rows: a zero report."""
    monthly = ("monthly_cases", "reviews", "bad_reviews", "help_cases")
    posts = [_zero(UNIT[name], dataset, month) for name in ZERO for month in MONTHS for dataset in monthly]
    posts += [_zero(UNIT[name], "bad_reviews", month) for name in NO_BAD_REVIEWS for month in MONTHS]
    return posts + [
        own_post(UNIT[name], dataset, "2023-06", moment(6, 20, 11, index), {}, "（零报告）")
        for name in ZERO
        for index, dataset in enumerate(("guides", "catalogue_claims", "assessment_problems"))
    ]


def _zero(unit: Unit, dataset: str, month: str) -> Post:
    return own_post(unit, dataset, month, sent_at(unit, month).replace(minute=50), {}, "（零报告）")


def corrections() -> list[Post]:
    """Return a second file for the same month: the first stays, the second counts."""
    civil, stream = UNIT["区民政局"], UNIT["清溪镇"]
    june, july = month_of_cases(civil, "2023-06"), month_of_cases(stream, "2023-07")
    raised = [row | {"licence_calls": int(str(row["licence_calls"])) + 2} for row in june.monthly_cases]
    honest = [row | {"rated_cases": _rated(row, july.reviews)} for row in july.monthly_cases]
    return [
        own_post(civil, "monthly_cases", "2023-06", moment(7, 11, 16), {"monthly_cases": raised}, "（更正）"),
        own_post(stream, "monthly_cases", "2023-07", moment(8, 15, 10), {"monthly_cases": honest}, "（更正）"),
    ]


def _rated(row: Record, reviews: Sequence[Record]) -> int:
    return sum(review["item_code"] == row["item_code"] and review["channel"] != "系统默认" for review in reviews)
