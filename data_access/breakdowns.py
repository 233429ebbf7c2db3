"""Kept breakdowns: written per event by services/figures/fold.py, read for a date; never the rows behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, or_, select

from models.breakdowns import Rows
from models.tables import BreakdownRow


def forget_breakdowns_from(session: Session, codes: Iterable[str], unit_id: int, since: datetime) -> None:
    """Take back those of events from `since` on, so that they can be made again."""
    same = and_(col(BreakdownRow.code).in_(list(codes)), col(BreakdownRow.unit_id) == unit_id)
    connection = session.connection()
    connection.execute(delete(BreakdownRow).where(same, col(BreakdownRow.since) >= since))
    connection.execute(update(BreakdownRow).where(same, col(BreakdownRow.until) >= since).values(until=None))


def keep_breakdowns(
    session: Session, unit_id: int, horizon: str, since: datetime, made: Mapping[str, Rows | None]
) -> None:
    """Store those of one event that differ from what stands, and close what they replace; None: never reported."""
    connection = session.connection()
    query = select(col(BreakdownRow.id), col(BreakdownRow.code), col(BreakdownRow.rows)).where(
        col(BreakdownRow.code).in_(list(made)),
        col(BreakdownRow.unit_id) == unit_id,
        col(BreakdownRow.horizon) == horizon,
        col(BreakdownRow.until).is_(None),
    )
    standing = {code: (number, rows) for number, code, rows in connection.execute(query)}
    changed = {code: rows for code, rows in made.items() if rows != (standing[code][1] if code in standing else None)}
    if not changed:
        return
    replaced = [standing[code][0] for code in changed if code in standing]
    connection.execute(update(BreakdownRow).where(col(BreakdownRow.id).in_(replaced)).values(until=since))
    new = [
        {"code": code, "unit_id": unit_id, "horizon": horizon, "since": since, "until": None, "rows": rows}
        for code, rows in changed.items()
        if rows is not None
    ]
    if new:
        connection.execute(insert(BreakdownRow), new)


def breakdown_at(session: Session, code: str, end: datetime, horizon: str) -> list[tuple[int, Rows]]:
    """(unit id, rows) of every unit, in force just before `end`, over whole months up to `horizon`."""
    last = (
        select(col(BreakdownRow.unit_id).label("unit_id"), func.max(col(BreakdownRow.horizon)).label("horizon"))
        .where(_in_force(code, end), col(BreakdownRow.horizon) <= horizon)
        .group_by(col(BreakdownRow.unit_id))
        .subquery()
    )
    query = (
        select(col(BreakdownRow.unit_id), col(BreakdownRow.rows))
        .join(
            last,
            and_(col(BreakdownRow.unit_id) == last.c.unit_id, col(BreakdownRow.horizon) == last.c.horizon),
        )
        .where(_in_force(code, end))
        .order_by(col(BreakdownRow.unit_id))
    )
    return [(unit_id, rows) for unit_id, rows in session.connection().execute(query)]


def breakdowns_kept(session: Session) -> list[str]:
    """Every kept breakdown as one line, in an order that does not depend on when it was made."""
    columns = ("code", "unit_id", "horizon", "since", "until", "rows")
    return sorted(
        map(repr, session.connection().execute(select_columns(*(col(getattr(BreakdownRow, name)) for name in columns))))
    )


def _in_force(code: str, end: datetime) -> ColumnElement[bool]:
    return and_(
        col(BreakdownRow.code) == code,
        col(BreakdownRow.since) < end,
        or_(col(BreakdownRow.until).is_(None), col(BreakdownRow.until) >= end),
    )
