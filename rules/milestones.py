"""The state of a milestone: from progress rows and the bureau's latest decision to a MilestoneState. Source:
product.md, rule 3.
"""

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
    in_force: bool
    percent: int | None = None


class Decision(Protocol):
    verified: bool
    completed_on: date | None
    reason: str
    at: datetime


def state_of(rows: Sequence[ProgressRow], decision: Decision | None, latest_due_month: str | None) -> MilestoneState:
    """Return the state of a milestone. `rows` in the order of acceptance: that of the latest month in force says how
    far the measure is; after a return only what was reported since then can say that it is completed.
    """
    rows_in_force = [row for row in rows if row.in_force]
    current = _latest(rows_in_force)
    reported = latest_due_month is None or any(row.month == latest_due_month for row in rows_in_force)
    state = current.state if current else None
    percent = current.percent if current else None
    if decision is not None and decision.verified:
        return MilestoneState(
            verified_on=day_of(decision.at),
            completed_on=decision.completed_on,
            state=state,
            percent=percent,
            latest_month_reported=reported,
        )
    since = [row for row in rows if decision is None or row.accepted_at > decision.at]
    reason = decision.reason if decision is not None else None
    last = _latest([row for row in since if row.in_force])
    if last is None or last.state != DONE:
        return MilestoneState(returned_reason=reason, state=state, percent=percent, latest_month_reported=reported)
    first = next(row.accepted_on for row in since if row.state == DONE)
    return MilestoneState(
        reported_done_on=last.completed_on or first,
        first_reported_at=first,
        returned_reason=reason,
        state=state,
        percent=percent,
        latest_month_reported=reported,
    )


def _latest(rows: Sequence[ProgressRow]) -> ProgressRow | None:
    return max(rows, key=lambda row: (row.month, row.accepted_at), default=None)
