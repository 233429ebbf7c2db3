"""The entries of what happened to units: added, and read all at once; none is ever changed."""

from __future__ import annotations

from sqlmodel import Session, select

from data_access.read_once import read_once
from models.tables import UnitChangeRow
from models.units import UnitChange, UnitChangeKind
from rules.units.changes import in_order


def unit_changes(session: Session) -> tuple[UnitChange, ...]:
    """Return every entry in the order of their days, those to come among them."""
    return read_once(session, _read)


def _read(session: Session) -> tuple[UnitChange, ...]:
    return in_order(_change(row) for row in session.exec(select(UnitChangeRow)))


def _change(row: UnitChangeRow) -> UnitChange:
    return UnitChange(
        row.id or 0,
        row.day,
        UnitChangeKind(row.kind),
        tuple(row.unit_ids),
        tuple(row.successor_ids),
        tuple(row.new_ids),
        row.name_before,
        row.name_after,
        tuple(row.tasks),
        row.reason,
        row.document,
        row.at,
        row.by,
    )


def add_unit_change(session: Session, change: UnitChange) -> UnitChange:
    """Return the entry as stored, with its number."""
    row = UnitChangeRow(
        day=change.day,
        kind=change.kind.value,
        unit_ids=list(change.units),
        successor_ids=list(change.successors),
        new_ids=list(change.new),
        name_before=change.name_before,
        name_after=change.name_after,
        tasks=list(change.tasks),
        reason=change.reason,
        document=change.document,
        at=change.at,
        by=change.by,
    )
    session.add(row)
    session.flush()
    return _change(row)
