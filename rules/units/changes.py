"""From the entries of the units' history to the register of a day, and to who answers then for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from models.plan import Plan, UnitInfo
from models.units import UnitChange, UnitChangeKind
from rules.as_of import day_of, end_of_day, month_of

Changes = Sequence[UnitChange]


def begins(day: date) -> datetime:
    """Return the first instant of a day, from which on a change of that day holds."""
    return end_of_day(day - timedelta(days=1))


def in_order(changes: Iterable[UnitChange]) -> tuple[UnitChange, ...]:
    """Return them by day, those of one day as they were entered."""
    return tuple(sorted(changes, key=lambda change: (change.day, change.number)))


def in_force(changes: Iterable[UnitChange], end: datetime) -> tuple[UnitChange, ...]:
    """Return those that hold just before `end`, in their order."""
    return in_order(change for change in changes if begins(change.day) < end)


def register_at(known: Mapping[int, UnitInfo], changes: Iterable[UnitChange], end: datetime) -> dict[int, UnitInfo]:
    """Return the units just before `end`, from the register of all that was ever entered: without those founded later,
    and each by the name that it had. Units that are no more stay: what they reported stays theirs.
    """
    to_come = [change for change in in_order(changes) if begins(change.day) >= end]
    later = {unit for change in to_come for unit in change.new}
    register = {number: unit for number, unit in known.items() if number not in later}
    for change in reversed(to_come):
        if change.kind is UnitChangeKind.RENAME and change.units[0] in register:
            unit = register[change.units[0]]
            others = (name for name in (*unit.aliases, unit.name) if name != change.name_before)
            register[unit.id] = replace(unit, name=change.name_before, aliases=tuple(dict.fromkeys(others)))
    return register


def answering(unit: int, changes: Changes) -> tuple[int, ...]:
    """Return the units that answer for what this one answered for: itself while it exists, nobody where it was
    abolished without a successor.
    """
    return _handed_on([unit], changes)


def _handed_on(units: Iterable[int], changes: Changes) -> tuple[int, ...]:
    current = tuple(units)
    for change in changes:
        if not set(change.ended).isdisjoint(current):
            current = tuple(
                dict.fromkeys(
                    successor
                    for number in current
                    for successor in (change.successors if number in change.ended else (number,))
                )
            )
    return current


def ending(unit: int, changes: Changes) -> UnitChange | None:
    """Return the entry by which a unit came to its end, or None while it exists."""
    return next((change for change in changes if unit in change.ended), None)


def heir(unit: int, changes: Changes) -> int:
    """Return the one unit that acts for this one now: itself, or what it was merged into."""
    successors = answering(unit, changes)
    return successors[0] if len(successors) == 1 else unit


def forebears(unit: int, changes: Changes) -> tuple[int, ...]:
    """Return the units whose reports and duties have come down to this one alone, in the order of their ends."""
    ended = dict.fromkeys(number for change in changes for number in change.ended)
    return tuple(number for number in ended if number != unit and answering(number, changes) == (unit,))


def former_names(unit: int, changes: Changes) -> tuple[str, ...]:
    """Return the names that a unit had before, the oldest first."""
    renamings = [change for change in changes if change.kind is UnitChangeKind.RENAME and change.units == (unit,)]
    return tuple(dict.fromkeys(change.name_before for change in renamings))


def names_answering(plan: Plan) -> dict[int, str]:
    """Return unit id → the name of who acts for it now, for what is still to be done."""
    return {number: plan.units[heir(number, plan.unit_changes)].name for number in plan.units}


def existing_names(plan: Plan) -> list[str]:
    """Return the names of the units that are still there, in the order of the register."""
    return [unit.name for unit in plan.units.values() if ending(unit.id, plan.unit_changes) is None]


def family(plan: Plan, unit: int) -> tuple[int, ...]:
    """Return a unit with those for which it acts now."""
    return (unit, *forebears(unit, plan.unit_changes))


def history_of(unit: int, changes: Changes) -> tuple[UnitChange, ...]:
    """Return the entries that tell of a unit, or of one that it came from or that came from it, in their order."""
    family = {unit, *forebears(unit, changes), *answering(unit, changes)}
    return tuple(
        change for change in changes if not family.isdisjoint((*change.units, *change.successors, *change.new))
    )


class TaskUnits:
    """Who answers for one task as decisions and entries follow upon one another: ask `rule` for each decision, oldest
    first, then `finish`.

    `since`: unit → the first month that it answers for, where later than the beginning.
    """

    def __init__(self, task: str, units: Sequence[int], since: Mapping[int, str], changes: Changes) -> None:
        self.task, self.units, self.since = task, list(units), dict(since)
        self.is_handed_on = False  # by an entry, since the last decision
        self._to_come, self._applied = list(changes), list[UnitChange]()

    def rule(self, units: Sequence[int], at: datetime) -> None:
        """Let these units answer from a decision on; whoever is no more by then is replaced by who came after it."""
        self._apply_until(at)
        month, decided = month_of(day_of(at)), _handed_on(units, self._applied)
        self.since = {
            unit: self.since.get(unit, month) for unit in decided if unit in self.since or unit not in self.units
        }
        self.units, self.is_handed_on = list(decided), list(decided) != list(units)

    def finish(self) -> None:
        self._apply_until(None)

    def _apply_until(self, at: datetime | None) -> None:
        while self._to_come and (at is None or begins(self._to_come[0].day) <= at):
            change = self._to_come.pop(0)
            self._applied.append(change)
            self._apply(change)

    def _apply(self, change: UnitChange) -> None:
        taken_on: tuple[int, ...] = ()
        if change.kind is UnitChangeKind.FOUND:
            taken_on = change.units if self.task in change.tasks else ()
        elif not set(change.units).isdisjoint(self.units):
            taken_on = change.successors
        added = [unit for unit in taken_on if unit not in self.units]
        remaining = [unit for unit in self.units if unit not in change.ended]
        if added or len(remaining) < len(self.units):
            self.is_handed_on = True
        self.units = [*remaining, *added]
        self.since = {unit: month for unit, month in self.since.items() if unit in remaining}
        self.since |= dict.fromkeys(added, month_of(change.day))
        for unit in set(change.new).intersection(remaining):  # named before it was there
            self.since[unit] = max(self.since.get(unit, ""), month_of(change.day))
