"""What a unit reported of its measures: every row of every progress report, with the report it stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from data_access.plan_store import plans_on_board
from data_access.record_tables import record_table, stored_fields
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
    added = [field.name for field in stored_fields(progress.main) if field.name not in FIELDS]
    query = (
        select(
            *(record[name] for name in added),
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
    in_force = progress_in_force(session, progress, end)
    return [
        _line(tuple(row)[len(added) :], dict(zip(added, row, strict=False)), in_force, end)
        for row in session.connection().execute(query)
    ]


def _line(row: tuple[Any, ...], added: dict[str, Any], in_force: ProgressInForce, end: datetime) -> ProgressLine:
    line = replace(ProgressLine(*row), added=added)
    if line.withdrawn_at is not None and line.withdrawn_at >= end:
        line = replace(line, withdrawn_at=None)
    newest = in_force.submission(line.unit_id, line.month, line.measure)
    if newest in (None, line.submission) or line.withdrawn_at:
        return line
    return replace(line, replaced_by=newest)


def measures_reported(session: Session, progress: Dataset, end: datetime) -> dict[tuple[int, str], frozenset[str]]:
    """Return (unit id, month) → the measures that the progress reports in force just before `end` have a row of."""
    in_force = progress_in_force(session, progress, end)
    rows = record_table(progress.main).c
    query = select(rows.submission_id, rows.unit_id, rows.month, rows.measure).where(
        rows.submission_id.in_(in_force.submissions)
    )
    measures: dict[tuple[int, str], set[str]] = defaultdict(set)
    for submission, unit_id, month, measure in session.connection().execute(query):
        if in_force.submission(unit_id, month, measure or "") == submission:
            measures[unit_id, month].add(measure or "")
    return {key: frozenset(reported) for key, reported in measures.items()}


class ProgressInForce:
    """Which progress report of a unit and month is in force: of each plan the last that has a row of it, or that has no
    row at all. Who reports of one plan takes nothing back of another.
    """

    def __init__(self, reports: Iterable[tuple[int, str, int, frozenset[str]]], prefixes: Collection[str]) -> None:
        """`reports`: unit id, month, submission and the prefixes of its plans, in the order of acceptance."""
        self._in_force: dict[tuple[int, str, str], int] = {}
        for unit_id, month, submission, of_plans in reports:
            self._in_force |= {(unit_id, month, prefix): submission for prefix in of_plans or prefixes}

    @property
    def submissions(self) -> set[int]:
        return set(self._in_force.values())

    def submission(self, unit_id: int, month: str, measure: str) -> int | None:
        """Return the submission that says how far a measure is, or None where none does."""
        return self._in_force.get((unit_id, month, _prefix(measure)))


def _prefix(measure: str) -> str:
    """Of 2024/1.1.1 the part that says the plan."""
    plan, slash, _ = measure.rpartition("/")
    return plan + slash


def progress_in_force(session: Session, progress: Dataset, end: datetime) -> ProgressInForce:
    """Return which progress reports are in force just before `end`."""
    query = (
        select(col(Report.unit_id), col(Report.month), col(Report.submission_id))
        .where(
            col(Report.dataset) == progress.code,
            col(Report.accepted_at) < end,
            (col(Report.until).is_(None)) | (col(Report.until) >= end),
        )
        .order_by(col(Report.accepted_at), col(Report.id))
    )
    prefixes = {plan.prefix for plan in plans_on_board(session)} or {""}
    spoken_of = _plans_spoken_of(session, progress) if len(prefixes) > 1 else {}
    return ProgressInForce(
        (
            (unit_id, month, submission, frozenset(spoken_of.get((submission, unit_id), ())))
            for unit_id, month, submission in session.connection().execute(query)
        ),
        prefixes,
    )


def _plans_spoken_of(session: Session, progress: Dataset) -> dict[tuple[int, int], set[str]]:
    """(submission, unit id) → the prefixes of the plans of which it has a row."""
    rows = record_table(progress.main).c
    spoken_of: dict[tuple[int, int], set[str]] = defaultdict(set)
    query = select(rows.submission_id, rows.unit_id, rows.measure).distinct()
    for submission, unit_id, measure in session.connection().execute(query):
        spoken_of[submission, unit_id].add(_prefix(measure or ""))
    return spoken_of
