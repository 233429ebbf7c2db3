"""Rectifications, their entries and files: added, and read as they were by an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from models.rectifications import RectificationEntry, RectificationFile, RectificationRow

ROWS = RectificationRow.__table__  # type: ignore[attr-defined]
ENTRIES = RectificationEntry.__table__  # type: ignore[attr-defined]
FILES = RectificationFile.__table__  # type: ignore[attr-defined]


def add(session: Session, row: RectificationRow | RectificationEntry | RectificationFile) -> int:
    """Return the id that it got."""
    session.add(row)
    session.flush()
    return row.id or 0


def rectification_row(session: Session, number: tuple[int, int]) -> Any | None:
    """Return the row numbered (year, serial), or None."""
    year, serial = number
    query = select(ROWS).where(ROWS.c.year == year, ROWS.c.serial == serial)
    return session.connection().execute(query).one_or_none()


def rectification_rows(session: Session, end: datetime, unit_id: int | None = None) -> Sequence[Any]:
    """Return those opened before `end`, of every unit or of one, by number.

    Rows and not objects: there are thousands.
    """
    query = select(ROWS).where(ROWS.c.at < end).order_by(ROWS.c.year, ROWS.c.serial)
    if unit_id is not None:
        query = query.where(ROWS.c.unit_id == unit_id)
    return session.connection().execute(query).all()


def entries_by_rectification(session: Session, end: datetime, unit_id: int | None = None) -> dict[int, list[Any]]:
    """Return the id of a rectification → its entries before `end`, in the order in which they happened."""
    query = select(ENTRIES).where(ENTRIES.c.at < end).order_by(ENTRIES.c.at, ENTRIES.c.id)
    if unit_id is not None:
        query = query.join(ROWS, ROWS.c.id == ENTRIES.c.rectification_id).where(ROWS.c.unit_id == unit_id)
    return _grouped(session, query)


def entries_of(session: Session, rectification_id: int, end: datetime | None = None) -> list[Any]:
    """Return the entries of one in the order in which they happened, all or those before `end`."""
    query = select(ENTRIES).where(ENTRIES.c.rectification_id == rectification_id)
    if end is not None:
        query = query.where(ENTRIES.c.at < end)
    return list(session.connection().execute(query.order_by(ENTRIES.c.at, ENTRIES.c.id)))


def files_of(session: Session, entry_ids: Sequence[int]) -> dict[int, list[Any]]:
    """Return the id of an entry → its files in the order in which they were attached."""
    grouped: dict[int, list[Any]] = defaultdict(list)
    query = select(FILES).where(FILES.c.entry_id.in_(entry_ids)).order_by(FILES.c.id)
    for row in session.connection().execute(query):
        grouped[row.entry_id].append(row)
    return grouped


def file_row(session: Session, number: int) -> Any | None:
    """Return the file with unit_id, year and serial of its rectification, or None for an unknown number."""
    query = (
        select(FILES, ROWS.c.unit_id, ROWS.c.year, ROWS.c.serial)
        .join(ENTRIES, ENTRIES.c.id == FILES.c.entry_id)
        .join(ROWS, ROWS.c.id == ENTRIES.c.rectification_id)
        .where(FILES.c.id == number)
    )
    return session.connection().execute(query).one_or_none()


def _grouped(session: Session, query: Any) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in session.connection().execute(query):
        grouped[row.rectification_id].append(row)
    return grouped
