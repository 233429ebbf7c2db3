"""The table of each part of a dataset, made from its declaration: the accepted rows, each with its place in the file as
uploaded.

A row is never changed or deleted; which rows are in force at a date follows from the reports (models/tables.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    inspect,
)
from sqlmodel import Session, SQLModel

from models.definitions import DECLARED, Field, Kind, Part
from models.tables import Submission, UnitRow

COLUMN_TYPES: dict[Kind, Any] = {
    Kind.TEXT: String,
    Kind.CODE: String,
    Kind.CHOICE: String,
    Kind.MONTH: String,
    Kind.YES_NO_OR_FILE: String,
    Kind.INT: BigInteger,
    Kind.DECIMAL: Float,
    Kind.DURATION: Float,
    Kind.YES_NO: Boolean,
    Kind.DATE: Date,
    Kind.DATETIME: DateTime,
}
"""Kind of a field → the type of its column. Kind.UNIT has none: the unit is the record's unit_id."""

_MAKING = Lock()  # sessions run in threads, and a table can be made only once


def stored_fields(part: Part) -> tuple[Field, ...]:
    """Return the fields that have a column of their own, in the order of the table."""
    return tuple(field for field in part.fields if field.kind is not Kind.UNIT and not field.names_plan)


def record_table(part: Part) -> Table:
    """Return the table of the part with the columns of its fields, made when it is first asked for."""
    with _MAKING:
        shipped = SQLModel.metadata.tables.get(part.table_name)
        if shipped is None and not part.table_name.startswith(DECLARED):
            return _make_table(part, SQLModel.metadata)
        if shipped is not None and all(field.name in shipped.c for field in stored_fields(part)):
            return shipped
        return _of_board(part)


_OF_BOARDS: dict[tuple[str, tuple[tuple[str, Kind], ...]], Table] = {}
"""Tables that plans declare, or add columns to, by their names and columns: what one board declares, another does
not."""


def _of_board(part: Part) -> Table:
    key = part.table_name, tuple((field.name, field.kind) for field in stored_fields(part))
    if key not in _OF_BOARDS:
        _OF_BOARDS[key] = _make_table(part, MetaData())
    return _OF_BOARDS[key]


def make_tables(session: Session, parts: Iterable[Part]) -> None:
    """Make in this very transaction the tables that are not there yet, and the columns that their parts gained since;
    nothing is dropped.
    """
    connection = session.connection()
    for part in parts:
        table, there = record_table(part), inspect(connection)
        if not there.has_table(table.name):
            table.create(connection)
            continue
        names = {column["name"] for column in there.get_columns(table.name)}
        for column in table.columns:
            if column.name not in names:
                kind = column.type.compile(connection.dialect)
                connection.execute(DDL(f'ALTER TABLE "{table.name}" ADD COLUMN "{column.name}" {kind}'))


def _make_table(part: Part, metadata: MetaData) -> Table:
    name = part.table_name
    table = Table(name, metadata, *_place_columns(), *(_column(field, part) for field in stored_fields(part)))
    # A whole-district ledger is read for one unit at a time: by submission alone every proof would walk all of it.
    by_report = ("submission_id", "unit_id", *part.counted_without_rows)
    Index(f"ix_{name}_report", *(table.c[column] for column in by_report))
    return table


def _place_columns() -> list[Column[Any]]:
    """Return what every record carries: whose it is, which submission brought it, and where it stands in that file."""
    return [
        Column("id", Integer, primary_key=True),
        Column("submission_id", Integer, ForeignKey(_key_of(Submission)), nullable=False),
        Column("unit_id", Integer, ForeignKey(_key_of(UnitRow)), nullable=False),
        Column("month", String, nullable=False),  # YYYY-MM of the report
        Column("sheet", Integer, nullable=False),  # index into the submission's sheets
        Column("row", Integer, nullable=False),  # as Excel shows it
    ]


def _key_of(model: type[SQLModel]) -> Column[Any]:
    """The column itself: by name it would be looked for beside the new table, and declared tables stand alone."""
    column: Column[Any] = model.__table__.c.id  # type: ignore[attr-defined]
    return column


def _column(field: Field, part: Part) -> Column[Any]:
    """Return the column of a field. Records are looked up by the code that is the first of their keys."""
    return Column(field.name, COLUMN_TYPES[field.kind], index=field is part.keys[0] and field.kind is Kind.CODE)
