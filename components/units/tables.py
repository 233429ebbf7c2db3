"""The register of units as tables: every unit by kind, and what a workbook would change."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.phrases import lines, quiet
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, draw_table, table_parts
from models.units import UNIT_LABELS, UnitEntry
from services.units.import_units import UnitLine, UnitsRead
from services.units.register import RegisteredUnit


def draw_units(units: Sequence[RegisteredUnit], here: PageContext) -> None:
    """Draw every unit of the register with its people, tasks and accounts."""
    has_ended = any(registered.ended for registered in units)
    columns: Sequence[Column[RegisteredUnit]] = (
        Column[RegisteredUnit](
            "unit",
            "单位",
            lambda registered: registered.entry.name,
            Kind.UNIT,
            Width.UNBROKEN,
            href=lambda registered: here.address("unit", unit=registered.entry.name) if registered.tasks else None,
        ),
        Column[RegisteredUnit](
            "kind", "类别", lambda registered: registered.entry.kind, width=Width.UNBROKEN, is_filter=True
        ),
        Column[RegisteredUnit](
            "engineering", "工程审批", lambda registered: "是" if registered.entry.engineering else ""
        ),
        Column[RegisteredUnit](
            "aliases", "别名", lambda registered: "、".join(registered.entry.aliases), width=Width.PROSE
        ),
        Column[RegisteredUnit]("leader", "责任领导", lambda registered: registered.entry.leader, width=Width.UNBROKEN),
        Column[RegisteredUnit]("person", "责任人", lambda registered: registered.entry.person, width=Width.UNBROKEN),
        Column[RegisteredUnit]("phone", "联系电话", lambda registered: registered.entry.phone, width=Width.UNBROKEN),
        *([Column[RegisteredUnit]("ended", "变动", lambda registered: registered.ended)] if has_ended else []),
        Column[RegisteredUnit]("tasks", "任务", lambda registered: len(registered.tasks), Kind.NUMBER),
        Column[RegisteredUnit]("accounts", "账号", lambda registered: registered.accounts, Kind.NUMBER),
    )
    table = Table("", "单位名册", columns, counted="个单位", page_size=None, group_by="kind", is_grouped=True)
    draw_table(table, units, here)


def import_table(units: UnitsRead, here: PageContext) -> Parts:
    """Return what a workbook would change: new units first, then those that would be different."""
    columns = (
        Column[UnitLine]("unit", "单位", lambda line: line.entry.name),
        Column[UnitLine]("kind", "更改", lambda line: "修改" if line.before else "新增", width=Width.UNBROKEN),
        Column[UnitLine]("change", "更改前后", _change_in_words, width=Width.PROSE, drawn=_change),
        Column[UnitLine]("duties", "任务", lambda line: line.duties, width=Width.PROSE),
    )
    table = Table(
        "import",
        "名册的更改",
        columns,
        page_size=None,
        is_whole=False,
        nothing="与单位名册一致，没有需要导入的内容。",
    )
    return table_parts(table, (*units.new, *units.changed), here)


def _changes(line: UnitLine) -> list[tuple[str, str, str]]:
    """Return label, value before and value after of each field that would change."""
    return [
        (label, _words(getattr(line.before, field)), _words(getattr(line.entry, field)))
        for field, label in UNIT_LABELS.items()
        if label in line.changed
    ]


def _change(line: UnitLine) -> str | Markup:
    if line.before is None:
        return _change_in_words(line)
    return lines(Markup("{}：{} → {}").format(label, quiet(old), new) for label, old, new in _changes(line))


def _change_in_words(line: UnitLine) -> str:
    if line.before is None:
        return "，".join(_given(line.entry))
    return "；".join(f"{label}：{old} → {new}" for label, old, new in _changes(line))


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
