"""The condition of a time limit in SQL: from a tree to a test of the rows of one table.

As rules/expressions/conditions.py has it, a test is true or false: a missing value makes it false, 未填 apart.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, false, func, not_, or_, select, tuple_
from sqlmodel import col

from models.definitions import Kind
from models.expressions import (
    COMPARE,
    AllOf,
    AnyOf,
    Compared,
    Condition,
    Contains,
    FieldRead,
    Filled,
    FoundIn,
    InTime,
    Literal,
    Not,
    OneOf,
)
from models.tables import UnitRow


def holding(condition: Condition, columns: Any, values_of: Callable[[FieldRead, Any], Any]) -> ColumnElement[bool]:
    """Return the test; `columns`: of the table. `values_of`: a field and how its column is read → the query of (unit
    id, value) of the records that stand, for values that are looked up elsewhere; None where there are none.
    """
    match condition:
        case AllOf(conditions):
            return and_(*(holding(inner, columns, values_of) for inner in conditions))
        case AnyOf(conditions):
            return or_(*(holding(inner, columns, values_of) for inner in conditions))
        case Not(inner):
            return not_(holding(inner, columns, values_of))
        case Filled(field, is_filled):
            column = _column(field, columns)
            return column.is_not(None) if is_filled else column.is_(None)
        case FoundIn(field, among):
            by_day = {field.kind, among.kind} <= {Kind.DATE, Kind.DATETIME}
            values = values_of(among, partial(_side, among, by_day=by_day))
            own = tuple_(columns.unit_id, _side(field, columns, by_day))
            return false() if values is None else func.coalesce(own.in_(values), false())
        case _:
            return func.coalesce(_test(condition, columns), false())


def _test(condition: Compared | OneOf | Contains | InTime, columns: Any) -> Any:
    match condition:
        case InTime(done, due):
            return _as_day(_column(done, columns)) <= _as_day(_column(due, columns))
        case OneOf(field, words):
            by_day = field.kind in (Kind.DATE, Kind.DATETIME)
            return _side(field, columns, by_day).in_([_literal(word, by_day) for word in words])
        case Contains(field, word):
            return _column(field, columns).contains(word, autoescape=True)
        case Compared(field, how, other, by_day):
            by_day = by_day or field.kind is Kind.DATE
            right = _side(other, columns, by_day) if isinstance(other, FieldRead) else _literal(other, by_day)
            return COMPARE[how](_side(field, columns, by_day), right)


def _side(field: FieldRead, columns: Any, by_day: bool) -> Any:
    column = _column(field, columns)
    return _as_day(column) if by_day and field.kind in (Kind.DATE, Kind.DATETIME) else column


def _column(field: FieldRead, columns: Any) -> Any:
    if field.kind is Kind.UNIT:
        return select(col(UnitRow.name)).where(col(UnitRow.id) == columns.unit_id).scalar_subquery()
    return columns[field.column]


def _literal(word: Literal, by_day: bool) -> Any:
    return word.date() if by_day and isinstance(word, datetime) else word


def _as_day(moment: Any) -> Any:
    return func.date(moment, type_=Date)
