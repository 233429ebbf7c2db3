"""Units in the order and the groups in which screens list them."""

from __future__ import annotations

from collections import defaultdict

from models.plan import Plan

KINDS = ("镇街", "部门", "其他")


def units_by_kind(plan: Plan) -> dict[str, list[str]]:
    """Return 镇街, 部门, 其他 → names of the units that answer for some task, in the order of the units workbook."""
    answering = {unit for task in plan.tasks for unit in task.units}
    groups: dict[str, list[str]] = defaultdict(list)
    for unit in plan.units.values():
        if unit.id in answering:
            groups[unit.kind].append(unit.name)
    return {kind: groups[kind] for kind in (*KINDS, *groups) if groups[kind]}
