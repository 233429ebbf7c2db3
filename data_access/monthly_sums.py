"""What monthly reports add up to, and how their senders explained it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from data_access.record_tables import record_table
from data_access.submissions import ReportInForce
from models.definitions import Dataset
from models.tables import Submission


def monthly_sums(
    session: Session, dataset: Dataset, reports: Iterable[ReportInForce]
) -> dict[tuple[int, int], tuple[float, ...]]:
    """Return (submission, unit id) → the sums of the dataset's monthly figures; a report without rows is left out."""
    record = record_table(dataset.main).c
    sums = [func.coalesce(func.sum(record[name]), 0) for name in dataset.monthly_figures]
    query = (
        select_columns(record.submission_id, record.unit_id, *sums)
        .where(record.submission_id.in_({report.submission_id for report in reports}))
        .group_by(record.submission_id, record.unit_id)
    )
    return {(row[0], row[1]): tuple(map(float, row[2:])) for row in session.connection().execute(query)}


def explanations_of(session: Session, submissions: Collection[int]) -> dict[int, str]:
    """Return submission → the sentence given with it; those without one are left out."""
    query = select(Submission.id, Submission.explanation).where(
        col(Submission.id).in_(submissions), col(Submission.explanation).is_not(None)
    )
    return {number or 0: explanation or "" for number, explanation in session.exec(query)}
