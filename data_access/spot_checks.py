"""Spot checks as stored: a draw with its elements in; what stood of it just before an instant out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.spot_checks import (
    SpotCheckAct,
    SpotCheckElementRow,
    SpotCheckFile,
    SpotCheckFindingAct,
    SpotCheckResultRow,
    SpotCheckRow,
)


def add_spot_check(session: Session, row: SpotCheckRow, elements: Iterable[SpotCheckElementRow]) -> int:
    """Store a draw; `elements` get its number."""
    session.add(row)
    session.flush()
    assert row.id is not None
    for element in elements:
        element.spot_check_id = row.id
        session.add(element)
    session.flush()
    return row.id


def spot_check_numbered(session: Session, year: int, serial: int) -> SpotCheckRow | None:
    return session.exec(
        select(SpotCheckRow).where(SpotCheckRow.year == year, SpotCheckRow.serial == serial)
    ).one_or_none()


def spot_checks_before(session: Session, end: datetime, kind: str | None = None) -> list[SpotCheckRow]:
    """Every draw made before `end`, voided ones too, by number."""
    query = select(SpotCheckRow).where(SpotCheckRow.at < end)
    if kind is not None:
        query = query.where(SpotCheckRow.kind == kind)
    return list(session.exec(query.order_by(col(SpotCheckRow.year), col(SpotCheckRow.serial))))


def draws_alike(session: Session, row: SpotCheckRow) -> list[SpotCheckRow]:
    """Every draw stored of the same kind, as-of date, units and months, whatever became of it."""
    query = select(SpotCheckRow).where(
        SpotCheckRow.plan == row.plan, SpotCheckRow.kind == row.kind, SpotCheckRow.as_of == row.as_of
    )
    return [
        other
        for other in session.exec(query)
        if (other.units, other.month_from, other.month_to) == (row.units, row.month_from, row.month_to)
        and other.id != row.id
    ]


def elements_of(session: Session, spot_check_id: int, end: datetime) -> list[SpotCheckElementRow]:
    """Those drawn before `end`, by position."""
    query = select(SpotCheckElementRow).where(
        SpotCheckElementRow.spot_check_id == spot_check_id, SpotCheckElementRow.drawn_at < end
    )
    return list(session.exec(query.order_by(col(SpotCheckElementRow.position))))


def add_elements(session: Session, elements: Iterable[SpotCheckElementRow]) -> None:
    session.add_all(elements)
    session.flush()


def results_of(session: Session, spot_check_ids: Collection[int], end: datetime) -> dict[int, list[SpotCheckResultRow]]:
    """Element id → its records made before `end`, in the order of their entry."""
    query = (
        select(SpotCheckResultRow)
        .join(SpotCheckElementRow, col(SpotCheckElementRow.id) == col(SpotCheckResultRow.element_id))
        .where(col(SpotCheckElementRow.spot_check_id).in_(spot_check_ids), SpotCheckResultRow.at < end)
        .order_by(col(SpotCheckResultRow.at), col(SpotCheckResultRow.id))
    )
    return _by_element(session.exec(query))


def finding_acts_of(
    session: Session, spot_check_ids: Collection[int], end: datetime
) -> dict[int, list[SpotCheckFindingAct]]:
    """Element id → the acts on it before `end`, oldest first."""
    query = (
        select(SpotCheckFindingAct)
        .join(SpotCheckElementRow, col(SpotCheckElementRow.id) == col(SpotCheckFindingAct.element_id))
        .where(col(SpotCheckElementRow.spot_check_id).in_(spot_check_ids), SpotCheckFindingAct.at < end)
        .order_by(col(SpotCheckFindingAct.at), col(SpotCheckFindingAct.id))
    )
    return _by_element(session.exec(query))


def files_of(session: Session, spot_check_ids: Collection[int], end: datetime) -> dict[int, list[SpotCheckFile]]:
    """Element id → the files attached before `end` and not taken back by then, oldest first."""
    query = (
        select(SpotCheckFile)
        .join(SpotCheckElementRow, col(SpotCheckElementRow.id) == col(SpotCheckFile.element_id))
        .where(col(SpotCheckElementRow.spot_check_id).in_(spot_check_ids), SpotCheckFile.at < end)
        .order_by(col(SpotCheckFile.at), col(SpotCheckFile.id))
    )
    standing = [file for file in session.exec(query) if file.taken_back_at is None or file.taken_back_at >= end]
    return _by_element(standing)


def acts_of(session: Session, spot_check_ids: Collection[int], end: datetime) -> dict[int, list[SpotCheckAct]]:
    """Spot check id → the acts on the whole of it before `end`, oldest first."""
    query = select(SpotCheckAct).where(col(SpotCheckAct.spot_check_id).in_(spot_check_ids), SpotCheckAct.at < end)
    acts: dict[int, list[SpotCheckAct]] = defaultdict(list)
    for act in session.exec(query.order_by(col(SpotCheckAct.at), col(SpotCheckAct.id))):
        acts[act.spot_check_id].append(act)
    return acts


def elements_of_all(
    session: Session, spot_check_ids: Collection[int], end: datetime, unit_id: int | None = None
) -> dict[int, list[SpotCheckElementRow]]:
    """Spot check id → its elements drawn before `end`, by position; of all units or of one."""
    query = select(SpotCheckElementRow).where(
        col(SpotCheckElementRow.spot_check_id).in_(spot_check_ids), SpotCheckElementRow.drawn_at < end
    )
    if unit_id is not None:
        query = query.where(SpotCheckElementRow.unit_id == unit_id)
    elements: dict[int, list[SpotCheckElementRow]] = defaultdict(list)
    for element in session.exec(query.order_by(col(SpotCheckElementRow.position))):
        elements[element.spot_check_id].append(element)
    return elements


def add_entry(session: Session, entry: SpotCheckAct | SpotCheckFindingAct | SpotCheckResultRow | SpotCheckFile) -> int:
    """Store an act, a record or a file's entry and return its number."""
    session.add(entry)
    session.flush()
    return entry.id or 0


def file_entry(session: Session, number: int) -> tuple[SpotCheckFile, SpotCheckElementRow] | None:
    """Return a file's entry and its element, or None for an unknown number."""
    file = session.get(SpotCheckFile, number)
    element = session.get(SpotCheckElementRow, file.element_id) if file else None
    return (file, element) if file and element else None


def _by_element(entries: Iterable[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for entry in entries:
        grouped[entry.element_id].append(entry)
    return grouped


def ids_of(rows: Sequence[SpotCheckRow]) -> list[int]:
    return [row.id for row in rows if row.id is not None]
