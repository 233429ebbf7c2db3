"""From the tree of an expression to the sentence that says it in Chinese."""

from __future__ import annotations

from datetime import datetime

from models.expressions import (
    Aggregate,
    AllOf,
    AnyOf,
    Calculation,
    Compared,
    Comparison,
    Condition,
    Contains,
    DaysBetween,
    Expression,
    FieldRead,
    Filled,
    FoundIn,
    Function,
    InTime,
    Literal,
    Not,
    Number,
    OneOf,
    Operator,
    Value,
)
from rules.expressions.conditions import is_whole_day

_COMPARED = {
    Comparison.EQUAL: "为",
    Comparison.UNEQUAL: "已填且不为",
    Comparison.LESS: "小于",
    Comparison.AT_MOST: "不大于",
    Comparison.MORE: "大于",
    Comparison.AT_LEAST: "不小于",
}
_OF_MOMENTS = {
    Comparison.LESS: "早于",
    Comparison.AT_MOST: "不晚于",
    Comparison.MORE: "晚于",
    Comparison.AT_LEAST: "不早于",
}
_SIGNS = {Operator.PLUS: "＋", Operator.MINUS: "－", Operator.TIMES: "×", Operator.DIVIDED: "÷"}


def in_words(expression: Expression) -> str:
    """Return the sentence of a numerator or denominator: “差评整改台账中是否实名为“是”的条数”."""
    match expression:
        case Number(amount):
            return _number(amount)
        case Aggregate():
            return _aggregate(expression)
        case Calculation(first, rest):
            pieces = [_operand(first, rest[0][0])]
            pieces += [f"{_SIGNS[operator]}{_operand(operand, operator, is_right=True)}" for operator, operand in rest]
            return "".join(pieces)


def _operand(operand: Expression | Value, operator: Operator, is_right: bool = False) -> str:
    text = in_words(operand) if isinstance(operand, Aggregate) else value_in_words(operand)
    needs_brackets = isinstance(operand, Calculation) and (is_right or operator in (Operator.TIMES, Operator.DIVIDED))
    return f"（{text}）" if needs_brackets else text


def _aggregate(aggregate: Aggregate) -> str:
    among = aggregate.source + (f"中{condition_in_words(aggregate.condition)}" if aggregate.condition else "")
    value = "" if aggregate.value is None else value_in_words(aggregate.value)
    if isinstance(aggregate.value, Calculation):
        value = f"（{value}）"
    match aggregate.function:
        case Function.ROWS:
            return f"{among}的条数"
        case Function.DISTINCT:
            return f"{among}的不同{'、'.join(field.label for field in aggregate.identity)}数"
        case Function.SUM:
            return f"{among}的{value}合计"
        case Function.MEAN:
            return f"{among}的{value}平均值"
        case Function.HIGHEST:
            return f"{among}的{value}最大值"
        case Function.LOWEST:
            return f"{among}的{value}最小值"


def value_in_words(value: Value) -> str:
    match value:
        case FieldRead(label=label):
            return label
        case Number(amount):
            return _number(amount)
        case DaysBetween(start, end, working):
            return f"{start.label}至{end.label}的{'工作日' if working else '天'}数"
        case Calculation():
            return in_words(value)


def condition_in_words(condition: Condition) -> str:
    match condition:
        case AllOf(conditions):
            return "、且".join(
                _bracketed(inner) if isinstance(inner, AnyOf) else condition_in_words(inner) for inner in conditions
            )
        case AnyOf(conditions):
            return "，或".join(condition_in_words(inner) for inner in conditions)
        case Not(inner):
            return f"不符合（{condition_in_words(inner)}）"
        case Filled(field, is_filled):
            return f"{field.label}{'已填' if is_filled else '未填'}"
        case InTime(done, due):
            return f"{done.label}不晚于{due.label}"
        case FoundIn(field, among):
            return f"{field.label}见于{among.source}的{among.label}"
        case Contains(field, word):
            return f"{field.label}含“{word}”"
        case OneOf(field, words):
            return f"{field.label}为{'、'.join(map(_literal, words))}之一"
        case Compared(field, how, other):
            is_moment = isinstance(other, datetime) or (isinstance(other, FieldRead) and condition.by_day)
            how_said = (_OF_MOMENTS if is_moment else _COMPARED).get(how, _COMPARED[how])
            return f"{field.label}{how_said}{other.label if isinstance(other, FieldRead) else _literal(other)}"


def _bracketed(condition: Condition) -> str:
    return f"（{condition_in_words(condition)}）"


def _literal(literal: Literal) -> str:
    if isinstance(literal, bool):
        return "“是”" if literal else "“否”"
    if isinstance(literal, float):
        return _number(literal)
    if isinstance(literal, datetime):
        return f"{literal:%Y-%m-%d}" if is_whole_day(literal) else f"{literal:%Y-%m-%d %H:%M}"
    return f"“{literal}”"


def _number(amount: float) -> str:
    return f"{amount:.12g}"
