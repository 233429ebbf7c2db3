"""Which lamps turned: between two dates, and by one submission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data_access.database import Session
from models.lamps import Lamp, MeasureLamp
from rules.as_of import day_of
from rules.working_days import CalendarMissing
from services.scorecard import assess, assess_in

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


def changes_between(earlier: date, as_of: date) -> tuple[LampChange, ...]:
    """The lamps that stood otherwise at the end of the earlier day."""
    return lamps_turned(_by_key(assess(earlier).lamps), _by_key(assess(as_of).lamps))


def lamps_turned(before: Mapping[Key, Lamp], after: Mapping[Key, Lamp]) -> tuple[LampChange, ...]:
    return tuple(
        LampChange(measure, unit, before[measure, unit], lamp)
        for (measure, unit), lamp in after.items()
        if (measure, unit) in before and before[measure, unit] is not lamp
    )


def lamps_on_day(session: Session, instant: datetime) -> dict[Key, Lamp]:
    """The lamps as of the day of `instant`; none where that day's calendar is not entered."""
    try:
        return _by_key(assess_in(session, day_of(instant)).lamps)
    except CalendarMissing:
        return {}


def _by_key(lamps: Iterable[MeasureLamp]) -> dict[Key, Lamp]:
    return {(lamp.measure, lamp.unit): lamp.lamp for lamp in lamps}
