"""Conditions and row values of expressions on whole columns: from a tree and the frames to a bool or float64 Series.

A missing value makes every test but 未填 not hold, ≠ too; in a calculation it makes the result missing.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import reduce
from operator import add, and_, mul, or_, sub

import numpy as np
import pandas as pd

from models.definitions import Frames, Kind
from models.expressions import (
    COMPARE,
    AllOf,
    AnyOf,
    Calculation,
    Compared,
    Comparison,
    Condition,
    Contains,
    DaysBetween,
    FieldRead,
    Filled,
    FoundIn,
    InTime,
    Literal,
    Not,
    Number,
    OneOf,
    Operator,
    Value,
)
from rules.conditions import days, every, numbers, on_time
from rules.stacks import among
from rules.working_days import ONE_DAY, Calendar


class Rows:
    """The rows of one part. Each condition is tried on them once, however often expressions say it."""

    def __init__(self, frames: Frames, part: str, calendar: Calendar | None) -> None:
        frame = frames[part]
        assert frame is not None
        self.frame, self._frames, self._calendar = frame, frames, calendar
        self._tried: dict[Condition, pd.Series] = {}

    def holding(self, condition: Condition | None) -> pd.Series:
        """Return for which rows the condition holds: plain bool."""
        if condition is None:
            return every(self.frame)
        if condition not in self._tried:
            self._tried[condition] = self._hold(condition)
        return self._tried[condition]

    def _hold(self, condition: Condition) -> pd.Series:
        match condition:
            case AllOf(conditions):
                return reduce(and_, map(self.holding, conditions))
            case AnyOf(conditions):
                return reduce(or_, map(self.holding, conditions))
            case Not(inner):
                return ~self.holding(inner)
            case Filled(field, is_filled):
                filled = self.frame[field.column].notna()
                return filled if is_filled else ~filled
            case InTime(done, due):
                return on_time(done.column, due.column)(self.frame)
            case FoundIn(field, elsewhere):
                return self._found(field, elsewhere)
            case OneOf(field, words):
                return self._side(field, by_day=all(map(is_whole_day, words))).isin(words).fillna(False).astype(bool)
            case Contains(field, word):
                texts = self.frame[field.column].astype(object)
                return texts.map(lambda text: word in text, na_action="ignore").eq(True)
            case Compared():
                return self._compare(condition)

    def _compare(self, test: Compared) -> pd.Series:
        left = self._side(test.field, test.by_day)
        right = self._side(test.other, test.by_day) if isinstance(test.other, FieldRead) else test.other
        if isinstance(right, date):
            right = pd.Timestamp(right)
        filled = left.notna() & (right.notna() if isinstance(right, pd.Series) else True)
        if left.dtype == object and test.how not in (Comparison.EQUAL, Comparison.UNEQUAL):
            left = left.where(filled, "")
            right = right.where(filled, "") if isinstance(right, pd.Series) else right
        holds = COMPARE[test.how](left, right)
        return (holds.fillna(False).astype(bool)) & filled

    def _side(self, field: FieldRead, by_day: bool) -> pd.Series:
        values = self.frame[field.column]
        if field.kind in (Kind.DATE, Kind.DATETIME):
            return days(values) if by_day else pd.to_datetime(values)
        return values

    def _found(self, field: FieldRead, elsewhere: FieldRead) -> pd.Series:
        other = self._frames.get(elsewhere.part)
        if other is None:
            raise KeyError(elsewhere.part)
        values, wanted = self.frame[field.column], other[elsewhere.column]
        if field.kind in (Kind.DATE, Kind.DATETIME) and elsewhere.kind in (Kind.DATE, Kind.DATETIME):
            values, wanted = days(values), days(wanted)
        else:
            values, wanted = values.astype(object), wanted.astype(object)
        return among(self.frame, values, other, wanted)

    def values(self, value: Value) -> pd.Series:
        """Return a number for each row, missing where it cannot be told."""
        match value:
            case FieldRead():
                return numbers(self.frame[value.column])
            case Number(amount):
                return pd.Series(amount, self.frame.index, dtype="float64")
            case DaysBetween():
                return self._days_between(value)
            case Calculation(first, rest):
                result = self.values(first)  # type: ignore[arg-type]  # row values hold row values alone
                for operator, operand in rest:
                    result = calculate(operator, result, self.values(operand))  # type: ignore[arg-type]
                return result

    def _days_between(self, between: DaysBetween) -> pd.Series:
        start, end = days(self.frame[between.start.column]), days(self.frame[between.end.column])
        if not between.working:
            return (end - start).dt.days.astype("float64")
        counted = _working_days(start, end, self._calendar or Calendar({}))
        return pd.Series(counted, self.frame.index)


def is_whole_day(literal: Literal) -> bool:
    """Say whether it is a moment that names a day and no hour."""
    return isinstance(literal, datetime) and literal.time() == time()


def calculate(operator: Operator, left: pd.Series, right: pd.Series) -> pd.Series:
    """Return left operator right; divided by zero is missing."""
    match operator:
        case Operator.PLUS:
            return add(left, right)
        case Operator.MINUS:
            return sub(left, right)
        case Operator.TIMES:
            return mul(left, right)
        case Operator.DIVIDED:
            return left / right.where(right != 0)


def _working_days(start: pd.Series, end: pd.Series, calendar: Calendar) -> np.ndarray:
    """Working days in (start, end], below zero where the end is earlier; missing where a year is not entered."""
    turned = start > end
    earlier, later = start.where(~turned, end), end.where(~turned, start)
    known = (start.notna() & end.notna()).to_numpy()
    counted = np.full(len(start), np.nan)
    pairs = pd.DataFrame({"after": earlier, "until": later})[known]
    each = pairs.drop_duplicates()
    numbers_of = {
        (after, until): _between(after.date(), until.date(), calendar)
        for after, until in zip(each["after"], each["until"], strict=True)
    }
    counted[known] = [numbers_of[pair] for pair in zip(pairs["after"], pairs["until"], strict=True)]
    return np.where(turned.to_numpy(), -counted, counted)


def _between(after: date, until: date, calendar: Calendar) -> float:
    first = after + ONE_DAY
    entered = all(calendar.covers(year) for year in range(first.year, until.year + 1))
    return float(calendar.working_days_between(after, until)) if entered else float("nan")
