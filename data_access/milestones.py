"""What units reported of their milestones and what the bureau decided on them, by an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, or_, select

from data_access.progress import progress_in_force
from data_access.record_tables import record_table
from data_access.unit_changes import unit_changes
from models.definitions import Dataset
from models.lamps import MilestoneState
from models.tables import Report, Verification
from models.units import UnitChange
from rules.as_of import day_of
from rules.milestones import ProgressRow, state_of
from rules.units.changes import forebears, heir, in_force

Key = tuple[str, int]
"""(measure, unit id)"""


def milestones_at(
    session: Session,
    progress: Dataset,
    end: datetime,
    latest_due_month: str | None,
    units: Iterable[int] | None = None,
) -> dict[Key, MilestoneState]:
    """Return the state of every milestone that was reported on or decided before `end`; until a unit reports by itself
    or is decided on, that of the units which it came from is its own.
    """
    changes = in_force(unit_changes(session), end)
    if units is not None:
        units = [member for unit in units for member in (unit, *forebears(unit, changes))]
    rows = _progress_rows(session, progress, end, units)
    decisions = _decisions(session, end, units)
    states = {
        key: state_of(rows.get(key, []), decisions.get(key), latest_due_month) for key in rows.keys() | decisions.keys()
    }
    return _handed_on(states, changes) if changes else states


def _handed_on(states: dict[Key, MilestoneState], changes: Sequence[UnitChange]) -> dict[Key, MilestoneState]:
    """Of several the least advanced: what one of them finished is not finished for all."""
    inherited: dict[Key, list[MilestoneState]] = defaultdict(list)
    for (measure, unit), state in states.items():
        acting = heir(unit, changes)
        if acting != unit and (measure, acting) not in states:
            inherited[measure, acting].append(state)
    return states | {key: min(of_key, key=_progress) for key, of_key in inherited.items()}


def _progress(state: MilestoneState) -> tuple[bool, bool, int]:
    return state.verified_on is not None, state.reported_done_on is not None, state.percent or 0


def _progress_rows(
    session: Session, progress: Dataset, end: datetime, units: Iterable[int] | None
) -> dict[Key, list[ProgressRow]]:
    """Rows of reports not withdrawn, in the order of their acceptance; replaced revisions among them, marked."""
    record = record_table(progress.main).c
    query = (
        select_columns(
            record.measure,
            record.unit_id,
            record.month,
            col(Report.accepted_at),
            record.submission_id,
            record.state,
            record.completed_on,
            record.percent,
        )
        .join(Report, (col(Report.submission_id) == record.submission_id) & (col(Report.unit_id) == record.unit_id))
        .where(col(Report.accepted_at) < end, or_(col(Report.until).is_(None), col(Report.until) >= end))
        .order_by(col(Report.accepted_at), col(Report.id))
    )
    if units is not None:
        query = query.where(record.unit_id.in_(list(units)))
    reported = session.connection().execute(query).all()
    progress_now = progress_in_force(session, progress, end)
    rows: dict[tuple[Any, int], list[ProgressRow]] = defaultdict(list)
    for measure, unit_id, month, accepted_at, submission, state, completed_on, percent in reported:
        rows[measure, unit_id].append(
            ProgressRow(
                month,
                day_of(accepted_at),
                accepted_at,
                state,
                completed_on,
                progress_now.submission(unit_id, month, measure or "") == submission,
                percent,
            )
        )
    return rows


def _decisions(session: Session, end: datetime, units: Iterable[int] | None) -> dict[Key, Verification]:
    """The latest verification or return of each, of all units or some."""
    query = select(Verification).where(Verification.at < end).order_by(col(Verification.at), col(Verification.id))
    if units is not None:
        query = query.where(col(Verification.unit_id).in_(list(units)))
    return {(row.measure, row.unit_id): row for row in session.exec(query)}


def add_verification(
    session: Session,
    measure: str,
    unit_id: int,
    *,
    verified: bool,
    completed_on: date | None,
    reason: str,
    at: datetime,
    by: str,
) -> None:
    session.add(
        Verification(
            measure=measure, unit_id=unit_id, verified=verified, completed_on=completed_on, reason=reason, at=at, by=by
        )
    )
    session.flush()


def decisions_of(session: Session, measure: str, unit_id: int, end: datetime) -> list[Verification]:
    """Return every verification and return of one assignment, oldest first."""
    query = select(Verification).where(
        Verification.measure == measure, Verification.unit_id == unit_id, Verification.at < end
    )
    return list(session.exec(query.order_by(col(Verification.at), col(Verification.id))))
