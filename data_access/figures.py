"""Kept figures: written per event by services/figures/fold.py, read for a date; reading costs the same however many
rows there are.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Text, cast, func, null, true, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from data_access.derived_rows import of_units
from data_access.stand_ins import has_view_before
from models.figures import Figure as FoldedFigure
from models.figures import Increment
from models.tables import DataVersion, Figure, UnitRow
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
    session: Session, as_of: date, first: str, codes: Iterable[str], units: Iterable[int] | None = None
) -> KeptFigures:
    """Return the figures of these codes in force at the end of the day, over the whole months from `first` until then.
    Of all units, or of some and of the whole district.
    """
    end = end_of_day(as_of)
    in_force = [
        col(Figure.first).in_(("", first)),
        col(Figure.since) < end,
        or_(col(Figure.until).is_(None), col(Figure.until) >= end),
        col(Figure.horizon) <= last_whole_month(as_of),
    ]
    figures: KeptFigures = {}
    for code, rows in groupby(_latest(session, in_force, sorted(codes), units), key=itemgetter(0)):
        figures.setdefault(code, {}).update(_of_code(rows, as_of.isoformat()))
    return figures


def _of_code(rows: Iterable[tuple[Any, ...]], day: str) -> dict[int | None, KeptFigure]:
    """Unit id → figure, from the rows of one code: column by column, as there may be hundreds of thousands."""
    _, unit_ids, numerators, denominators, dues = zip(*rows, strict=True)
    figures = dict(zip(unit_ids, map(_KEPT, zip(numerators, denominators, strict=True)), strict=True))
    dated = [(unit_id, due) for unit_id, due in zip(unit_ids, dues, strict=True) if due is not None]
    if dated:
        counted = _counted(dict.fromkeys(due for _, due in dated), day)
        for unit_id, due in dated:
            above, below = counted[due]
            figures[unit_id] = KeptFigure(above, None if figures[unit_id].denominator is None else below)
    return figures


_KEPT = partial(tuple.__new__, KeptFigure)


def _latest(
    session: Session, in_force: Sequence[ColumnElement[bool]], codes: Sequence[str], units: Iterable[int] | None
) -> Sequence[tuple[Any, ...]]:
    """(code, unit id, numerator, denominator, due as text) of those with the last horizon of each code and unit, code
    by code. Each database has its own way to ask for them without numbering every row, which takes twice as long.
    """
    connection, wanted = session.connection(), None if units is None else list(units)
    key, horizon = (col(Figure.code), col(Figure.unit_id)), col(Figure.horizon)
    if connection.dialect.name == "sqlite" and not has_view_before(connection, str(Figure.__tablename__)):
        return connection.execute(_looked_up(in_force, codes, wanted)).tuples().all()
    columns = (*key, col(Figure.numerator), col(Figure.denominator), cast(Figure.due, Text))
    conditions = [*in_force, col(Figure.code).in_(codes)]
    if wanted is not None:
        conditions.append(or_(col(Figure.unit_id).in_(wanted), col(Figure.unit_id).is_(None)))
    if connection.dialect.name == "sqlite":  # beside a maximum it gives the columns of the row that has it
        query = select_columns(*columns, func.max(horizon)).group_by(*key).order_by(*key)
    else:
        query = select_columns(*columns, horizon).distinct(*key).order_by(*key, horizon.desc())
    return [row[:-1] for row in connection.execute(query.where(*conditions)).tuples()]


def _looked_up(
    in_force: Sequence[ColumnElement[bool]], codes: Sequence[str], units: Sequence[int] | None
) -> Select[Any]:
    """Of each code and unit one look into the index, however many months and events were kept."""
    asked_for = func.json_each(json.dumps(codes)).table_valued("value", name="codes")
    known = select_columns(col(UnitRow.id))
    if units is not None:
        known = known.where(col(UnitRow.id).in_(units))
    known_units = known.union_all(select_columns(null())).subquery("units")
    code, unit_id, kept_row = asked_for.c.value, known_units.c.id, aliased(Figure, name="kept")
    last = (
        select_columns(col(Figure.id))
        .where(col(Figure.code) == code, col(Figure.unit_id).is_not_distinct_from(unit_id), *in_force)
        .order_by(col(Figure.horizon).desc())
        .limit(1)
        .correlate(asked_for, known_units)
        .scalar_subquery()
    )
    return (
        select_columns(code, unit_id, col(kept_row.numerator), col(kept_row.denominator), cast(kept_row.due, Text))
        .select_from(asked_for)
        .join(known_units, true(), isouter=True)  # as it is written: code by code
        .join(kept_row, col(kept_row.id) == last)
    )


def _counted(dues: Collection[str], day: str) -> dict[str, tuple[float, float]]:
    """Increments as text → what they add up to by the day; they are stored in the order of their days."""
    counted = {}
    for text, due in zip(dues, json.loads(f"[{','.join(dues)}]"), strict=True):  # as one text: half the time
        days, above, below = zip(*due, strict=True) if due else ((), (), ())
        number = len(days) if not days or days[-1] <= day else bisect_right(days, day)
        counted[text] = sum(above[:number]), sum(below[:number])
    return counted


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
