"""The next number of a year: what numbers things is locked until the transaction ends, so that no two are the same."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from models.tables import AuditHead


def next_serial(session: Session, table: type[Any], year: int) -> int:
    """Return the highest `serial` of that `year` in the table + 1. Only within a transaction that writes.

    The embedded database has one writer at a time; PostgreSQL's writers queue for the head of the audit log, which
    every one of them writes anyway.
    """
    session.get(AuditHead, 1, with_for_update=True, populate_existing=True)
    columns = table.__table__.c
    highest = session.connection().execute(select(func.max(columns.serial)).where(columns.year == year)).scalar_one()
    return (highest or 0) + 1
