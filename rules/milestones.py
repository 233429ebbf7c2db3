"""The state of a milestone: progress rows and the bureau's latest decision in, a MilestoneState out. Source: product.md, rule 3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from models.lamps import MilestoneState
from rules.as_of import day_of

DONE = "已完成"


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """One row of a progress report. `standing`: its report has not been replaced by a later one of the same month."""

    month: str
    accepted_on: date
    accepted_at: datetime
    state: str | None
    completed_on: date | None
    standing: bool


class Decision(Protocol):
    verified: bool
    completed_on: date | None
    reason: str
    at: datetime


def state_of(rows: Sequence[ProgressRow], decision: Decision | None, latest_due_month: str | None) -> MilestoneState:
    """`rows` in the order of acceptance. The row of the latest month in force tells where the measure stands."""
    standing = [row for row in rows if row.standing]
    current = max(standing, key=lambda row: (row.month, row.accepted_at), default=None)
    reported = latest_due_month is None or any(row.month == latest_due_month for row in standing)
    state = current.state if current else None
    if decision is not None and decision.verified:
        return MilestoneState(verified_on=day_of(decision.at), completed_on=decision.completed_on, state=state,
                              latest_month_reported=reported)
    returned = decision.at if decision is not None else None
    reason = decision.reason if decision is not None else None
    if current is None or current.state != DONE or (returned is not None and current.accepted_at <= returned):
        return MilestoneState(returned_reason=reason, state=state, latest_month_reported=reported)
    first = _first_report(rows, returned)
    return MilestoneState(reported_done_on=current.completed_on or first, first_reported_at=first, returned_reason=reason,
                          state=state, latest_month_reported=reported)


def _first_report(rows: Sequence[ProgressRow], returned: datetime | None) -> date:
    """The day of the first report of completion since the last return and since it was last said not to be complete."""
    first: date | None = None
    for row in rows:
        if row.state != DONE:
            first = None if row.standing else first
        elif first is None and (returned is None or row.accepted_at > returned):
            first = row.accepted_on
    return first or rows[-1].accepted_on
