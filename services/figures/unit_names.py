"""The units as a workbook or a command may name them: by their names and aliases, with the district's own name left
off.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from data_access.database import reading
from models.units import UnitChange
from rules.as_of import month_of
from rules.intake import UnitNames
from rules.units.changes import answering, ending
from services.access.clock import present
from services.access.permission import EVERYONE, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import DistrictState, district_state


def unit_names(known: Any, district: str) -> UnitNames:
    return UnitNames(
        tuple(unit.name for unit in known.values()),
        {alias: unit.name for unit in known.values() for alias in unit.aliases},
        district,
    )


def names_of(state: DistrictState) -> UnitNames:
    """Return the names by which units are known on that day; those of a unit that is no more mean its one successor,
    and itself in the months before.
    """
    changes = state.plan.unit_changes
    ends = sorted({month_of(change.day) for change in changes if change.ended})
    earlier = ((end, _names(state, [change for change in changes if month_of(change.day) < end])) for end in ends)
    return replace(_names(state, changes), earlier=tuple(earlier))


def _names(state: DistrictState, changes: Sequence[UnitChange]) -> UnitNames:
    units = state.plan.units
    names = unit_names(
        {number: unit for number, unit in units.items() if ending(number, changes) is None}, state.settings["district"]
    )
    inherited, divided = dict[str, str](), dict[str, tuple[str, ...]]()
    for number in (ended for change in changes for ended in change.ended if ended in units):
        successors = [units[successor].name for successor in answering(number, changes)]
        for name in (units[number].name, *units[number].aliases):
            if len(successors) == 1:
                inherited[name] = successors[0]
            elif successors:
                divided[name] = tuple(successors)
    return replace(names, aliases={**inherited, **names.aliases}, divided=divided) if changes else names


def unknown_unit(name: str, names: UnitNames) -> str:
    near = names.suggest(name)
    return f"单位名册中没有“{name}”" + (f"，是否为 {'、'.join(near)}？" if near else "，请先在单位名册中登记。")


def unit_id_named(state: DistrictState, unit: str) -> int:
    """Return the number of the unit of this name or alias. Raises RefusedRequest."""
    names = names_of(state)
    unit_id = state.plan.unit_id(names.resolve(unit) or unit)
    if unit_id is None:
        raise RefusedRequest(unknown_unit(unit, names))
    return unit_id


def unit_ids_named(state: DistrictState, units: Iterable[str]) -> list[int]:
    """Return the numbers of these units, each once, in the order of the register. Raises RefusedRequest."""
    named = {unit_id_named(state, unit) for unit in units}
    return [unit_id for unit_id in state.plan.units if unit_id in named]


@requires_role(*EVERYONE)
def unit_named(unit: str) -> str:
    """Return the name in the register of the unit of this name or alias. Raises RefusedRequest."""
    with reading() as session:
        state = district_state(session, present())
        return state.plan.units[unit_id_named(state, unit)].name
