"""Whose ledgers number anew each month: entries, of which the last of a unit and dataset stands."""

from __future__ import annotations

from sqlmodel import Session, col, select

from models.tables import CaseNumbering


def add_numbering(session: Session, entry: CaseNumbering) -> None:
    session.add(entry)


def numberings(session: Session) -> dict[tuple[int, str], CaseNumbering]:
    """Return (unit id, dataset) → the entry in force."""
    entries = session.exec(select(CaseNumbering).order_by(col(CaseNumbering.id)))
    return {(entry.unit_id, entry.dataset): entry for entry in entries}
