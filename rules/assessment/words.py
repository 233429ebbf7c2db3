"""Rules and deductions of 考核赋分 in words, and the rules as they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from models.assessment import AssessmentRule, Deduction, DeductionKind, RulePoints

HOW = {
    DeductionKind.OVERDUE: "逾期举措每项扣{}分",
    DeductionKind.CASE: "逾期案件每件扣{}分",
    DeductionKind.SHORTFALL: "期限已过仍未达到目标的，每差一个百分点（计数的每差一个）扣{}分",
    DeductionKind.MISSING: "缺报每次扣{}分",
}
NUMBERS = ("full", "floor", *(kind.value for kind in DeductionKind))


def number_told(number: Decimal) -> str:
    """Return a number without zeros at its end and with a minus sign: 1.50 → 1.5, -2 → −2."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−") or "0"


def rule_in_words(rule: AssessmentRule) -> str:
    """Return “满分10分；逾期举措每项扣2分；缺报每次扣0.5分；最低0分。”"""
    how = [
        HOW[kind].format(number_told(points)) for kind in DeductionKind if (points := rule.points_for(kind)) is not None
    ]
    return "；".join([f"满分{number_told(rule.full)}分", *how, f"最低{number_told(rule.floor)}分"]) + "。"


def deduction_in_words(deduction: Deduction) -> str:
    return f"{deduction.shortcoming.words}，扣{number_told(deduction.points)}分"


def result_in_words(result: RulePoints) -> str:
    """Return “10 − 12 = −2，按最低分计 0 分” where the floor holds."""
    sum_in_words = (
        f"{number_told(result.rule.full)} − {number_told(result.deducted)} = {number_told(result.before_floor)}"
    )
    if result.points == result.before_floor:
        return f"{sum_in_words} 分"
    return f"{sum_in_words}，按最低分计 {number_told(result.points)} 分"


def rules_as_json(rules: Iterable[AssessmentRule]) -> list[dict[str, Any]]:
    """Return the rules as they are stored: numbers as text, so that none is changed."""
    return [
        {
            field.name: str(value) if field.name in NUMBERS and value is not None else value
            for field in fields(rule)
            for value in (getattr(rule, field.name),)
        }
        for rule in rules
    ]


def rules_of_json(stored: Iterable[Mapping[str, Any]]) -> tuple[AssessmentRule, ...]:
    return tuple(AssessmentRule(**{name: _of_json(name, value) for name, value in rule.items()}) for rule in stored)


def _of_json(name: str, value: Any) -> Any:
    return Decimal(value) if name in NUMBERS and value is not None else value
