"""Kept breakdowns: written per event by services/figures/fold.py, read for a date; never the rows behind them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, true
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, or_, select

from models.breakdowns import Rows
from models.tables import BreakdownRow
from rules.as_of import end_of_day
from rules.duty import last_whole_month


def breakdown_at(
    session: Session, code: str, as_of: date, first: str, unit_ids: Collection[int] | None = None
) -> list[tuple[int, Rows]]:
    """Return (unit id, rows) of every unit or of some, in force at the end of the day, over the whole months from
    `first` until then.
    """
    query = _last_rows(code, end_of_day(as_of), first, unit_ids, col(BreakdownRow.horizon) <= last_whole_month(as_of))
    return [(unit_id, rows) for unit_id, _, rows in session.connection().execute(query)]


def breakdown_of_all(
    session: Session, code: str, as_of: date, first: str, unit_ids: Collection[int] | None = None
) -> list[tuple[int, str, Rows]]:
    """Return (unit id, last month, rows) as `breakdown_at` does, over whatever was reported by the end of the day."""
    query = _last_rows(code, end_of_day(as_of), first, unit_ids, true())
    return [(unit_id, month, rows) for unit_id, month, rows in session.connection().execute(query)]


def _last_rows(
    code: str, end: datetime, first: str, unit_ids: Collection[int] | None, counted: ColumnElement[bool]
) -> Any:
    """Unit id, last month counted and rows, where that month is the last of the unit's that are counted."""
    wanted = [_in_force(code, end, first)]
    wanted += [] if unit_ids is None else [col(BreakdownRow.unit_id).in_(unit_ids)]
    last = (
        select(col(BreakdownRow.unit_id).label("unit_id"), func.max(col(BreakdownRow.horizon)).label("horizon"))
        .where(*wanted, counted)
        .group_by(col(BreakdownRow.unit_id))
        .subquery()
    )
    return (
        select(col(BreakdownRow.unit_id), col(BreakdownRow.horizon), col(BreakdownRow.rows))
        .join(
            last,
            and_(col(BreakdownRow.unit_id) == last.c.unit_id, col(BreakdownRow.horizon) == last.c.horizon),
        )
        .where(*wanted)
        .order_by(col(BreakdownRow.unit_id))
    )


def breakdowns_kept(session: Session) -> list[str]:
    """Return every stored breakdown as one line, in an order that does not depend on when it was made."""
    columns = ("code", "unit_id", "first", "horizon", "since", "until", "rows")
    return sorted(
        map(repr, session.connection().execute(select_columns(*(col(getattr(BreakdownRow, name)) for name in columns))))
    )


def _in_force(code: str, end: datetime, first: str) -> ColumnElement[bool]:
    return and_(
        col(BreakdownRow.code) == code,
        col(BreakdownRow.first).in_(("", first)),
        col(BreakdownRow.since) < end,
        or_(col(BreakdownRow.until).is_(None), col(BreakdownRow.until) >= end),
    )
