"""The language in which a plan says what it counts, read: expressions, values and conditions as trees of frozen nodes.

Source: plans.md, section 3. Every field in a tree is resolved: its part, its column and its kind are known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from models.definitions import Kind


@dataclass(frozen=True)
class ExpressionMistake:
    """What is wrong with an expression, where (1-based, in the text as typed) and what would stand there."""

    code: str  # unknown-field, unknown-dataset, unknown-function, syntax-error, type-mismatch, too-deep, too-long
    message: str
    place: int


class ExpressionError(ValueError):
    """An expression that cannot be read."""

    def __init__(self, code: str, message: str, place: int) -> None:
        super().__init__(message)
        self.mistake = ExpressionMistake(code, message, place)


class Operator(StrEnum):
    """Between two numbers."""

    PLUS = "+"
    MINUS = "-"
    TIMES = "×"
    DIVIDED = "÷"


class Comparison(StrEnum):
    """Between a field and a literal, or two fields."""

    EQUAL = "="
    UNEQUAL = "≠"
    LESS = "<"
    AT_MOST = "≤"
    MORE = ">"
    AT_LEAST = "≥"


COMPARE: dict[Comparison, Callable[[Any, Any], Any]] = {
    Comparison.EQUAL: eq,
    Comparison.UNEQUAL: ne,
    Comparison.LESS: lt,
    Comparison.AT_MOST: le,
    Comparison.MORE: gt,
    Comparison.AT_LEAST: ge,
}
"""Of whole columns in memory and of columns in SQL alike."""


class Function(StrEnum):
    """What is made of many rows."""

    ROWS = "行数"
    SUM = "合计"
    DISTINCT = "去重"
    MEAN = "平均"
    HIGHEST = "最大"
    LOWEST = "最小"


ADDED_UP = (Function.ROWS, Function.SUM, Function.DISTINCT)
"""Functions of which the figure is the sum of what each row adds."""


@dataclass(frozen=True)
class FieldRead:
    """A field of a part: `column` is where its values stand in the part's frame, `source` how the part is called."""

    part: str
    column: str
    label: str
    kind: Kind
    source: str


@dataclass(frozen=True)
class Number:
    amount: float


@dataclass(frozen=True)
class DaysBetween:
    """Days from the first to the second, by the day; below zero where the second is earlier."""

    start: FieldRead
    end: FieldRead
    working: bool


Literal = str | float | bool | datetime
"""A word, a number, 是 (True) or 否, a moment."""


@dataclass(frozen=True)
class Compared:
    """`by_day`: of two moments only the days are compared."""

    field: FieldRead
    how: Comparison
    other: Literal | FieldRead
    by_day: bool = False


@dataclass(frozen=True)
class Filled:
    field: FieldRead
    is_filled: bool


@dataclass(frozen=True)
class OneOf:
    field: FieldRead
    words: tuple[Literal, ...]


@dataclass(frozen=True)
class Contains:
    field: FieldRead
    word: str


@dataclass(frozen=True)
class InTime:
    """按期: done on or before the due day."""

    done: FieldRead
    due: FieldRead


@dataclass(frozen=True)
class FoundIn:
    """The value stands among those of a field of another part."""

    field: FieldRead
    among: FieldRead


@dataclass(frozen=True)
class Not:
    condition: Condition


@dataclass(frozen=True)
class AllOf:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    conditions: tuple[Condition, ...]


Condition = Compared | Filled | OneOf | Contains | InTime | FoundIn | Not | AllOf | AnyOf


@dataclass(frozen=True)
class Calculation:
    """Operands of one precedence, joined from left to right: `first`, then each operator with what follows it."""

    first: Value | Expression
    rest: tuple[tuple[Operator, Value | Expression], ...]


Value = FieldRead | Number | DaysBetween | Calculation
"""A number for each row."""


@dataclass(frozen=True)
class Aggregate:
    """A number made of many rows of one part, those for which `condition` holds."""

    function: Function
    part: str
    source: str
    value: Value | None = None  # of what the sum, the mean, … is
    identity: tuple[FieldRead, ...] = ()  # of 去重
    condition: Condition | None = None


Expression = Number | Aggregate | Calculation
