"""Units ranked by their lamps, for the board and for bulletins alike: from lamps by unit to places with ties, units
with too few measures and silent units (supervision.md 4.2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from models.lamps import Lamp, MeasureLamp, RollUp
from rules.lamp import roll_up

FINISHED = (Lamp.DONE, Lamp.DONE_LATE)
LEFT_OUT = (Lamp.NOT_APPLICABLE, Lamp.DOUBT)
"""What has nothing to count is no measure, and the plan's own defect is not the unit's."""


@dataclass(frozen=True, slots=True)
class UnitTally:
    """How many of each lamp a unit has. `counted` leaves out what is not applicable or in doubt."""

    unit: str
    tally: RollUp

    @property
    def counted(self) -> int:
        return self.tally.counted - self.tally.counts[Lamp.DOUBT]

    @property
    def finished(self) -> int:
        return sum(self.tally.counts[lamp] for lamp in FINISHED)

    @property
    def overdue(self) -> int:
        return self.tally.counts[Lamp.OVERDUE]

    @property
    def share(self) -> float:
        """Finished ÷ counted, of a unit with something to count."""
        return self.finished / self.counted

    @property
    def rank_key(self) -> tuple[Fraction, Fraction]:
        """What is compared, exactly: the smaller stands before."""
        return Fraction(-self.finished, self.counted), Fraction(self.overdue, self.counted)


@dataclass(frozen=True, slots=True)
class Placed:
    """A ranked unit. Units that are equal in both shares have the same place, and the next one is counted on: 1, 2, 2,
    4.
    """

    place: int
    unit: UnitTally


@dataclass(frozen=True, slots=True)
class Ranking:
    """`places` best first, the others in the order of the register. A silent unit stands among the silent alone."""

    places: tuple[Placed, ...]
    unranked: tuple[UnitTally, ...]
    silent: tuple[UnitTally, ...]

    def place_of(self, unit: str) -> int | None:
        """Return the unit's place, or None where it has none."""
        return next((placed.place for placed in self.places if placed.unit.unit == unit), None)


def rank(rows: Iterable[MeasureLamp], register: Sequence[str], silent: Collection[str], minimum: int) -> Ranking:
    """Return every unit of the register once: placed with at least `minimum` counted measures, by share finished and
    then share overdue; `silent`: the units that owe something and sent none of it.
    """
    lamps: dict[str, list[Lamp]] = defaultdict(list)
    for row in rows:
        if row.unit is not None:
            lamps[row.unit].append(row.lamp)
    tallies = [UnitTally(unit, roll_up(lamps[unit])) for unit in register]
    heard = [tally for tally in tallies if tally.unit not in silent]
    ranked = sorted((tally for tally in heard if _has_enough(tally, minimum)), key=lambda tally: tally.rank_key)
    return Ranking(
        tuple(_places(ranked)),
        tuple(tally for tally in heard if not _has_enough(tally, minimum)),
        tuple(tally for tally in tallies if tally.unit in silent),
    )


def _has_enough(tally: UnitTally, minimum: int) -> bool:
    return tally.counted >= max(minimum, 1)


def _places(ranked: Sequence[UnitTally]) -> Iterable[Placed]:
    place = 0
    for number, tally in enumerate(ranked, 1):
        if number == 1 or tally.rank_key != ranked[number - 2].rank_key:
            place = number
        yield Placed(place, tally)
