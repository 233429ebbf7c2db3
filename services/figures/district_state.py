"""What every judgement needs to know of the district at an instant: settings, calendar, plan."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from catalogue.settings import DEFAULTS
from data_access.calendar_days import calendar_days
from data_access.database import Session
from data_access.plan_store import plan_at, plan_row, plans_on_board
from data_access.settings import settings_at
from models.plan import Plan
from rules.as_of import end_of_day
from rules.plan.current import plans_in_force
from rules.working_days import Calendar
from services.access.chosen_plan import asking_of, chosen_plan
from services.access.refusal import RefusedRequest


@dataclass(frozen=True)
class DistrictState:
    """`plan`: the one asked about. `year_starts`: the months from which figures are counted for a plan of the board."""

    settings: dict[str, Any]
    plan: Plan
    calendar: Calendar
    year_starts: tuple[str, ...] = ()

    @property
    def first_month(self) -> str:
        """The plan's first reporting month: its own, else the setting's, and never before its year."""
        setting: str = self.settings["first_reporting_month"] or ""
        return self.plan.first_month or max(setting, self.year_start)

    @property
    def year_start(self) -> str:
        """Indicators over monthly datasets run from here."""
        return self.plan.year_start

    def counted_from(self, month: str) -> DistrictState:
        """Return the state in which indicators run from the January of another plan's year."""
        return replace(self, plan=replace(self.plan, year=int(month[:4])))


def district_state(
    session: Session, end: datetime, calendar: Calendar | None = None, *, plan: str | None = None
) -> DistrictState:
    """Return the plan, units, settings and calendar just before `end`. `calendar`: where it has been read already; it
    is the same at every instant. `plan`: the code of a plan, else the one that is asked about. Raises RefusedRequest
    for a plan that is not there.
    """
    asked_about = plan_asked_about(session, end, plan)
    years = {f"{row.year}-01" for row in plans_on_board(session)} or {asked_about.year_start}
    return DistrictState(
        settings_in_force(session, end, asked_about.code),
        asked_about,
        calendar or entered_calendar(session),
        tuple(sorted(years)),
    )


def plan_asked_about(session: Session, end: datetime, plan: str | None = None) -> Plan:
    """Return the plan of this code, else the one asked about, else the current one, as it stood just before `end`.

    Raises RefusedRequest for one that is not there.
    """
    code = plan or chosen_plan()
    try:
        return plan_at(session, end, code)
    except LookupError:
        there = "、".join(row.code for row in plans_on_board(session)) or "无"
        raise RefusedRequest(f"库中没有编号为“{code}”的方案，现有：{there}。") from None


@contextmanager
def asking_of_plan_on(session: Session, day: date) -> Iterator[None]:
    """Let what is asked within, of whatever day, be asked of the plan that this day has: days are compared by one
    plan.
    """
    with asking_of(plan_asked_about(session, end_of_day(day)).code):
        yield


def plan_on_board(session: Session, code: str) -> str | None:
    """Return the code of the plan that something was stored under, or None where that plan gave way to another."""
    return code if plan_row(session, code) is not None else None


def states_in_force(session: Session, end: datetime, state: DistrictState) -> list[DistrictState]:
    """Return the state with each plan that is in force just before `end`, and with the one of `state` in any case."""
    codes = [row.code for row in plans_in_force(plans_on_board(session), end) if row.code != state.plan.code]
    return [
        state,
        *(
            replace(state, plan=plan_at(session, end, code), settings=settings_in_force(session, end, code))
            for code in codes
        ),
    ]


def entered_calendar(session: Session) -> Calendar:
    """Return the working-day calendar of the years entered."""
    return _calendar_of(calendar_days(session))


@lru_cache(maxsize=4)
def _calendar_of(days: tuple[tuple[date, bool], ...]) -> Calendar:
    """Made once of the same days."""
    return Calendar.from_rows(days)


def settings_in_force(session: Session, end: datetime, plan: str = "") -> dict[str, Any]:
    """Return every setting's value just before `end`: the board's, or what a plan has otherwise."""
    return DEFAULTS | settings_at(session, end, plan)
