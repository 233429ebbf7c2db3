"""The rows of the units: found, added and changed by number, so that a unit may be renamed; a unit is never removed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlmodel import Session, col, func, select

from models.tables import Account, UnitRow
from models.units import UnitEntry


def add_unit_row(session: Session, entry: UnitEntry) -> int:
    """Return the number of a new unit after all others."""
    last = session.exec(select(func.max(UnitRow.position))).one()
    row = UnitRow(**_columns(entry), position=0 if last is None else last + 1)
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def change_unit_row(session: Session, unit_id: int, entry: UnitEntry) -> None:
    row = session.get_one(UnitRow, unit_id)
    for name, value in _columns(entry).items():
        setattr(row, name, value)
    session.add(row)
    session.flush()


def order_units(session: Session, names: list[str]) -> None:
    """Put these units first, in this order; the others after them in the order they had."""
    places = {name: index for index, name in enumerate(names)}
    rows = session.exec(select(UnitRow).order_by(col(UnitRow.position), col(UnitRow.id))).all()
    for position, row in enumerate(sorted(rows, key=lambda row: places.get(row.name, len(places)))):
        row.position = position
        session.add(row)
    session.flush()


def _columns(entry: UnitEntry) -> dict[str, Any]:
    return asdict(entry) | {"aliases": list(entry.aliases)}


def accounts_of_units(session: Session) -> dict[int, int]:
    """Return unit number → accounts that may sign in."""
    query = (
        select(Account.unit_id, func.count()).where(col(Account.disabled_at).is_(None)).group_by(col(Account.unit_id))
    )
    return {unit_id: number for unit_id, number in session.exec(query) if unit_id is not None}
