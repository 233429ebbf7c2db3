"""Headings that uploaders confirmed, by unit and dataset."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session, col, or_, select

from models.tables import RememberedColumn


def confirmed_columns(session: Session, unit_id: int | None, dataset: str | None) -> dict[tuple[str, str], str]:
    """Return (part, heading) → field name, for the unit's own choices and those made for whole-district ledgers."""
    query = select(RememberedColumn).where(
        or_(RememberedColumn.unit_id == unit_id, col(RememberedColumn.unit_id).is_(None))
    )
    if dataset is not None:
        query = query.where(RememberedColumn.dataset == dataset)
    rows = session.exec(query.order_by(col(RememberedColumn.unit_id).is_not(None), col(RememberedColumn.id)))
    return {(row.part, row.heading): row.field for row in rows}


def remember(
    session: Session, unit_id: int | None, dataset: str, part: str, heading: str, field: str, *, by: str
) -> None:
    """Keep a confirmed choice; a later one for the same heading replaces it."""
    row = session.exec(
        select(RememberedColumn).where(
            RememberedColumn.unit_id == unit_id,
            RememberedColumn.dataset == dataset,
            RememberedColumn.part == part,
            RememberedColumn.heading == heading,
        )
    ).first()
    row = row or RememberedColumn(
        unit_id=unit_id, dataset=dataset, part=part, heading=heading, field=field, at=datetime.now(UTC), by=by
    )
    row.field, row.at, row.by = field, datetime.now(UTC), by
    session.add(row)
