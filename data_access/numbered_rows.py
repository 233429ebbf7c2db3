"""Rows that bear a number of their year (rounds, meetings, talks, instructions) and the entries made of them later:
added, and read as they were by an instant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, select

from models.instructions import InstructionRow
from models.meetings import MeetingEntry, MeetingRow, TalkRow
from models.rounds import RoundEntry, RoundRow

Numbered = TypeVar("Numbered", RoundRow, MeetingRow, TalkRow, InstructionRow)
Entry = TypeVar("Entry", RoundEntry, MeetingEntry)


def add_row(session: Session, row: SQLModel) -> None:
    session.add(row)
    session.flush()


def numbered_row(session: Session, table: type[Numbered], number: tuple[int, int]) -> Numbered | None:
    """Return the row numbered (year, serial), or None."""
    year, serial = number
    return session.exec(select(table).where(table.year == year, table.serial == serial)).one_or_none()


def numbered_rows(session: Session, table: type[Numbered], end: datetime) -> Sequence[Numbered]:
    """Return those entered before `end`, by number."""
    query = select(table).where(col(table.at) < end).order_by(col(table.year), col(table.serial))
    return session.exec(query).all()


def entries_by_round(session: Session, end: datetime) -> Mapping[int, Sequence[RoundEntry]]:
    """Return the id of a round → its entries before `end`, in the order in which they happened."""
    return _grouped(session, RoundEntry, end, lambda entry: entry.round_id)


def entries_by_meeting(session: Session, end: datetime) -> Mapping[int, Sequence[MeetingEntry]]:
    """Return the id of a meeting → its entries before `end`, in the order in which they happened."""
    return _grouped(session, MeetingEntry, end, lambda entry: entry.meeting_id)


def _grouped(session: Session, table: type[Entry], end: datetime, of: Callable[[Entry], int]) -> dict[int, list[Entry]]:
    query = select(table).where(col(table.at) < end).order_by(col(table.at), col(table.id))
    grouped: dict[int, list[Entry]] = defaultdict(list)
    for entry in session.exec(query):
        grouped[of(entry)].append(entry)
    return grouped
