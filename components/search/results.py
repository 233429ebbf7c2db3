"""What a search found, kind by kind, every row a link to its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from catalogue.areas import area_of
from catalogue.datasets import DATASETS
from components.elements.area_column import area_column
from components.elements.area_links import area_address
from components.elements.context import PageContext
from components.elements.empty_state import section
from components.elements.links import link
from components.elements.rendering import Parts, parts_of
from components.elements.table import Column, Kind, Table, Width, table_parts
from components.elements.task_table import deadline_in_words
from components.elements.templates import from_template
from components.search.numbered import KINDS
from models.plan import Measure, Task, UnitInfo
from services.search.search import Place, SearchResults


def results(matches: SearchResults, areas: Mapping[str, str], here: PageContext) -> Parts:
    """Return a table of each kind that the words were found in. `areas`: task code → area code."""
    parts = (
        ("责任单位", len(matches.units), lambda: _units(matches.units, here)),
        ("任务", len(matches.tasks), lambda: _tasks(matches.tasks, here)),
        ("举措", len(matches.measures), lambda: _measures(matches.measures, areas, here)),
        ("办事指南事项", len(matches.items), lambda: _items(matches.items, here)),
        ("案件编号", len(matches.cases), lambda: _cases(matches.cases, here)),
    )
    return parts_of(section(title, f"{number} 个") + table() for title, number, table in parts if number)


def looked_through(matches: SearchResults, here: PageContext) -> Markup:
    """Return the sentence that says what was looked through, so that nothing found means what it says."""
    plan = here.district.plan
    return from_template(
        "search/looked_through.html",
        day=here.day,
        units=len(plan.units),
        people="名称、别名、类别" if here.own_unit else "名称、别名、类别、责任领导、责任人、电话",
        tasks=len(plan.tasks),
        measures=sum(len(task.measures) for task in plan.tasks),
        guides=matches.guides,
        ledgers="、".join(dataset.title for dataset in DATASETS.values() if dataset.is_case),
        acts=KINDS,
    )


def _units(units: Sequence[UnitInfo], here: PageContext) -> Parts:
    columns = (
        Column[UnitInfo](
            "unit",
            "责任单位",
            lambda unit: unit.name,
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda unit: here.address("unit", unit=unit.name),
        ),
        Column[UnitInfo]("kind", "类别", lambda unit: unit.kind, width=Width.UNBROKEN),
        Column[UnitInfo]("aliases", "别名", lambda unit: "、".join(unit.aliases)),
        Column[UnitInfo]("leader", "责任领导", lambda unit: unit.leader, width=Width.UNBROKEN),
        Column[UnitInfo]("person", "责任人", lambda unit: unit.person, width=Width.UNBROKEN),
        Column[UnitInfo]("phone", "联系电话", lambda unit: unit.phone, width=Width.UNBROKEN),
    )
    return table_parts(Table("units", "责任单位", columns, counted="个单位", page_size=None), units, here)


def _tasks(tasks: Sequence[Task], here: PageContext) -> Parts:
    def area_page(task: Task) -> str:
        return area_address(area_of(task.area), here)

    columns: Sequence[Column[Task]] = (
        Column[Task]("task", "任务", lambda task: task.code, width=Width.UNBROKEN, href=area_page),
        Column[Task]("title", "名称", lambda task: task.title, href=area_page),
        area_column(lambda task: task.area, only_exported=False),
        Column[Task]("deadline", "完成时限", deadline_in_words, order=lambda task: task.deadline),
        Column[Task]("units", "责任单位", lambda task: task.units_told),
    )
    return table_parts(Table("tasks", "任务", columns, counted="项任务", page_size=None), tasks, here)


def _measures(measures: Sequence[Measure], areas: Mapping[str, str], here: PageContext) -> Parts:
    def measure_page(measure: Measure) -> str:
        return area_address(area_of(areas[measure.task]), here, measure=measure.code)

    columns: Sequence[Column[Measure]] = (
        Column[Measure]("measure", "举措", lambda measure: measure.code, width=Width.UNBROKEN, href=measure_page),
        Column[Measure]("title", "名称", lambda measure: measure.title, href=measure_page),
        area_column(lambda measure: areas[measure.task], only_exported=False),
        Column[Measure](
            "judged", "评价方式", lambda measure: "节点" if measure.milestone else "指标", width=Width.UNBROKEN
        ),
    )
    return table_parts(Table("measures", "举措", columns, counted="项举措", page_size=None), measures, here)


def _items(items: Sequence[Place], here: PageContext) -> Parts:
    def item_page(item: Place) -> str | None:
        return here.address("item", item=item.code) if item.code else None

    def guide_page(item: Place) -> str:
        return here.address("guide", unit=item.unit, item=item.code)

    columns = (
        Column[Place]("code", "实施编码", lambda item: item.code or "未填", width=Width.UNBROKEN, href=item_page),
        Column[Place]("name", "事项名称", lambda item: item.name, href=guide_page),
        Column[Place]("phone", "咨询电话", lambda item: item.phone, width=Width.UNBROKEN),
        _unit_of_place(here),
        _place(here),
    )
    return table_parts(Table("items", "办事指南事项", columns, counted="个事项", page_size=None), items, here)


def _cases(cases: Sequence[Place], here: PageContext) -> Parts:
    columns = (
        Column[Place](
            "code",
            "编号",
            lambda case: case.code,
            width=Width.UNBROKEN,
            href=lambda case: here.address("case", dataset=case.dataset, number=case.code),
        ),
        Column[Place]("ledger", "台账", lambda case: DATASETS[case.dataset].title, width=Width.UNBROKEN),
        Column[Place]("month", "月份", lambda case: case.month, width=Width.UNBROKEN),
        _unit_of_place(here),
        _place(here),
    )
    return table_parts(Table("cases", "案件编号", columns, counted="件", page_size=None), cases, here)


def _unit_of_place(here: PageContext) -> Column[Place]:
    return Column(
        "unit",
        "责任单位",
        lambda place: place.unit,
        Kind.UNIT,
        Width.UNBROKEN,
        href=lambda place: here.address("unit", unit=place.unit),
    )


def _place(here: PageContext) -> Column[Place]:
    def words(place: Place) -> str:
        return f"报送 {place.submission}，{place.sheet} 第 {place.row} 行"

    return Column(
        "place",
        "原文件位置",
        words,
        drawn=lambda place: link(words(place), here.address("submission", number=place.submission), place.file),
    )
