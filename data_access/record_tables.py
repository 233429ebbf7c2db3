"""The table of each part of a dataset, made from its declaration: the accepted rows, each with its place in the file as
uploaded.

A row is never changed or deleted; which rows are in force at a date follows from the reports (models/tables.py).
"""

from __future__ import annotations

from threading import Lock
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Float, ForeignKey, Index, Integer, String, Table
from sqlmodel import SQLModel

from models.definitions import Field, Kind, Part

COLUMN_TYPES: dict[Kind, Any] = {
    Kind.TEXT: String,
    Kind.CODE: String,
    Kind.CHOICE: String,
    Kind.MONTH: String,
    Kind.YES_NO_OR_FILE: String,
    Kind.INT: BigInteger,
    Kind.DURATION: Float,
    Kind.YES_NO: Boolean,
    Kind.DATE: Date,
    Kind.DATETIME: DateTime,
}
"""Kind of a field → the type of its column. Kind.UNIT has none: the unit is the record's unit_id."""

_MAKING = Lock()  # sessions run in threads, and a table can be made only once


def stored_fields(part: Part) -> tuple[Field, ...]:
    """Return the fields that have a column of their own, in the order of the table."""
    return tuple(field for field in part.fields if field.kind is not Kind.UNIT)


def record_table(part: Part) -> Table:
    """Return the table of the part, made when it is first asked for."""
    with _MAKING:
        table = SQLModel.metadata.tables.get(part.table_name)
        return _make_table(part) if table is None else table


def _make_table(part: Part) -> Table:
    name = part.table_name
    table = Table(name, SQLModel.metadata, *_place_columns(), *(_column(field, part) for field in stored_fields(part)))
    # A whole-district ledger is read for one unit at a time: by submission alone every proof would walk all of it.
    by_report = ("submission_id", "unit_id", *part.counted_without_rows)
    Index(f"ix_{name}_report", *(table.c[column] for column in by_report))
    return table


def _place_columns() -> list[Column[Any]]:
    """Return what every record carries: whose it is, which submission brought it, and where it stands in that file."""
    return [
        Column("id", Integer, primary_key=True),
        Column("submission_id", Integer, ForeignKey("submission.id"), nullable=False),
        Column("unit_id", Integer, ForeignKey("unit.id"), nullable=False),
        Column("month", String, nullable=False),  # YYYY-MM of the report
        Column("sheet", Integer, nullable=False),  # index into the submission's sheets
        Column("row", Integer, nullable=False),  # as Excel shows it
    ]


def _column(field: Field, part: Part) -> Column[Any]:
    """Return the column of a field. Records are looked up by the code that is the first of their keys."""
    return Column(field.name, COLUMN_TYPES[field.kind], index=field is part.keys[0] and field.kind is Kind.CODE)
