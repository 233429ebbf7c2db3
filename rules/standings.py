"""Units ranked by their lamps: a scorecard's rows in, the standing of each unit out, best first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from models.lamps import Lamp, MeasureLamp, RollUp
from rules.lamp import roll_up

FINISHED = (Lamp.DONE, Lamp.DONE_LATE)


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit's counts. Of a `silent` unit nothing was ever received: it stands last, whatever its lamps."""

    unit: str
    tally: RollUp
    silent: bool = False

    @property
    def finished(self) -> int:
        return sum(self.tally.counts[lamp] for lamp in FINISHED)

    @property
    def overdue(self) -> int:
        return self.tally.counts[Lamp.OVERDUE]


def standings(rows: Iterable[MeasureLamp], silent: Collection[str], minimum: int) -> list[Standing]:
    """Units with at least `minimum` lamps that count, best first: share finished, then share overdue, then the larger
    number.
    """
    by_unit: dict[str, list[Lamp]] = defaultdict(list)
    for row in rows:
        if row.unit is not None:
            by_unit[row.unit].append(row.lamp)
    ranked = [Standing(unit, roll_up(lamps), unit in silent) for unit, lamps in by_unit.items()]
    return sorted((one for one in ranked if one.tally.counted >= minimum), key=_rank)


def _rank(one: Standing) -> tuple[bool, float, float, int, str]:
    counted = max(one.tally.counted, 1)
    return one.silent, -one.finished / counted, one.overdue / counted, -counted, one.unit
