"""From a numerator, a denominator and a due field as typed to an indicator's formula, checked whole."""

from __future__ import annotations

from dataclasses import dataclass

from models.definitions import Kind
from models.expressions import ADDED_UP, Expression, ExpressionError, FieldRead, Function
from rules.expressions.evaluation import (
    aggregates,
    contributions_of,
    counts_working_days,
    is_sum_of_rows,
    parts_counted,
    parts_looked_into,
)
from rules.expressions.reading import read_expression
from rules.expressions.tokens import plain
from rules.expressions.vocabulary import Vocabulary
from rules.expressions.words import in_words
from rules.indicators import Contributions
from rules.working_days import Calendar

MOST_DATASETS = 2
"""That a whole indicator may read. Source: plans.md, section 3."""


class FormulaError(ValueError):
    """`side`: which of numerator, denominator and due has the mistake."""

    def __init__(self, side: str, error: ExpressionError) -> None:
        super().__init__(str(error))
        self.side, self.mistake = side, error.mistake


@dataclass(frozen=True)
class Formula:
    """What an indicator counts."""

    numerator: Expression
    denominator: Expression | None
    due: FieldRead | None = None

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts it reads, those first of which rows are counted."""
        sides = [self.numerator] + ([self.denominator] if self.denominator is not None else [])
        counted = [part for side in sides for part in parts_counted(side)]
        return tuple(dict.fromkeys(counted + [part for side in sides for part in parts_looked_into(side)]))

    @property
    def counts_working_days(self) -> bool:
        """Whether another calendar gives another figure."""
        sides = [side for side in (self.numerator, self.denominator) if side is not None]
        return any(map(counts_working_days, sides))

    @property
    def adds_up(self) -> bool:
        """Whether the figures of several units add up to that of all of them."""
        return is_sum_of_rows(self.numerator) and (self.denominator is None or is_sum_of_rows(self.denominator))

    @property
    def tells_apart(self) -> bool:
        """Whether it counts different values (去重): two units may have the same, which counts once for both."""
        sides = [self.numerator] + ([self.denominator] if self.denominator is not None else [])
        return any(aggregate.function is Function.DISTINCT for side in sides for aggregate in aggregates(side))

    def contributions(self, calendar: Calendar | None = None) -> Contributions:
        return contributions_of(self.numerator, self.denominator, self.due, calendar)

    @property
    def numerator_in_words(self) -> str:
        return in_words(self.numerator)

    @property
    def denominator_in_words(self) -> str | None:
        return None if self.denominator is None else in_words(self.denominator)

    @property
    def in_words(self) -> str:
        """Return one sentence for both sides, and from which day on a row counts."""
        below = f" ÷ {self.denominator_in_words}" if self.denominator is not None else ""
        due = f"（自{self.due.label}起计入）" if self.due else ""
        return f"{self.numerator_in_words}{below}{due}"


def read_formula(numerator: str, denominator: str | None, due: str | None, vocabulary: Vocabulary) -> Formula:
    """Raises FormulaError."""
    above = _side("numerator", numerator, vocabulary)
    below = _side("denominator", denominator, vocabulary) if denominator else None
    formula = Formula(above, below)
    datasets = list(dict.fromkeys(vocabulary.dataset_of(part).title for part in formula.parts))
    if len(datasets) > MOST_DATASETS:
        raise _error(
            "denominator" if below else "numerator",
            f"一个指标最多用 {MOST_DATASETS} 种数据，这里用了{'、'.join(datasets)}",
        )
    if not due:
        return formula
    return Formula(above, below, _due_field(due, above, below, vocabulary))


def _side(side: str, text: str, vocabulary: Vocabulary) -> Expression:
    try:
        expression = read_expression(text, vocabulary)
    except ExpressionError as error:
        raise FormulaError(side, error) from None
    parts = parts_counted(expression)
    if not parts:
        raise _error(side, "算式中没有行数、合计、去重、平均、最大、最小中的任何一个")
    if len(parts) > 1:
        titles = "、".join(dict.fromkeys(aggregate.source for aggregate in aggregates(expression)))
        raise _error(side, f"分子、分母各只能数一种数据的一张表，这里数了{titles}")
    return expression


def _due_field(due: str, above: Expression, below: Expression | None, vocabulary: Vocabulary) -> FieldRead:
    """The date field from which on a row counts: of the one part that both sides count."""
    sides = [side for side in (above, below) if side is not None]
    parts = list(dict.fromkeys(part for side in sides for part in parts_counted(side)))
    if len(parts) > 1:
        raise _error("due", "分子和分母数的不是同一种数据，不能有期限字段")
    if any(aggregate.function not in ADDED_UP for side in sides for aggregate in aggregates(side)) or not all(
        map(is_sum_of_rows, sides)
    ):
        raise _error("due", "只有行数、合计、去重可以有期限字段")
    source = next(source for source in vocabulary.sources if source.part.code == parts[0])
    name = due.rpartition(".")[2] or due
    field = source.field(plain(name))
    if field is None:
        raise FormulaError("due", vocabulary.unknown_field(name, 1, [source]))
    if field.kind not in (Kind.DATE, Kind.DATETIME):
        raise _error("due", f"“{field.label}”不是日期，不能作期限字段")
    return field


def _error(side: str, what: str) -> FormulaError:
    return FormulaError(side, ExpressionError("type-mismatch", f"{what}。", 1))
