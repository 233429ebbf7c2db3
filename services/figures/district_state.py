"""What every judgement needs to know of the district at an instant: settings, calendar, plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from catalogue.settings import DEFAULTS
from data_access.calendar_days import calendar_days
from data_access.database import Session
from data_access.plan_store import plan_at
from data_access.settings import settings_at
from models.plan import Plan
from rules.working_days import Calendar


@dataclass(frozen=True)
class DistrictState:
    settings: dict[str, Any]
    plan: Plan
    calendar: Calendar

    @property
    def first_month(self) -> str:
        """The plan's first reporting month."""
        return self.settings["first_reporting_month"] or f"{self.plan.year}-01"

    @property
    def year_start(self) -> str:
        """Indicators over monthly datasets run from here."""
        return f"{self.plan.year}-01"


def district_state(session: Session, end: datetime, calendar: Calendar | None = None) -> DistrictState:
    """Return the plan, units, settings and calendar just before `end`. `calendar`: where it has been read already; it
    is the same at every instant.
    """
    return DistrictState(settings_in_force(session, end), plan_at(session, end), calendar or entered_calendar(session))


def entered_calendar(session: Session) -> Calendar:
    """Return the working-day calendar of the years entered."""
    return _calendar_of(calendar_days(session))


@lru_cache(maxsize=4)
def _calendar_of(days: tuple[tuple[date, bool], ...]) -> Calendar:
    """Made once of the same days."""
    return Calendar.from_rows(days)


def settings_in_force(session: Session, end: datetime) -> dict[str, Any]:
    """Return every setting's value just before `end`."""
    return DEFAULTS | settings_at(session, end)
