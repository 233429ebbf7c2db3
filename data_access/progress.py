"""What a unit reported of its measures: every row of every progress report, with the report it stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from data_access.record_tables import record_table
from models.definitions import Dataset
from models.progress import ProgressLine
from models.tables import Report, Submission

FIELDS = (
    "unit_id",
    "measure",
    "month",
    "state",
    "percent",
    "completed_on",
    "account",
    "difficulty",
    "next_step",
    "leader",
    "person",
    "phone",
    "submission_id",
    "row",
)
"""Of a record, in the order of ProgressLine."""


def progress_lines(
    session: Session,
    progress: Dataset,
    end: datetime,
    unit_ids: Iterable[int] | None = None,
    measure: str | None = None,
) -> list[ProgressLine]:
    """Return the lines accepted before `end`, in the order of acceptance; those replaced or withdrawn are marked."""
    record = record_table(progress.main).c
    query = (
        select(
            *(record[name] for name in FIELDS),
            col(Report.revision),
            col(Report.accepted_at),
            col(Submission.by),
            col(Report.until),
        )
        .join(Report, (col(Report.submission_id) == record.submission_id) & (col(Report.unit_id) == record.unit_id))
        .join(Submission, col(Submission.id) == col(Report.submission_id))
        .where(col(Report.accepted_at) < end)
        .order_by(col(Report.accepted_at), col(Report.id), record.row)
    )
    if unit_ids is not None:
        query = query.where(record.unit_id.in_(list(unit_ids)))
    if measure is not None:
        query = query.where(record.measure == measure)
    standing = standing_progress(session, progress, end)
    return [_line(tuple(row), standing, end) for row in session.connection().execute(query)]


def _line(row: tuple[Any, ...], standing: dict[tuple[int, str], int], end: datetime) -> ProgressLine:
    line = ProgressLine(*row)
    if line.withdrawn_at is not None and line.withdrawn_at >= end:
        line = replace(line, withdrawn_at=None)
    newest = standing.get((line.unit_id, line.month))
    if newest in (None, line.submission) or line.withdrawn_at:
        return line
    return replace(line, replaced_by=newest)


def measures_reported(session: Session, progress: Dataset, end: datetime) -> dict[tuple[int, str], frozenset[str]]:
    """Return (unit id, month) → the measures that the progress report in force just before `end` has a row of."""
    standing = standing_progress(session, progress, end)
    rows = record_table(progress.main)
    query = select(rows.c.submission_id, rows.c.unit_id, rows.c.measure).where(
        rows.c.submission_id.in_(set(standing.values()))
    )
    measures: dict[tuple[int, int], set[str]] = defaultdict(set)
    for submission, unit_id, measure in session.connection().execute(query):
        measures[submission, unit_id].add(measure or "")
    return {
        (unit_id, month): frozenset(measures[submission, unit_id]) for (unit_id, month), submission in standing.items()
    }


def standing_progress(session: Session, progress: Dataset, end: datetime) -> dict[tuple[int, str], int]:
    """Return (unit id, month) → the submission whose progress report is in force just before `end`."""
    query = (
        select(col(Report.unit_id), col(Report.month), col(Report.submission_id))
        .where(
            col(Report.dataset) == progress.code,
            col(Report.accepted_at) < end,
            (col(Report.until).is_(None)) | (col(Report.until) >= end),
        )
        .order_by(col(Report.accepted_at), col(Report.id))
    )
    return {(unit_id, month): submission for unit_id, month, submission in session.connection().execute(query)}
