"""What every judgement needs to know of the district at an instant: settings, calendar, plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data_access.calendar_days import calendar_days
from data_access.database import Session
from data_access.plan_store import plan_at
from data_access.settings import settings_at
from models.plan import Plan
from rules.working_days import Calendar

DEFAULTS: dict[str, Any] = {
    "district": "",  # the district's name, left off before a unit's name
    "first_reporting_month": None,  # None: January of the plan's year
    "due_day": 5,  # a month's report is due on this day of the next month
    "warning_days": 10,  # working days before a deadline from which a measure is due soon
    "bad_review_days": 5,  # working days to rectify a bad rating where no limit is stated
    "first_response_days": 1,  # working days to call back after a bad rating
    "case_warning_days": 1,  # working days before its due date from which a case is due soon
    "minimum_sample": 5,  # fewest lamps for a unit to be ranked
    "sample_data": False,
    "opens_at": None,  # the as-of date the board opens at; None: today
}


@dataclass(frozen=True)
class InForce:
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


def in_force(session: Session, end: datetime) -> InForce:
    """As it stood just before `end`."""
    return InForce(DEFAULTS | settings_at(session, end), plan_at(session, end), Calendar.from_rows(calendar_days(session)))
