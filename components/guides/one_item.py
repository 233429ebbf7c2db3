"""One item on a page: its guides with what is wrong with them, claims, cases by month, ratings and bad ratings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from catalogue.datasets import DATASETS
from components.cases.columns import KindedCase, code_column, lamp_column, unit_column
from components.elements import cache
from components.elements.context import PageContext
from components.elements.facts import as_written
from components.elements.phrases import as_typed, quiet
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from models.guides import ERROR
from services.access.refusal import RefusedRequest
from services.guides.one_item import COUNTED, AddedValue, ItemGuide, ItemRecords, ItemRow
from services.guides.sheet import guide_of
from services.guides.unit_guides import unit_guides

MonthOfRatings = tuple[str, Mapping[str, int]]


def finding(item: ItemRecords) -> str:
    """Return “申领：1 份指南，办件 40 件，评价 12 条，差评整改 1 件”."""
    cases = sum(int(row.values["cases"] or 0) for row in item.months)
    ratings = sum(sum(counts.values()) for counts in item.ratings.values())
    return (
        f"{item.name}：{len(item.guides)} 份指南，办件 {cases:,} 件，评价 {ratings:,} 条，差评整改 {len(item.bad)} 件"
    )


def guides_table(item: ItemRecords, here: PageContext) -> Parts:
    """Return a row a unit that publishes the item; each opens the guide as a citizen reads it."""

    def guide_page(guide: ItemGuide) -> str:
        return here.address("guide", unit=guide.unit, item=item.code)

    columns = (
        Column[ItemGuide]("name", "事项名称", lambda guide: guide.name, href=guide_page),
        _unit(here),
        Column[ItemGuide]("case_type", "办件类型", lambda guide: guide.case_type, width=Width.UNBROKEN),
        Column[ItemGuide]("days", "承诺办结时限", lambda guide: guide.promised_days, width=Width.UNBROKEN),
        Column[ItemGuide]("phone", "咨询电话", lambda guide: guide.phone, width=Width.UNBROKEN),
        Column[ItemGuide](
            "marks", "不符合规则", lambda guide: marks_in_words(guide.unit, item.code, here), href=guide_page
        ),
    )
    nothing = "截至该日没有单位发布这个事项的指南。"
    return table_parts(
        Table("guides", "办事指南", columns, counted="份", page_size=None, nothing=nothing), item.guides, here
    )


def added_table(values: Sequence[AddedValue], here: PageContext) -> Parts:
    """Return a row a field that a plan added, of each guide, material and step of the item."""
    columns = (
        _unit(here),
        Column[AddedValue]("sheet", "工作表", lambda value: value.sheet, width=Width.UNBROKEN),
        Column[AddedValue]("subject", "材料或步骤", lambda value: value.subject),
        Column[AddedValue]("field", "字段", lambda value: value.label, is_filter=True),
        Column[AddedValue](
            "value",
            "内容",
            lambda value: as_written(value.value) or "未填",
            width=Width.PROSE,
            drawn=lambda value: as_typed(as_written(value.value)) if as_written(value.value) else quiet("未填"),
        ),
    )
    nothing = "截至该日没有单位发布这个事项的指南。"
    return table_parts(Table("added", "方案增加的字段", columns, counted="项", nothing=nothing), values, here)


def marks_in_words(unit: str, code: str, here: PageContext) -> str:
    """Return “错误 2 处，建议 1 处”, or that the guide keeps every rule."""
    try:
        guides = cache.answer(unit_guides, unit, here.day)
    except RefusedRequest:
        return ""
    guide = guide_of(guides, code) if guides else None
    if guide is None:
        return ""
    errors = sum(mark.severity == ERROR for mark in guide.marks)
    return f"错误 {errors} 处，建议 {len(guide.marks) - errors} 处" if guide.marks else "符合全部规则"


def claims_table(item: ItemRecords, here: PageContext) -> Parts:
    columns = (
        _unit(here),
        Column[ItemRow]("name", "事项名称", lambda row: row.values["item_name"]),
        Column[ItemRow]("claim", "认领状态", lambda row: row.values["claim"], width=Width.UNBROKEN),
        Column[ItemRow]("reason", "原因", lambda row: row.values["reason"], width=Width.PROSE),
    )
    nothing = "截至该日的认领情况中没有这个事项。"
    return table_parts(
        Table("claims", "认领", columns, counted="个单位", page_size=None, nothing=nothing), item.claims, here
    )


def months_table(item: ItemRecords, here: PageContext) -> Parts:
    def number(row: ItemRow, field: str) -> float | None:
        return row.values[field]

    labels = {field.name: field.label for field in DATASETS["monthly_cases"].main.fields}
    columns = (
        Column[ItemRow]("month", "月份", lambda row: row.month, width=Width.UNBROKEN),
        _unit(here),
        *(Column[ItemRow](name, labels[name], partial(number, field=name), Kind.NUMBER) for name in COUNTED),
    )
    nothing = "截至该日没有报送过这个事项的办件统计。"
    return table_parts(
        Table("months", "逐月办件", columns, counted="行", page_size=None, nothing=nothing), item.months, here
    )


def ratings_table(item: ItemRecords, here: PageContext) -> Parts:
    def number(pair: MonthOfRatings, kind: str) -> int:
        return pair[1].get(kind, 0)

    kinds = list(DATASETS["reviews"].main.field("satisfaction").choices)
    columns = (
        Column[MonthOfRatings]("month", "月份", lambda pair: pair[0], width=Width.UNBROKEN),
        *(
            Column[MonthOfRatings](f"kind{index}", kind, partial(number, kind=kind), Kind.NUMBER)
            for index, kind in enumerate(kinds)
        ),
        Column[MonthOfRatings]("all", "合计", lambda pair: sum(pair[1].values()), Kind.NUMBER),
    )
    nothing = "截至该日没有这个事项的评价。"
    table = Table("ratings", "评价", columns, counted="个月", page_size=None, nothing=nothing)
    return table_parts(table, list(item.ratings.items()), here)


def bad_table(item: ItemRecords, here: PageContext) -> Parts:
    columns = (
        Column[ItemRow](
            "code",
            "差评编号",
            lambda row: row.values["bad_review_code"],
            width=Width.UNBROKEN,
            href=lambda row: here.address("case", dataset="bad_reviews", number=row.values["bad_review_code"]),
        ),
        _unit(here),
        *(
            Column[ItemRow](name, label, partial(_day, field=name), Kind.DAY, Width.UNBROKEN)
            for name, label in (("rated_at", "差评时间"), ("due_on", "整改时限"), ("rectified_at", "整改完成"))
        ),
    )
    nothing = "截至该日没有这个事项的差评。"
    return table_parts(Table("bad", "差评整改", columns, counted="件", nothing=nothing), item.bad, here)


def cases_table(cases: Sequence[KindedCase], here: PageContext) -> Parts:
    """Return every case about the item, whatever its kind; the bad ratings have a table of their own."""
    columns = (
        Column[KindedCase]("kind", "案件", lambda row: row[0].title, width=Width.UNBROKEN, is_filter=True),
        code_column(here),
        unit_column(here),
        Column[KindedCase]("subject", "事由", lambda row: row[1].subject, width=Width.PROSE),
        Column[KindedCase]("due", "应完成", lambda row: row[1].due, Kind.DAY, Width.UNBROKEN),
        lamp_column(here),
    )
    nothing = "截至该日的案件台账中没有这个事项。"
    return table_parts(Table("cases", "案件", columns, counted="件", nothing=nothing), cases, here)


def units_of(item: ItemRecords) -> Sequence[str]:
    rows: Sequence[ItemGuide | ItemRow] = (*item.guides, *item.months, *item.claims)
    return list(dict.fromkeys(row.unit for row in rows))


def _day(row: ItemRow, field: str) -> date | str | None:
    value = row.values[field]
    return value.date() if isinstance(value, datetime) else value


def _unit(here: PageContext) -> Column[Any]:
    return Column[Any](
        "unit",
        "责任单位",
        lambda row: row.unit,
        Kind.UNIT,
        Width.UNBROKEN,
        href=lambda row: here.address("unit", unit=row.unit),
    )
