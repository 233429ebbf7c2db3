"""Spot checks as stored: from a draw with its elements to what stood of it just before an instant.

What is read are rows and not objects: there are thousands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlmodel import Session

from models.rectifications import RectificationRow
from models.spot_checks import (
    SpotCheckAct,
    SpotCheckElementRow,
    SpotCheckFile,
    SpotCheckFindingAct,
    SpotCheckResultRow,
    SpotCheckRow,
)
from models.tables import Report

CHECKS = SpotCheckRow.__table__  # type: ignore[attr-defined]
ELEMENTS = SpotCheckElementRow.__table__  # type: ignore[attr-defined]
RESULTS = SpotCheckResultRow.__table__  # type: ignore[attr-defined]
ACTS = SpotCheckAct.__table__  # type: ignore[attr-defined]
FINDING_ACTS = SpotCheckFindingAct.__table__  # type: ignore[attr-defined]
FILES = SpotCheckFile.__table__  # type: ignore[attr-defined]
REPORTS = Report.__table__  # type: ignore[attr-defined]
RECTIFICATIONS = RectificationRow.__table__  # type: ignore[attr-defined]


def add_spot_check(session: Session, row: SpotCheckRow, elements: Iterable[SpotCheckElementRow]) -> int:
    """Store a draw and return its id; `elements` get it."""
    session.add(row)
    session.flush()
    assert row.id is not None
    for element in elements:
        element.spot_check_id = row.id
        session.add(element)
    session.flush()
    return row.id


def add_entries(
    session: Session,
    entries: Iterable[SpotCheckAct | SpotCheckFindingAct | SpotCheckResultRow | SpotCheckFile | SpotCheckElementRow],
) -> None:
    """Store acts, records, entries of files or further elements."""
    session.add_all(entries)
    session.flush()


def spot_check_row(session: Session, number: tuple[int, int]) -> Any | None:
    """Return the draw numbered (year, serial), or None."""
    year, serial = number
    query = select(CHECKS).where(CHECKS.c.year == year, CHECKS.c.serial == serial)
    return session.connection().execute(query).one_or_none()


def unit_of_element(session: Session, number: tuple[int, int], key: str) -> int | None:
    """Return the id of the unit whose element the check numbered (year, serial) drew, or None where it drew none."""
    year, serial = number
    query = (
        select(ELEMENTS.c.unit_id)
        .join(CHECKS, CHECKS.c.id == ELEMENTS.c.spot_check_id)
        .where(CHECKS.c.year == year, CHECKS.c.serial == serial, ELEMENTS.c.key == key)
    )
    return session.connection().execute(query).scalar_one_or_none()


def is_sealed_by(session: Session, number: tuple[int, int], end: datetime) -> bool:
    """Return whether the check numbered (year, serial) is a sealed one that was not released before `end`."""
    year, serial = number
    own = CHECKS.c
    released = exists().where(ACTS.c.spot_check_id == own.id, ACTS.c.act == "release", ACTS.c.at < end)
    query = select(own.id).where(own.year == year, own.serial == serial, own.sealed.is_(True), ~released)
    return session.connection().execute(query).first() is not None


def plan_of_spot_check(session: Session, number: tuple[int, int]) -> str | None:
    """Return the code of the plan under which the check numbered (year, serial) was drawn, or None."""
    year, serial = number
    query = select(CHECKS.c.plan).where(CHECKS.c.year == year, CHECKS.c.serial == serial)
    return session.connection().execute(query).scalar_one_or_none()


def spot_check_rows(session: Session, end: datetime, elements: Any = None) -> Sequence[Any]:
    """Return every draw made before `end`, voided ones too, by number; with a query for ids of elements those that drew
    one of them.
    """
    query = select(CHECKS).where(CHECKS.c.at < end).order_by(CHECKS.c.year, CHECKS.c.serial)
    if elements is not None:
        query = query.where(CHECKS.c.id.in_(select(ELEMENTS.c.spot_check_id).where(ELEMENTS.c.id.in_(elements))))
    return session.connection().execute(query).all()


def draws_alike(session: Session, row: SpotCheckRow) -> list[Any]:
    """Return every draw stored of the same kind, as-of date, units and months, whatever became of it."""
    query = select(CHECKS).where(CHECKS.c.plan == row.plan, CHECKS.c.kind == row.kind, CHECKS.c.as_of == row.as_of)
    same = (row.units, row.month_from, row.month_to)
    return [
        other
        for other in session.connection().execute(query)
        if (other.units, other.month_from, other.month_to) == same
    ]


def elements_by_check(
    session: Session, check_ids: Collection[int], end: datetime, among: Any = None
) -> dict[int, list[Any]]:
    """Return spot check id → its elements drawn before `end`, by position; `among`: those of a query for ids alone."""
    query = select(ELEMENTS).where(_of(check_ids, among), ELEMENTS.c.drawn_at < end)
    return _grouped(session, query.order_by(ELEMENTS.c.spot_check_id, ELEMENTS.c.position), "spot_check_id")


def acts_by_check(session: Session, check_ids: Collection[int], end: datetime) -> dict[int, list[Any]]:
    """Return spot check id → the acts on the whole of it before `end`, oldest first."""
    query = select(ACTS).where(ACTS.c.spot_check_id.in_(list(check_ids)), ACTS.c.at < end)
    return _grouped(session, query.order_by(ACTS.c.at, ACTS.c.id), "spot_check_id")


def results_by_element(
    session: Session, check_ids: Collection[int], end: datetime, among: Any = None
) -> dict[int, list[Any]]:
    """Return element id → its records made before `end`, in the order of their entry."""
    return _by_element(session, RESULTS, _of(check_ids, among), end)


def finding_acts_by_element(
    session: Session, check_ids: Collection[int], end: datetime, among: Any = None
) -> dict[int, list[Any]]:
    """Return element id → the acts on its finding before `end`, oldest first."""
    return _by_element(session, FINDING_ACTS, _of(check_ids, among), end)


def files_by_element(
    session: Session, check_ids: Collection[int], end: datetime, among: Any = None
) -> dict[int, list[Any]]:
    """Return element id → the files attached before `end` and not taken back by then, oldest first."""
    not_taken_back = or_(FILES.c.taken_back_at.is_(None), FILES.c.taken_back_at >= end)
    return _by_element(session, FILES, _of(check_ids, among), end, not_taken_back)


def file_row(session: Session, number: int) -> Any | None:
    """Return a file's entry with unit_id and key of its element and whether the check was `released`, or None."""
    released = exists().where(ACTS.c.spot_check_id == ELEMENTS.c.spot_check_id, ACTS.c.act == "release")
    query = (
        select(FILES, ELEMENTS.c.unit_id, ELEMENTS.c.key, released.label("released"))
        .join(ELEMENTS, ELEMENTS.c.id == FILES.c.element_id)
        .where(FILES.c.id == number)
    )
    return session.connection().execute(query).one_or_none()


def rectifications_by_source(session: Session, end: datetime) -> dict[str, tuple[int, int]]:
    """Return source → (year, serial) of the last rectification opened before `end` from a spot check."""
    own = RECTIFICATIONS.c
    query = select(own.source, own.year, own.serial).where(own.source.startswith("spot-check:"), own.at < end)
    rows = session.connection().execute(query.order_by(own.at, own.id))
    return {source: (year, serial) for source, year, serial in rows}


def corrected_reports(
    session: Session, monthly: Collection[str], snapshots: Collection[str], after: datetime, end: datetime
) -> Sequence[Any]:
    """Return (dataset, unit_id, month, accepted_at) of what units sent again after one instant and before another:
    further revisions of months, any report of a snapshot.
    """
    own = REPORTS.c
    is_again = or_(and_(own.dataset.in_(monthly), own.revision > 1), own.dataset.in_(snapshots))
    query = select(own.dataset, own.unit_id, own.month, own.accepted_at).where(
        is_again, own.accepted_at > after, own.accepted_at < end, or_(own.until.is_(None), own.until >= end)
    )
    return session.connection().execute(query).all()


def _by_element(session: Session, table: Any, elements: Any, end: datetime, *conditions: Any) -> dict[int, list[Any]]:
    query = (
        select(table)
        .join(ELEMENTS, ELEMENTS.c.id == table.c.element_id)
        .where(elements, table.c.at < end, *conditions)
        .order_by(table.c.at, table.c.id)
    )
    return _grouped(session, query, "element_id")


def _of(check_ids: Collection[int], among: Any) -> Any:
    """The elements of these checks, or those of a query for ids."""
    return ELEMENTS.c.spot_check_id.in_(list(check_ids)) if among is None else ELEMENTS.c.id.in_(among)


def _grouped(session: Session, query: Any, column: str) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in session.connection().execute(query):
        grouped[getattr(row, column)].append(row)
    return grouped
