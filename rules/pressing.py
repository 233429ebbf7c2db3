"""What matters this week, by rule: what is red and where it lies, what falls due soon, who moved most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.lamps import Lamp, MeasureLamp

FINISHED = (Lamp.DONE, Lamp.DONE_LATE)
SOON = 10
"""Working days within which a deadline is near."""

Turn = tuple[str | None, Lamp, Lamp]
"""Unit, lamp before, lamp after."""


@dataclass(frozen=True)
class Reds:
    """How many are overdue; the area and the unit that have most, each with its number, None where nothing is."""

    number: int
    area: tuple[str, int] | None
    unit: tuple[str, int] | None


@dataclass(frozen=True)
class DueSoon:
    """What falls due within SOON working days: how many, how many of them are not finished, how many wait to be
    verified, and the first day.
    """

    number: int
    unfinished: int
    to_verify: int
    first: date


@dataclass(frozen=True)
class Movers:
    """The unit that finished most and the unit of which most turned red, each with its number; None where none did."""

    finished: tuple[str, int] | None
    turned_red: tuple[str, int] | None


def reds(lamps: Iterable[MeasureLamp]) -> Reds:
    """Return where the red ones lie."""
    red = [row for row in lamps if row.lamp is Lamp.OVERDUE]
    return Reds(len(red), _most(row.area for row in red), _most(row.unit for row in red if row.unit))


def due_soon(lamps: Sequence[MeasureLamp], as_of: date, days_left: Callable[[date], int]) -> DueSoon | None:
    """Return what falls due soon after the day; None where nothing does. `days_left`: working days until a day."""
    near = {day for row in lamps if (day := row.deadline) is not None and day > as_of and days_left(day) <= SOON}
    rows = [row for row in lamps if row.deadline in near and row.lamp is not Lamp.NOT_APPLICABLE]
    if not rows:
        return None
    unfinished = [row for row in rows if row.lamp not in FINISHED]
    waiting = sum(row.lamp is Lamp.TO_VERIFY for row in rows)
    return DueSoon(len(rows), len(unfinished), waiting, min(near))


def movers(turns: Iterable[Turn]) -> Movers:
    """Return who moved most between two days."""
    turned = [turn for turn in turns if turn[0]]
    return Movers(
        _most(unit for unit, before, after in turned if after in FINISHED and before not in FINISHED),
        _most(unit for unit, before, after in turned if after is Lamp.OVERDUE),
    )


def _most(names: Iterable[str | None]) -> tuple[str, int] | None:
    """Return the name that comes most often, of equal ones the first in order, and how often."""
    counts = Counter(name for name in names if name)
    return min(counts.items(), key=lambda pair: (-pair[1], pair[0])) if counts else None
