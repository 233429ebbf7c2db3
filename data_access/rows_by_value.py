"""Rows of a part by what one field holds: of the reports in force alone, read through the index by report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from data_access.record_tables import record_table
from data_access.submissions import ReportInForce
from models.definitions import Part


@dataclass(frozen=True, slots=True)
class RowByValue:
    """`values`: field → value."""

    unit_id: int
    month: str
    submission: int
    row: int
    values: dict[str, Any]


def rows_with(
    session: Session, part: Part, field: str, value: str, reports: Sequence[ReportInForce], fields: Sequence[str]
) -> list[RowByValue]:
    """Return the rows of which `field` holds the value, by month and as they stand in the files."""
    table = record_table(part).c
    pairs = {(report.submission_id, report.unit_id) for report in reports}
    query = (
        select(table.unit_id, table.month, table.submission_id, table.row, *(table[name] for name in fields))
        .where(*_of_reports(table, reports), table[field] == value)
        .order_by(table.month, table.id)
    )
    return [
        RowByValue(unit, month, submission, row, dict(zip(fields, values, strict=True)))
        for unit, month, submission, row, *values in session.connection().execute(query)
        if (submission, unit) in pairs
    ]


def counts_with(
    session: Session, part: Part, field: str, value: str, reports: Sequence[ReportInForce], by: str
) -> list[tuple[str, Any, int]]:
    """Return (month, value of `by`, how many) of the rows of which `field` holds the value, by month."""
    table = record_table(part).c
    pairs = {(report.submission_id, report.unit_id) for report in reports}
    query = (
        select(table.submission_id, table.unit_id, table.month, table[by], func.count())
        .where(*_of_reports(table, reports), table[field] == value)
        .group_by(table.submission_id, table.unit_id, table.month, table[by])
        .order_by(table.month)
    )
    return [
        (month, kind, number)
        for submission, unit, month, kind, number in session.connection().execute(query)
        if (submission, unit) in pairs
    ]


def _of_reports(table: Any, reports: Sequence[ReportInForce]) -> tuple[Any, Any]:
    """By both columns of the index; pairs that do not belong together are left out afterwards."""
    return (
        table.submission_id.in_({report.submission_id for report in reports}),
        table.unit_id.in_({report.unit_id for report in reports}),
    )
