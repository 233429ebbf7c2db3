"""For which unit somebody acts: the own one while it exists, then the one that it was merged into."""

from __future__ import annotations

from datetime import datetime

from data_access.database import Session
from data_access.plan_store import units
from data_access.unit_changes import unit_changes
from rules.units.changes import forebears, former_names, heir, in_force


def acting_for(session: Session, unit: str | None, end: datetime) -> tuple[str | None, tuple[str, ...]]:
    """Return the name, just before `end`, of the unit that people of this unit act for, and the names that are its own
    as well: its former ones, and those of the units that it came from. `unit`: any of its names; None: of no unit.
    """
    every, changes = unit_changes(session), in_force(unit_changes(session), end)
    if unit is None or not every:
        return unit, ()
    known = units(session, end)
    number = next((row.id for row in units(session).values() if unit in (row.name, *row.aliases)), None)
    if number not in known:
        return unit, ()
    acting = heir(number, changes)
    family = (acting, *forebears(acting, changes))
    names = (name for member in family for name in (known[member].name, *former_names(member, changes)))
    return known[acting].name, tuple(name for name in dict.fromkeys(names) if name != known[acting].name)
