"""The plan that a report is of: plans.md, section 1. Records belong to the board; a progress report speaks of measures,
and a plan's year says which January its months count from.
"""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd

from data_access.database import Session
from data_access.plan_store import plan_at, plans_on_board
from models.plan import Plan
from rules.as_of import day_of, end_of_day
from rules.duty import last_day
from rules.measure_addresses import address_in, read_address
from rules.plan.current import current_plan, plans_in_force
from services.access.chosen_plan import chosen_plan
from services.figures.district_state import DistrictState, district_state, settings_in_force


def state_for_report(session: Session, at: datetime, month: str | None) -> DistrictState:
    """Return what is known at an instant, with the plan that a report of the month is of: the one asked about, else the
    one of the month's year, else the current one of the day on which the board opens.
    """
    rows = plans_on_board(session)
    if chosen_plan() is not None or len(rows) < 2:
        return district_state(session, at)
    of_year = [row for row in rows if month is not None and f"{row.year}" == month[:4]]
    end = end_of_day(_day_of_report(session, at, month if of_year else None))
    row = current_plan(of_year or rows, end) or (of_year or rows)[0]
    return district_state(session, at, plan=row.code)


def _day_of_report(session: Session, at: datetime, month: str | None) -> date:
    """The last day of the month, else the one on which the board opens."""
    opens_at = settings_in_force(session, at)["opens_at"]
    return last_day(month) if month else date.fromisoformat(opens_at) if opens_at else day_of(at)


def plans_to_report(session: Session, at: datetime, month: str | None) -> tuple[Plan, ...]:
    """Return the plans that a report of progress of the month is to speak of: those in force at its end."""
    in_force = plans_in_force(plans_on_board(session), end_of_day(_day_of_report(session, at, month)))
    return tuple(plan_at(session, at, row.code) for row in in_force)


def measures_to_name(session: Session, state: DistrictState, at: datetime) -> frozenset[str]:
    """Return what may stand for a measure in a progress report: its code, or its address with the plan's code."""
    named = [
        (plan.code, measure.code)
        for plan in _plans(session, state, at)
        for task in plan.tasks
        for measure in task.measures
    ]
    return frozenset({code for _, code in named} | {address_in(plan, code) for plan, code in named})


def _plans(session: Session, state: DistrictState, at: datetime) -> list[Plan]:
    """Every plan of the board as it stands then."""
    others = [row.code for row in plans_on_board(session) if row.code != state.plan.code]
    return [state.plan, *(plan_at(session, at, code) for code in others)]


class MeasuresNamed:
    """What the words for measures in a progress report of a month mean."""

    def __init__(self, session: Session, state: DistrictState, at: datetime, month: str | None) -> None:
        self._plans = {plan.code: plan for plan in _plans(session, state, at)}
        self._known, self._month = state.plan, month
        self._rows = {row.code: row for row in plans_on_board(session)}

    def plans_of(self, text: str) -> list[Plan]:
        """Return the plans that fit: of an address the one named, of a code the one asked about; else those of the
        month's year that have such a measure, then those in force in the month, then any.
        """
        named, code = read_address(text)
        having = [plan for plan in self._plans.values() if plan.measure(code) is not None]
        if codes := named or chosen_plan():
            return [plan for plan in having if plan.code == codes]
        if self._month is None:
            return [plan for plan in having if plan.code == self._known.code] or having
        end = end_of_day(last_day(self._month))
        of_year = [plan for plan in having if f"{plan.year}" == self._month[:4]]
        in_force = {row.code for row in plans_in_force(list(self._rows.values()), end)}
        return of_year or [plan for plan in having if plan.code in in_force] or having

    def keys(self, texts: pd.Series) -> pd.Series:
        """Return what the tables call the measures; a word that no one plan fits stays as it is."""
        return texts.map({text: self._key(text) for text in texts.dropna().unique()}).where(texts.notna(), None)

    def _key(self, text: str) -> str:
        plans = self.plans_of(text)
        return plans[0].key_of(read_address(text)[1]) if len(plans) == 1 else text

    def written(self, key: str) -> str:
        """Return the key as a progress report may say it without doubt."""
        if len(self._plans) < 2:
            return key
        return next(address_in(plan.code, code) for plan in self._plans.values() if (code := plan.code_of(key)))
