"""Single records by their place in the files as uploaded: from submission, sheet and row to the stored values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from data_access.record_tables import record_table
from models.definitions import Part

Place = tuple[int, int, int]
"""Submission, position of the sheet in `Submission.sheets`, row as Excel shows it."""


def records_at(
    session: Session, part: Part, fields: Iterable[str], places: Iterable[Place]
) -> dict[Place, dict[str, Any]]:
    """Return field → value of each record at these places; a place without one is left out."""
    table = record_table(part)
    columns = [table.c[name] for name in fields]
    rows_by_submission: dict[int, set[tuple[int, int]]] = {}
    for submission, sheet, row in places:
        rows_by_submission.setdefault(submission, set()).add((sheet, row))
    records: dict[Place, dict[str, Any]] = {}
    for submission, rows in rows_by_submission.items():
        query = select(table.c.sheet, table.c.row, *columns).where(
            table.c.submission_id == submission, table.c.row.in_(sorted({row for _, row in rows}))
        )
        for sheet, row, *values in session.connection().execute(query):
            if (sheet, row) in rows:
                records[submission, sheet, row] = dict(zip((column.name for column in columns), values, strict=True))
    return records
