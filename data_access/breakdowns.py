"""Kept breakdowns: written per event by services/figures/fold.py, read for a date; never the rows behind them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, or_, select

from models.breakdowns import Rows
from models.tables import BreakdownRow
from rules.as_of import end_of_day
from rules.duty import last_whole_month


def breakdown_at(session: Session, code: str, as_of: date, first: str) -> list[tuple[int, Rows]]:
    """Return (unit id, rows) of every unit, in force at the end of the day, over the whole months from `first` until
    then.
    """
    end = end_of_day(as_of)
    last = (
        select(col(BreakdownRow.unit_id).label("unit_id"), func.max(col(BreakdownRow.horizon)).label("horizon"))
        .where(_in_force(code, end, first), col(BreakdownRow.horizon) <= last_whole_month(as_of))
        .group_by(col(BreakdownRow.unit_id))
        .subquery()
    )
    query = (
        select(col(BreakdownRow.unit_id), col(BreakdownRow.rows))
        .join(
            last,
            and_(col(BreakdownRow.unit_id) == last.c.unit_id, col(BreakdownRow.horizon) == last.c.horizon),
        )
        .where(_in_force(code, end, first))
        .order_by(col(BreakdownRow.unit_id))
    )
    return [(unit_id, rows) for unit_id, rows in session.connection().execute(query)]


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
