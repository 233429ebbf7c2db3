"""What is kept per event, unit and last month counted: which of it is new, stored in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update
from sqlmodel import Session, SQLModel

Table = type[SQLModel]
Values = Sequence[Any] | None
"""In the order of the table's own columns; None: nothing stands."""
Folded = tuple[int | None, str, datetime, Mapping[str, Values]]
"""(unit id, last month counted, since when, code → values)"""

UNCHANGING = ("id", "code", "unit_id", "first", "horizon", "since", "until")


def store_changes(session: Session, table: Table, folded: Iterable[Folded], codes: Sequence[str], first: str) -> None:
    """Store of what was folded, oldest first, whatever differs from the rows in force, and close what it replaces.

    `first`: the first month counted, "" for snapshots.
    """
    columns = table.__table__.c  # type: ignore[attr-defined]
    names = [column.name for column in columns if column.name not in UNCHANGING]
    events = list(folded)
    rows: list[dict[str, Any]] = []
    closed: list[dict[str, Any]] = []
    in_force = _rows_in_force(session, columns, names, codes, events, first)
    for unit_id, horizon, since, values_by_code in events:
        for code, values in values_by_code.items():
            key = (code, unit_id, horizon)
            place, stood = in_force.get(key, (None, None))
            if key in in_force and stood == values if values is not None else key not in in_force:
                continue
            if isinstance(place, int):
                closed.append({"place": place, "closed": since})
            elif place is not None:
                place["until"] = since
            in_force.pop(key, None)
            if values is not None:
                row = {"code": code, "unit_id": unit_id, "first": first, "horizon": horizon}
                rows.append(row | {"since": since, "until": None} | dict(zip(names, values, strict=True)))
                in_force[key] = rows[-1], values
    connection = session.connection()
    if closed:
        statement = update(table).where(columns.id == bindparam("place")).values(until=bindparam("closed"))
        connection.execute(statement, closed)
    if rows:
        connection.execute(insert(table).inline(), rows)  # no RETURNING: a view may stand before the table


def _rows_in_force(
    session: Session, columns: Any, names: Sequence[str], codes: Sequence[str], events: Sequence[Folded], first: str
) -> dict[tuple[str, int | None, str], tuple[int | dict[str, Any] | None, Values]]:
    """(code, unit id, last month counted) → id and values of what stands."""
    query = select(
        columns.id, columns.code, columns.unit_id, columns.horizon, *(columns[name] for name in names)
    ).where(
        columns.code.in_(codes),
        columns.first == first,
        of_units(columns.unit_id, {event[0] for event in events}),
        columns.horizon.in_({event[1] for event in events}),
        columns.until.is_(None),
    )
    return {
        (code, unit_id, horizon): (number, values)
        for number, code, unit_id, horizon, *values in session.connection().execute(query)
    }


def forget_from(
    session: Session, table: Table, codes: Sequence[str], unit_ids: Iterable[int | None], since: datetime, first: str
) -> set[int | None]:
    """Take back what was kept of events from `since` on, so that it can be made again; gives the units that had any.

    `first`: as of `store_changes`.
    """
    columns = table.__table__.c  # type: ignore[attr-defined]
    same = and_(columns.code.in_(codes), columns.first == first, of_units(columns.unit_id, unit_ids))
    connection = session.connection()
    later = and_(same, columns.since >= since)
    had = set(connection.execute(select(columns.unit_id).distinct().where(later)).scalars())
    if had:
        connection.execute(delete(table).where(later))
    connection.execute(update(table).where(same, columns.until >= since).values(until=None))
    return had


def of_units(column: Any, unit_ids: Iterable[int | None]) -> Any:
    """Return the condition for one of these units; None among them: the whole district's own."""
    wanted = set(unit_ids)
    some = column.in_(sorted(unit_id for unit_id in wanted if unit_id is not None))
    return or_(column.is_(None), some) if None in wanted else some
