"""Kept figures: written per event by services/figures/fold.py, read for a date; reading costs the same however many
rows there are.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Text, cast, func, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, or_, select

from data_access.derived_rows import of_units
from models.figures import Figure as FoldedFigure
from models.figures import Increment
from models.tables import DataVersion, Figure
from rules.as_of import end_of_day
from rules.duty import last_whole_month


class KeptFigure(NamedTuple):
    """The numerator and denominator that hold for a code and unit at a date; None where there are no figures."""

    numerator: float | None
    denominator: float | None


NOTHING = KeptFigure(None, None)

KeptFigures = dict[str, dict[int | None, KeptFigure]]
"""Code → unit id → figure."""


def figures_at(
    session: Session, as_of: date, first: str, units: Iterable[int] | None = None, codes: Iterable[str] | None = None
) -> KeptFigures:
    """Return the figures in force at the end of the day, over the whole months from `first` until then. Of all units
    and codes, or of some.
    """
    end = end_of_day(as_of)
    in_force = [
        col(Figure.first).in_(("", first)),
        col(Figure.since) < end,
        or_(col(Figure.until).is_(None), col(Figure.until) >= end),
        col(Figure.horizon) <= last_whole_month(as_of),
    ]
    if units is not None:
        in_force.append(or_(col(Figure.unit_id).in_(list(units)), col(Figure.unit_id).is_(None)))
    if codes is not None:
        in_force.append(col(Figure.code).in_(list(codes)))
    return {
        code: _of_code(rows, as_of.isoformat())
        for code, rows in groupby(_latest(session, in_force), key=lambda row: row[0])
    }


def _of_code(rows: Iterable[tuple[Any, ...]], day: str) -> dict[int | None, KeptFigure]:
    """Unit id → figure, from the rows of one code: column by column, as there may be hundreds of thousands."""
    _, unit_ids, numerators, denominators, dues, _ = zip(*rows, strict=True)
    figures = dict(zip(unit_ids, map(KeptFigure, numerators, denominators), strict=True))
    dated = [(unit_id, due) for unit_id, due in zip(unit_ids, dues, strict=True) if due is not None]
    if dated:
        days = json.loads(f"[{','.join(due for _, due in dated)}]")  # as one text: half the time
        for (unit_id, _), due in zip(dated, days, strict=True):
            figures[unit_id] = _counted(figures[unit_id].denominator, due, day)
    return figures


def _latest(session: Session, in_force: Sequence[ColumnElement[bool]]) -> Sequence[tuple[Any, ...]]:
    """(code, unit id, numerator, denominator, due as text, horizon) of those with the last horizon of each code and
    unit, code by code. Each database has its own way to ask for them without numbering every row, which takes twice as
    long.
    """
    key, horizon = (col(Figure.code), col(Figure.unit_id)), col(Figure.horizon)
    columns = (*key, col(Figure.numerator), col(Figure.denominator), cast(Figure.due, Text))
    connection = session.connection()
    if connection.dialect.name == "sqlite":  # beside a maximum it gives the columns of the row that has it
        query = select_columns(*columns, func.max(horizon)).where(*in_force).group_by(*key).order_by(*key)
    else:
        query = select_columns(*columns, horizon).distinct(*key).where(*in_force).order_by(*key, horizon.desc())
    return connection.execute(query).tuples().all()


def _counted(denominator: float | None, due: list[Any], day: str) -> KeptFigure:
    """What counts by the day; increments are stored in the order of their days."""
    days, above, below = zip(*due, strict=True) if due else ((), (), ())
    number = len(days) if not days or days[-1] <= day else bisect_right(days, day)
    return KeptFigure(sum(above[:number]), None if denominator is None else sum(below[:number]))


def open_horizons(
    session: Session, codes: Iterable[str], unit_ids: Iterable[int | None], first: str
) -> dict[int | None, set[str]]:
    """Return unit id → the horizons at which figures of these codes, counted from `first`, are in force."""
    query = (
        select(Figure.unit_id, Figure.horizon)
        .distinct()
        .where(
            col(Figure.code).in_(list(codes)),
            col(Figure.first) == first,
            of_units(col(Figure.unit_id), unit_ids),
            col(Figure.until).is_(None),
        )
    )
    horizons: dict[int | None, set[str]] = {}
    for unit_id, horizon in session.exec(query):
        horizons.setdefault(unit_id, set()).add(horizon)
    return horizons


def stored(figure: FoldedFigure) -> list[Any]:
    """Return the figure as the table has it."""
    return [figure.numerator, figure.denominator, _stored(figure.due)]


def _stored(due: tuple[Increment, ...] | None) -> list[Any] | None:
    return None if due is None else [[day.isoformat(), numerator, denominator] for day, numerator, denominator in due]


def figures_kept(session: Session) -> list[str]:
    """Return every stored figure as one line, in an order that does not depend on when it was made.

    Where a unit never had any figure of a code, that this was noted is left out: it says the same as no row.
    """
    columns = ("code", "unit_id", "first", "horizon", "since", "until", "numerator", "denominator", "due")
    rows = session.connection().execute(select_columns(*(col(getattr(Figure, name)) for name in columns))).all()
    had = {(row.code, row.unit_id) for row in rows if row.numerator is not None}
    return sorted(repr(row) for row in rows if (row.code, row.unit_id) in had)


@dataclass(frozen=True, slots=True)
class FigureSpan:
    """A kept figure of a snapshot with the time in which it holds; `until` None: it still does."""

    code: str
    unit_id: int
    since: datetime
    until: datetime | None
    numerator: float | None
    denominator: float | None


def spans(session: Session, codes: Iterable[str], end: datetime, unit_id: int | None = None) -> list[FigureSpan]:
    """Return every figure of these codes that began before `end`, oldest first; of one unit where given."""
    names = [field.name for field in fields(FigureSpan)]
    query = select(*[col(getattr(Figure, name)) for name in names]).where(
        col(Figure.code).in_(list(codes)),
        col(Figure.since) < end,
        col(Figure.horizon) == "",
        col(Figure.unit_id).is_not(None),
    )
    if unit_id is not None:
        query = query.where(col(Figure.unit_id) == unit_id)
    return [FigureSpan(*row) for row in session.connection().execute(query.order_by(col(Figure.since)))]


def folding_of(session: Session) -> int:
    """Return by which folding the stored figures and breakdowns were made."""
    return session.exec(select(DataVersion.folding)).one()


def note_folding(session: Session, folding: int) -> None:
    session.connection().execute(update(DataVersion).values(folding=folding))
