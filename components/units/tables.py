"""The register of units as tables: every unit by kind, and what a workbook would change."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import empty_state
from components.elements.links import link
from components.elements.tables import Column, table
from models.units import UNIT_LABELS, UnitEntry
from services.units.import_units import UnitLine, UnitsRead
from services.units.register import RegisteredUnit

COLUMNS = (
    Column("单位"),
    Column("别名"),
    Column("责任领导", css="nowrap"),
    Column("责任人", css="nowrap"),
    Column("联系电话", css="nowrap"),
    Column("任务", number=True),
    Column("账号", number=True),
)
CHANGES = (Column("单位"), Column("更改", css="nowrap"), Column("原来和现在", css="prose"), Column("任务", css="prose"))


def units_table(units: Sequence[RegisteredUnit], here: PageContext) -> Markup:
    return table(COLUMNS, [_row(one, here) for one in units], css="register units", labelled=True)


def _row(one: RegisteredUnit, here: PageContext) -> tuple[Markup, str, str, str, str, int, int]:
    entry = one.entry
    name = link(entry.name, here.address("unit", unit=entry.name)) if one.tasks else Markup("{}").format(entry.name)
    if entry.engineering:
        name += Markup(' <span class="quiet">工程审批</span>')
    return (
        name,
        "、".join(entry.aliases),
        entry.leader or "",
        entry.person or "",
        entry.phone or "",
        len(one.tasks),
        one.accounts,
    )


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
