"""The entries of what plans declare: added, ended, and read all at once; none is ever changed otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import text
from sqlmodel import Session, col, select

from models.definitions import Area, Dataset, Field
from models.plan_declarations import DeclaredIndicator
from models.tables import DeclarationEntry

AREA, DATASET, FIELDS = TypeAdapter(Area), TypeAdapter(Dataset), TypeAdapter(tuple[Field, ...])
INDICATOR = TypeAdapter(DeclaredIndicator)
"""How what is declared goes into an entry, and comes back."""


def as_entry(kind: TypeAdapter[Any], value: object) -> Any:
    """Return the JSON of what is declared."""
    return kind.dump_python(value, mode="json")


def declarations_version(session: Session) -> tuple[object, ...]:
    """Return what is another whenever an entry was added or ended."""
    numbers = "SELECT count(*), max(id), max(at), count(until), max(until) FROM declaration"
    return tuple(session.connection().execute(text(numbers)).one())


def declaration_entries(session: Session) -> tuple[DeclarationEntry, ...]:
    """Return every entry in the order in which they were made, of no transaction."""
    rows = session.exec(select(DeclarationEntry).order_by(col(DeclarationEntry.id)))
    return tuple(DeclarationEntry(**row.model_dump()) for row in rows)


def add_declarations(session: Session, entries: Iterable[DeclarationEntry]) -> None:
    session.add_all(entries)
    session.flush()


def end_declarations(session: Session, numbers: Iterable[int], at: datetime) -> None:
    """Enter that these entries are left out from then on."""
    rows = session.exec(select(DeclarationEntry).where(col(DeclarationEntry.id).in_(list(numbers))))
    for row in rows:
        row.until = at
        session.add(row)
    session.flush()
