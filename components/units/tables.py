"""The register of units as tables: every unit by kind, and what a workbook would change."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.table import Column as Listed
from components.elements.table import Kind, Table, Width, draw_table
from components.elements.tables import Column, table
from models.units import UNIT_LABELS, UnitEntry
from services.units.import_units import UnitLine, UnitsRead
from services.units.register import RegisteredUnit

CHANGES = (Column("单位"), Column("更改", css="nowrap"), Column("原来和现在", css="prose"), Column("任务", css="prose"))


def draw_units(units: Sequence[RegisteredUnit], here: PageContext) -> None:
    """Draw every unit of the register with its people, tasks and accounts."""
    columns = (
        Listed[RegisteredUnit](
            "unit",
            "单位",
            lambda one: one.entry.name,
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda one: here.address("unit", unit=one.entry.name) if one.tasks else None,
        ),
        Listed[RegisteredUnit]("kind", "类别", lambda one: one.entry.kind, width=Width.UNBROKEN, filterable=True),
        Listed[RegisteredUnit]("engineering", "工程审批", lambda one: "是" if one.entry.engineering else ""),
        Listed[RegisteredUnit]("aliases", "别名", lambda one: "、".join(one.entry.aliases), width=Width.PROSE),
        Listed[RegisteredUnit]("leader", "责任领导", lambda one: one.entry.leader, width=Width.UNBROKEN),
        Listed[RegisteredUnit]("person", "责任人", lambda one: one.entry.person, width=Width.UNBROKEN),
        Listed[RegisteredUnit]("phone", "联系电话", lambda one: one.entry.phone, width=Width.UNBROKEN),
        Listed[RegisteredUnit]("tasks", "任务", lambda one: len(one.tasks), Kind.NUMBER),
        Listed[RegisteredUnit]("accounts", "账号", lambda one: one.accounts, Kind.NUMBER),
    )
    table = Table(
        "", "单位名册", columns, counted="个单位", page_size=None, group_by="kind", is_grouped=True, has_search=True
    )
    draw_table(table, units, here)


def import_table(found: UnitsRead) -> Markup:
    """New units first, then those that would change."""
    lines = (*found.new, *found.changed)
    if not lines:
        return empty_state("与单位名册一致，没有需要导入的内容。")
    return table(CHANGES, [_line(line) for line in lines], css="register", labelled=True)


def _line(line: UnitLine) -> tuple[str, str, Markup, str]:
    if line.before is None:
        return line.entry.name, "新增", Markup("{}").format("，".join(_given(line.entry))), line.duties
    pairs = [
        (label, _words(getattr(line.before, field)), _words(getattr(line.entry, field)))
        for field, label in UNIT_LABELS.items()
        if label in line.changed
    ]
    told = Markup("<br>").join(Markup('{}：<span class="quiet">{}</span> → {}').format(*pair) for pair in pairs)
    return line.entry.name, "修改", told, line.duties


def _given(entry: UnitEntry) -> list[str]:
    return [
        f"{label} {_words(value)}"
        for field, label in UNIT_LABELS.items()
        if field != "name" and (value := getattr(entry, field))
    ]


def _words(value: object) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case tuple():
            return "、".join(value) or "空"
        case _:
            return str(value or "空")
