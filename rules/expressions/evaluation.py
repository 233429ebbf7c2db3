"""From trees of a numerator and a denominator to `contributions` as any indicator has them: what each row adds.

A sum of 行数, 合计 and 去重 is what its rows add up to. Anything else (平均, a quotient, a number by itself) is no sum:
its figure stands in `Contribution.totals`, and what each row adds only shows on the page of proof where it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from models.definitions import Contribution, Frames, Totals
from models.expressions import (
    ADDED_UP,
    Aggregate,
    AllOf,
    AnyOf,
    Calculation,
    Condition,
    DaysBetween,
    Expression,
    FieldRead,
    Filled,
    FoundIn,
    Function,
    Not,
    Number,
    Operator,
    Value,
)
from rules.conditions import days
from rules.expressions.conditions import Rows, calculate
from rules.indicators import Contributions, exact_sum
from rules.stacks import STACK, repeated
from rules.working_days import Calendar


def aggregates(expression: Expression) -> Iterator[Aggregate]:
    """Yield the aggregates of an expression in the order of its text."""
    if isinstance(expression, Aggregate):
        yield expression
    elif isinstance(expression, Calculation):
        for operand in (expression.first, *(operand for _, operand in expression.rest)):
            yield from aggregates(operand)  # type: ignore[arg-type]  # expressions hold expressions alone


def parts_counted(expression: Expression) -> tuple[str, ...]:
    """Return the parts of which rows are counted."""
    return tuple(dict.fromkeys(aggregate.part for aggregate in aggregates(expression)))


def parts_looked_into(expression: Expression) -> tuple[str, ...]:
    """Return the parts in which values are only looked up (在)."""
    conditions = (aggregate.condition for aggregate in aggregates(expression))
    return tuple(dict.fromkeys(part for condition in conditions for part in looked_into(condition)))


def looked_into(condition: Condition | None) -> tuple[str, ...]:
    """Return the parts in which a condition looks values up (在)."""
    return tuple(_looked_into(condition))


def _looked_into(condition: Condition | None) -> Iterator[str]:
    match condition:
        case FoundIn(_, among):
            yield among.part
        case Not(inner):
            yield from _looked_into(inner)
        case AllOf(conditions) | AnyOf(conditions):
            for inner in conditions:
                yield from _looked_into(inner)


def counts_working_days(expression: Expression) -> bool:
    """Say whether the figure rests on the working-day calendar."""
    return any(_is_of_calendar(aggregate.value) for aggregate in aggregates(expression))


def _is_of_calendar(value: Value | Expression | None) -> bool:
    match value:
        case DaysBetween(working=working):
            return working
        case Calculation(first, rest):
            return any(map(_is_of_calendar, (first, *(operand for _, operand in rest))))
        case _:
            return False


def is_sum_of_rows(expression: Expression) -> bool:
    """Say whether the figures of several units add up to that of all."""
    match expression:
        case Aggregate(function):
            return function in ADDED_UP
        case Number():
            return False
        case Calculation(first, rest):
            operands = [first, *(operand for _, operand in rest)]
            scales = [operand for operand in operands if isinstance(operand, Number)]
            if rest[0][0] in (Operator.PLUS, Operator.MINUS):
                return all(is_sum_of_rows(operand) for operand in operands)  # type: ignore[arg-type]
            divisors = [operand for operator, operand in rest if operator is Operator.DIVIDED]
            return (
                len(scales) == len(operands) - 1
                and all(isinstance(divisor, Number) and divisor.amount for divisor in divisors)
                and any(is_sum_of_rows(operand) for operand in operands if operand not in scales)  # type: ignore[arg-type]
            )


def contributions_of(
    numerator: Expression, denominator: Expression | None, due: FieldRead | None, calendar: Calendar | None = None
) -> Contributions:
    """Return what the rows add to an indicator. `due`: a row counts from the day in this field on, none without it.

    `calendar`: by which 工作日 is counted.
    """

    def contributions(frames: Frames) -> list[Contribution]:
        counting = _Counting(frames, due, calendar)
        sides = [("numerator", numerator)] + ([("denominator", denominator)] if denominator is not None else [])
        by_part: dict[str, dict[str, object]] = {}
        for side, expression in sides:
            outcome = counting.outcome(expression)
            if not is_sum_of_rows(expression):
                by_part.setdefault(outcome.part, {})[f"{side}_totals"] = Totals(outcome.totals, outcome.without_rows)
            by_part.setdefault(outcome.part, {})[side] = outcome.rows
        return [
            Contribution(part, **given, due=counting.due_days(part))  # type: ignore[arg-type]
            for part, given in by_part.items()
        ]

    return contributions


@dataclass(frozen=True)
class _Outcome:
    """What an expression comes to: what each row adds, the figure of each stack, and that of a stack without rows."""

    part: str
    rows: pd.Series
    figures: Callable[[], pd.Series]  # of each stack; asked for only where rows do not say it
    without_rows: float

    @cached_property
    def totals(self) -> pd.Series:
        return self.figures()


class _Counting:
    """Counts the rows of frames, stacked or not."""

    def __init__(self, frames: Frames, due: FieldRead | None, calendar: Calendar | None) -> None:
        self._frames, self._due, self._calendar = frames, due, calendar
        self._rows: dict[str, Rows] = {}

    def due_days(self, part: str) -> pd.Series | None:
        return days(self._of(part).frame[self._due.column]) if self._due else None

    def _of(self, part: str) -> Rows:
        if part not in self._rows:
            if self._frames.get(part) is None:
                raise KeyError(part)
            self._rows[part] = Rows(self._frames, part, self._calendar)
        return self._rows[part]

    def outcome(self, expression: Expression) -> _Outcome:
        part = parts_counted(expression)[0]
        return self._outcome(expression, part)

    def _outcome(self, expression: Expression, part: str) -> _Outcome:
        match expression:
            case Aggregate():
                return self._aggregate(expression)
            case Number(amount):
                rows = pd.Series(0.0, self._of(part).frame.index)
                return _Outcome(part, rows, lambda: pd.Series(amount, self._stacks(part)), amount)
            case Calculation(first, rest):
                result = self._outcome(first, part)  # type: ignore[arg-type]
                is_constant = isinstance(first, Number)
                for operator, operand in rest:
                    other = self._outcome(operand, part)  # type: ignore[arg-type]
                    result = self._joined(operator, result, other, is_constant)
                    is_constant = is_constant and isinstance(operand, Number)
                return result

    def _joined(self, operator: Operator, left: _Outcome, right: _Outcome, left_is_constant: bool) -> _Outcome:
        if operator in (Operator.PLUS, Operator.MINUS):
            rows = self._rows_added(operator, left, right)
        elif left_is_constant:
            rows = calculate(
                operator, self._spread(left), right.rows if operator is Operator.TIMES else self._spread(right)
            )
        else:
            rows = calculate(operator, left.rows, self._spread(right))
        without = calculate(operator, pd.Series([left.without_rows]), pd.Series([right.without_rows]))
        return _Outcome(left.part, rows, lambda: calculate(operator, left.totals, right.totals), float(without.iloc[0]))

    def _rows_added(self, operator: Operator, left: _Outcome, right: _Outcome) -> pd.Series:
        """A blank beside a number adds nothing; a stack of which one side has no data has none."""
        rows = calculate(operator, left.rows.fillna(0.0), right.rows.fillna(0.0))
        missing = (left.rows.isna() & right.rows.isna()) | self._spread(left).isna() | self._spread(right).isna()
        return rows.where(~missing)

    def _stacks(self, part: str) -> pd.Index:
        frame = self._of(part).frame
        return pd.Index(np.unique(frame[STACK])) if STACK in frame else pd.Index([0])

    def _spread(self, outcome: _Outcome) -> pd.Series:
        """The figure of its stack beside each row."""
        frame = self._of(outcome.part).frame
        if STACK not in frame:
            return pd.Series(outcome.totals.iloc[0], frame.index)
        return frame[STACK].map(outcome.totals)

    def _aggregate(self, aggregate: Aggregate) -> _Outcome:
        rows = self._of(aggregate.part)
        counted = rows.holding(aggregate.condition)
        if self._due is not None:
            counted = counted & rows.holding(Filled(self._due, True))
        match aggregate.function:
            case Function.ROWS:
                added = counted.astype("float64")
            case Function.DISTINCT:
                added = self._first_of_each(rows.frame, aggregate.identity, counted)
            case Function.SUM:
                added = self._summed(aggregate, rows, counted)
            case _:
                return self._of_all(aggregate, rows, counted)
        return _Outcome(aggregate.part, added, lambda: self._sums(rows.frame, added), 0.0)

    def _summed(self, aggregate: Aggregate, rows: Rows, counted: pd.Series) -> pd.Series:
        """0 for what is not counted; where rows are counted and no value is filled in, no data: missing throughout."""
        assert aggregate.value is not None
        values = rows.values(aggregate.value)
        added = values.where(counted, 0.0)
        blank = counted & values.isna()
        if not blank.any():
            return added
        some = self._stack_wide(rows.frame, counted & values.notna())
        return added.where(some | ~self._stack_wide(rows.frame, counted))

    def _of_all(self, aggregate: Aggregate, rows: Rows, counted: pd.Series) -> _Outcome:
        """平均, 最大, 最小: no data where nothing is counted."""
        assert aggregate.value is not None
        values = rows.values(aggregate.value).where(counted)
        grouped = values.groupby(rows.frame[STACK]) if STACK in rows.frame else None
        if aggregate.function is Function.MEAN:
            number = grouped.transform("count") if grouped is not None else values.count()
            added = (values / number).where(values.notna(), 0.0)
            sums = self._sums(rows.frame, values)
            counts = grouped.count() if grouped is not None else pd.Series([values.count()])
            totals = sums / counts.where(counts > 0)
        else:
            how: Literal["max", "min"] = "max" if aggregate.function is Function.HIGHEST else "min"
            extreme = grouped.transform(how) if grouped is not None else getattr(values, how)()
            reached = (values == extreme).fillna(False)
            first = reached & ~repeated(rows.frame, values.where(reached))
            added = values.where(first, 0.0)
            totals = getattr(grouped, how)() if grouped is not None else pd.Series([extreme])
        return _Outcome(aggregate.part, added, lambda: totals, float("nan"))

    def _first_of_each(self, frame: pd.DataFrame, identity: tuple[FieldRead, ...], counted: pd.Series) -> pd.Series:
        """The first counted row of each adds 1, of rows that count from a day on the one that counts first; a row of
        which any of the fields is blank adds nothing.
        """
        columns = [field.column for field in identity]
        counting = (counted & frame[columns].notna().all(axis=1)).to_numpy()
        chosen = frame[columns + ([STACK] if STACK in frame else [])].set_axis(range(len(frame)))[counting]
        if self._due is not None:
            order = days(frame[self._due.column]).set_axis(range(len(frame)))[counting].sort_values(kind="stable").index
            chosen = chosen.loc[order]
        again = chosen.iloc[:, 0].duplicated() if chosen.shape[1] == 1 else chosen.duplicated()
        first = np.zeros(len(frame))
        first[chosen.index[~again.to_numpy()]] = 1.0
        return pd.Series(first, frame.index)

    @staticmethod
    def _stack_wide(frame: pd.DataFrame, holds: pd.Series) -> pd.Series:
        """Whether it holds for any row of the stack, beside each row."""
        if STACK in frame:
            return holds.groupby(frame[STACK]).transform("any")
        return pd.Series(bool(holds.any()), frame.index)

    def _sums(self, frame: pd.DataFrame, added: pd.Series) -> pd.Series:
        """What the rows of each stack add up to; missing where there are rows and none of them is filled."""
        if STACK not in frame:
            return pd.Series([_sum(added)])
        return added.groupby(frame[STACK]).agg(_sum)


def _sum(values: pd.Series) -> float:
    filled = values.dropna().to_numpy()
    return exact_sum(filled) if len(filled) or not len(values) else float("nan")
