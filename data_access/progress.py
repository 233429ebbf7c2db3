"""What a unit reported of its measures: every row of every progress report, with the report it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from models.progress import ProgressLine
from models.records import Progress
from models.tables import Report, Submission

FIELDS = (
    Progress.unit_id,
    Progress.measure,
    Progress.month,
    Progress.state,
    Progress.percent,
    Progress.completed_on,
    Progress.account,
    Progress.difficulty,
    Progress.next_step,
    Progress.leader,
    Progress.person,
    Progress.phone,
    Progress.submission_id,
    Progress.row,
    Report.revision,
    Report.accepted_at,
    Submission.by,
    Report.until,
)


def progress_lines(
    session: Session, end: datetime, unit_ids: Iterable[int] | None = None, measure: str | None = None
) -> list[ProgressLine]:
    """Accepted before `end`, in the order of acceptance; those replaced or withdrawn among them, marked."""
    query = (
        select(*(col(field) for field in FIELDS))
        .join(
            Report,
            (col(Report.submission_id) == col(Progress.submission_id)) & (col(Report.unit_id) == col(Progress.unit_id)),
        )
        .join(Submission, col(Submission.id) == col(Report.submission_id))
        .where(col(Report.accepted_at) < end)
        .order_by(col(Report.accepted_at), col(Report.id), col(Progress.row))
    )
    if unit_ids is not None:
        query = query.where(col(Progress.unit_id).in_(list(unit_ids)))
    if measure is not None:
        query = query.where(col(Progress.measure) == measure)
    standing = standing_progress(session, end)
    return [_line(tuple(row), standing, end) for row in session.connection().execute(query)]


def _line(row: tuple[Any, ...], standing: dict[tuple[int, str], int], end: datetime) -> ProgressLine:
    line = ProgressLine(*row)
    if line.withdrawn_at is not None and line.withdrawn_at >= end:
        line = replace(line, withdrawn_at=None)
    newest = standing.get((line.unit_id, line.month))
    if newest in (None, line.submission) or line.withdrawn_at:
        return line
    return replace(line, replaced_by=newest)


def standing_progress(session: Session, end: datetime) -> dict[tuple[int, str], int]:
    """(unit id, month) → the submission whose progress report is in force just before `end`."""
    query = (
        select(col(Report.unit_id), col(Report.month), col(Report.submission_id))
        .where(
            col(Report.dataset) == "progress",
            col(Report.accepted_at) < end,
            (col(Report.until).is_(None)) | (col(Report.until) >= end),
        )
        .order_by(col(Report.accepted_at), col(Report.id))
    )
    return {(unit_id, month): submission for unit_id, month, submission in session.connection().execute(query)}
