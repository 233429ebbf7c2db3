"""Notices and their receipts, and suggestions declined: added, and read as they were by an instant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from models.notices import NoticeReceipt, NoticeRow, SuggestionDeclined

ROWS = NoticeRow.__table__  # type: ignore[attr-defined]
RECEIPTS = NoticeReceipt.__table__  # type: ignore[attr-defined]
DECLINED = SuggestionDeclined.__table__  # type: ignore[attr-defined]


def add(session: Session, row: NoticeRow | NoticeReceipt | SuggestionDeclined) -> None:
    session.add(row)
    session.flush()


def notice_row(session: Session, number: tuple[int, int]) -> Any | None:
    """Return the notice numbered (year, serial), or None."""
    year, serial = number
    query = select(ROWS).where(ROWS.c.year == year, ROWS.c.serial == serial)
    return session.connection().execute(query).one_or_none()


def notice_rows(session: Session, end: datetime, unit_id: int | None = None) -> Sequence[Any]:
    """Return those sent before `end`, to every unit or to one, by number."""
    query = select(ROWS).where(ROWS.c.at < end).order_by(ROWS.c.year, ROWS.c.serial)
    if unit_id is not None:
        query = query.where(ROWS.c.unit_id == unit_id)
    return session.connection().execute(query).all()


def receipts(session: Session, end: datetime) -> dict[tuple[int, bool], Any]:
    """Return (id of a notice, is it received or only opened) → the receipt, of those before `end`."""
    query = select(RECEIPTS).where(RECEIPTS.c.at < end)
    return {(row.notice_id, row.received): row for row in session.connection().execute(query)}


def declined_suggestions(session: Session, end: datetime, unit_id: int | None = None) -> Sequence[Any]:
    """Return those declined before `end`, oldest first."""
    query = select(DECLINED).where(DECLINED.c.at < end).order_by(DECLINED.c.at, DECLINED.c.id)
    if unit_id is not None:
        query = query.where(DECLINED.c.unit_id == unit_id)
    return session.connection().execute(query).all()
