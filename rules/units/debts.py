"""What a unit had not reported when it ended is owed by its one successor: from duties and entries to debts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.units import UnitChange
from rules.as_of import month_of
from rules.duty import months
from rules.units.changes import begins

Report = tuple[int, str, str]
"""(unit id, dataset, month)"""


@dataclass(frozen=True, slots=True)
class Debt:
    """A monthly report that a unit owed when it ended. `holders`: that unit, and who took it over, each with the
    instant from which its report settles the debt (None: at any time).
    """

    dataset: str
    month: str
    holders: tuple[tuple[int, datetime | None], ...]

    @property
    def owner(self) -> int:
        """Return the unit whose report it was."""
        return self.holders[0][0]

    @property
    def before_last(self) -> Debt:
        """Return the debt as it was before it came to the last of its holders."""
        return replace(self, holders=self.holders[:-1])

    def is_settled(self, last_accepted: Mapping[Report, datetime]) -> bool:
        """Return whether the unit, or one that took it over, has reported. `last_accepted`: report → when the one in
        force was accepted.
        """
        return any(
            (accepted := last_accepted.get((unit, self.dataset, self.month))) is not None
            and (since is None or accepted >= since)
            for unit, since in self.holders
        )


def debts_of(
    changes: Sequence[UnitChange], owed_before: Mapping[int, Mapping[tuple[int, str], str]]
) -> dict[int, tuple[Debt, ...]]:
    """Return unit → the debts that came to it by entries with one successor, in the order of the entries; of a split
    nobody owes what the whole had not reported.

    `owed_before`: number of an entry → (unit, monthly dataset) → first month owed just before it.
    """
    debts_by_unit: dict[int, tuple[Debt, ...]] = {}
    for change in changes:
        for unit in change.ended:
            passing = (*debts_by_unit.pop(unit, ()), *_own(unit, change, owed_before[change.number]))
            for heir in change.successors if len(change.successors) == 1 else ():
                taken = (replace(debt, holders=(*debt.holders, (heir, begins(change.day)))) for debt in passing)
                debts_by_unit[heir] = (*debts_by_unit.get(heir, ()), *taken)
    return debts_by_unit


def _own(unit: int, change: UnitChange, owed: Mapping[tuple[int, str], str]) -> Iterable[Debt]:
    last = month_of(change.day)
    for (owner, dataset), first in owed.items():
        if owner == unit:
            yield from (Debt(dataset, month, ((unit, None),)) for month in months(first, last) if month < last)
