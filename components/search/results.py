"""What a search found, kind by kind, every row a link to its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from catalogue.areas import AREAS
from catalogue.datasets import DATASETS
from components.elements.context import PageContext
from components.elements.empty_state import section
from components.elements.links import link
from components.elements.tables import Column, table
from components.elements.task_table import deadline_in_words
from models.plan import Measure, Task, UnitInfo
from services.search.search import Found, Place


def found_tables(found: Found, areas: Mapping[str, str], here: PageContext) -> Markup:
    """`areas`: task code → area code. Kinds without a find are left out."""
    parts = (
        ("责任单位", len(found.units), lambda: _units(found.units, here)),
        ("任务", len(found.tasks), lambda: _tasks(found.tasks, here)),
        ("举措", len(found.measures), lambda: _measures(found.measures, areas, here)),
        ("办事指南事项", len(found.items), lambda: _items(found.items, here)),
        ("案件编号", len(found.cases), lambda: _cases(found.cases, here)),
    )
    return Markup("").join(section(title, f"{number} 个") + made() for title, number, made in parts if number)


def _units(units: Sequence[UnitInfo], here: PageContext) -> Markup:
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
                link(one.name, here.address("unit", unit=one.name)),
                one.kind,
                "、".join(one.aliases),
                one.leader,
                one.person,
            )
            for one in units
        ],
    )


def _tasks(tasks: Sequence[Task], here: PageContext) -> Markup:
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
                link(one.code, here.address(AREAS[one.area].page)),
                link(one.title, here.address(AREAS[one.area].page)),
                AREAS[one.area].title,
                deadline_in_words(one),
                one.units_told,
            )
            for one in tasks
        ],
    )


def _measures(measures: Sequence[Measure], areas: Mapping[str, str], here: PageContext) -> Markup:
    columns = (
        Column("举措", css="nowrap"),
        Column("名称"),
        Column("领域", css="nowrap"),
        Column("评价方式", css="nowrap"),
    )
    rows = []
    for one in measures:
        area = AREAS[areas[one.task]]
        where = here.address(area.page, measure=one.code)
        rows.append((link(one.code, where), link(one.title, where), area.title, "节点" if one.milestone else "指标"))
    return table(columns, rows)


def _items(items: Sequence[Place], here: PageContext) -> Markup:
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
                link(one.code or "未填", here.address("guide", unit=one.unit, item=one.code)),
                link(one.name, here.address("guide", unit=one.unit, item=one.code)),
                link(one.unit, here.address("unit", unit=one.unit)),
                _place(one, here),
            )
            for one in items
        ],
    )


def _cases(cases: Sequence[Place], here: PageContext) -> Markup:
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
                link(one.unit, here.address("unit", unit=one.unit)),
                _place(one, here),
            )
            for one in cases
        ],
    )


def _place(one: Place, here: PageContext) -> Markup:
    return link(
        f"报送 {one.submission}，{one.sheet} 第 {one.row} 行",
        here.address("submission", number=one.submission),
        one.file,
    )
