"""Which lamps turned: between two dates, and by one submission."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data_access.database import Session
from models.lamps import Lamp, MeasureLamp, Scorecard
from rules.as_of import day_of, end_of_day
from rules.working_days import CalendarMissing
from services.board.scorecard import Facts, gather, lamps_that_count
from services.figures.district_state import district_state

Key = tuple[str, str | None]
"""(measure, unit name)"""


@dataclass(frozen=True, slots=True)
class LampChange:
    measure: str
    unit: str | None
    before: Lamp
    after: Lamp

    def as_json(self) -> dict[str, Any]:
        return {"measure": self.measure, "unit": self.unit, "before": self.before, "after": self.after}


def changes_of(earlier: Scorecard, later: Scorecard) -> tuple[LampChange, ...]:
    """Return the lamps that were another on the earlier day."""
    return lamps_turned(_by_key(earlier.lamps), _by_key(later.lamps))


def lamps_turned(before: Mapping[Key, Lamp], after: Mapping[Key, Lamp]) -> tuple[LampChange, ...]:
    return tuple(
        LampChange(measure, unit, before[measure, unit], lamp)
        for (measure, unit), lamp in after.items()
        if (measure, unit) in before and before[measure, unit] is not lamp
    )


class LampDiff:
    """Looks at the lamps that count a dataset before and after something is stored, as of the day it holds from."""

    def __init__(self, session: Session, instant: datetime, dataset: str) -> None:
        self.session, self.day, self.dataset = session, day_of(instant), dataset
        self.state = district_state(session, end_of_day(self.day))
        self.before = self._gather()

    def turned(self, unit_ids: Collection[int]) -> tuple[LampChange, ...]:
        """Return the lamps that stand otherwise now that something stored has changed the figures of these units; none
        where that day's calendar is not entered.
        """
        after = self._gather()
        if self.before is None or after is None:
            return ()
        try:
            return lamps_turned(
                *(_by_key(lamps_that_count(facts, self.dataset, unit_ids)) for facts in (self.before, after))
            )
        except CalendarMissing:
            return ()

    def _gather(self) -> Facts | None:
        try:
            return gather(self.session, self.day, self.state, dataset=self.dataset)
        except CalendarMissing:
            return None


def _by_key(lamps: Iterable[MeasureLamp]) -> dict[Key, Lamp]:
    return {(lamp.measure, lamp.unit): lamp.lamp for lamp in lamps}
