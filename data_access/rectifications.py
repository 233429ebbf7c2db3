"""Rectifications, their entries and files: added, and read as they were by an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlmodel import Session

from models.rectifications import Act, RectificationEntry, RectificationFile, RectificationRow, Source

ROWS = RectificationRow.__table__  # type: ignore[attr-defined]
ENTRIES = RectificationEntry.__table__  # type: ignore[attr-defined]
FILES = RectificationFile.__table__  # type: ignore[attr-defined]

ENDS = (Act.ACCEPT.value, Act.WITHDRAW.value)
MOVES = (*ENDS, Act.ANSWER.value, Act.RETURN.value, Act.REOPEN.value)
"""Acts after which it is in another state, as rules/rectifications/course.py has it."""


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


def standing_from(session: Session, source: str, end: datetime) -> Any | None:
    """Return the last row of this very source that was not withdrawn before `end`, or None."""
    withdrawn = exists().where(
        ENTRIES.c.rectification_id == ROWS.c.id, ENTRIES.c.act == Act.WITHDRAW.value, ENTRIES.c.at < end
    )
    query = select(ROWS).where(ROWS.c.source == source, ~withdrawn).order_by(ROWS.c.at.desc(), ROWS.c.id.desc())
    return session.connection().execute(query).first()


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rectifications are read: of every unit or of some, from every source or from one kind, `is_open`: only
    those neither closed nor withdrawn by then.
    """

    unit_ids: tuple[int, ...] | None = None
    source: Source | None = None
    is_open: bool = False

    def conditions(self, end: datetime) -> list[Any]:
        return [
            *([] if self.unit_ids is None else [ROWS.c.unit_id.in_(self.unit_ids)]),
            *([] if self.source is None else [ROWS.c.source.startswith(f"{self.source}:")]),
            *([~_is_over(end)] if self.is_open else []),
        ]


EVERY = Chosen()


def rectification_rows(session: Session, end: datetime, chosen: Chosen = EVERY) -> Sequence[Any]:
    """Return those opened before `end`, by number.

    Rows and not objects: there are thousands.
    """
    query = select(ROWS).where(ROWS.c.at < end, *chosen.conditions(end)).order_by(ROWS.c.year, ROWS.c.serial)
    return session.connection().execute(query).all()


def entries_by_rectification(session: Session, end: datetime, chosen: Chosen = EVERY) -> dict[int, list[Any]]:
    """Return the id of a rectification → its entries before `end`, in the order in which they happened."""
    query = select(ENTRIES).where(ENTRIES.c.at < end).order_by(ENTRIES.c.at, ENTRIES.c.id)
    if conditions := chosen.conditions(end):
        query = query.join(ROWS, ROWS.c.id == ENTRIES.c.rectification_id).where(*conditions)
    return _grouped(session, query)


def _is_over(end: datetime) -> Any:
    """Whether the last act that moves it closed or withdrew it."""
    last, later = ENTRIES.alias(), ENTRIES.alias()
    is_later = or_(later.c.at > last.c.at, and_(later.c.at == last.c.at, later.c.id > last.c.id))
    was_moved = exists().where(
        later.c.rectification_id == last.c.rectification_id, later.c.at < end, later.c.act.in_(MOVES), is_later
    )
    ends = last.c.act.in_(ENDS)
    return exists().where(last.c.rectification_id == ROWS.c.id, last.c.at < end, ends, ~was_moved)


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
