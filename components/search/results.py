"""What a search found, kind by kind, every row a link to its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from catalogue.areas import AREAS
from catalogue.datasets import DATASETS
from components.elements.empty_state import section
from components.elements.links import Value, address, link
from components.elements.tables import Column, table
from components.elements.task_table import deadline_in_words
from models.plan import Measure, Task, UnitInfo
from services.search.search import Found, Place

Query = Mapping[str, Value]


def found_tables(found: Found, areas: Mapping[str, str], **query: Value) -> Markup:
    """`areas`: task code → area code. Kinds without a find are left out."""
    parts = (
        ("责任单位", len(found.units), lambda: _units(found.units, query)),
        ("任务", len(found.tasks), lambda: _tasks(found.tasks, query)),
        ("举措", len(found.measures), lambda: _measures(found.measures, areas, query)),
        ("办事指南事项", len(found.items), lambda: _items(found.items, query)),
        ("案件编号", len(found.cases), lambda: _cases(found.cases, query)),
    )
    return Markup("").join(section(title, f"{number} 个") + made() for title, number, made in parts if number)


def _units(units: Sequence[UnitInfo], query: Query) -> Markup:
    columns = (
        Column("责任单位", css="nowrap"),
        Column("类别", css="nowrap"),
        Column("别名"),
        Column("责任领导", css="nowrap"),
        Column("责任人", css="nowrap"),
    )
    return table(
        columns,
        [
            (
                link(one.name, address("unit", unit=one.name, **query)),
                one.kind,
                "、".join(one.aliases),
                one.leader,
                one.person,
            )
            for one in units
        ],
    )


def _tasks(tasks: Sequence[Task], query: Query) -> Markup:
    columns = (
        Column("任务", css="nowrap"),
        Column("名称"),
        Column("领域", css="nowrap"),
        Column("完成时限"),
        Column("责任单位"),
    )
    return table(
        columns,
        [
            (
                link(one.code, address(AREAS[one.area].page, **query)),
                link(one.title, address(AREAS[one.area].page, **query)),
                AREAS[one.area].title,
                deadline_in_words(one),
                one.units_text,
            )
            for one in tasks
        ],
    )


def _measures(measures: Sequence[Measure], areas: Mapping[str, str], query: Query) -> Markup:
    columns = (
        Column("举措", css="nowrap"),
        Column("名称"),
        Column("领域", css="nowrap"),
        Column("评价方式", css="nowrap"),
    )
    rows = []
    for one in measures:
        area = AREAS[areas[one.task]]
        where = address(area.page, measure=one.code, **query)
        rows.append((link(one.code, where), link(one.title, where), area.title, "节点" if one.milestone else "指标"))
    return table(columns, rows)


def _items(items: Sequence[Place], query: Query) -> Markup:
    columns = (
        Column("实施编码", css="nowrap"),
        Column("事项名称"),
        Column("责任单位", css="nowrap"),
        Column("原文件位置"),
    )
    return table(
        columns,
        [
            (
                link(one.code or "未填", address("guide", unit=one.unit, item=one.code, **query)),
                link(one.name, address("guide", unit=one.unit, item=one.code, **query)),
                link(one.unit, address("unit", unit=one.unit, **query)),
                _place(one, query),
            )
            for one in items
        ],
    )


def _cases(cases: Sequence[Place], query: Query) -> Markup:
    columns = (
        Column("编号", css="nowrap"),
        Column("台账", css="nowrap"),
        Column("月份", css="nowrap"),
        Column("责任单位", css="nowrap"),
        Column("原文件位置"),
    )
    return table(
        columns,
        [
            (
                one.code,
                DATASETS[one.dataset].title,
                one.month,
                link(one.unit, address("unit", unit=one.unit, **query)),
                _place(one, query),
            )
            for one in cases
        ],
    )


def _place(one: Place, query: Query) -> Markup:
    return link(
        f"报送 {one.submission}，{one.sheet} 第 {one.row} 行",
        address("submission", number=one.submission, **query),
        one.file,
    )
