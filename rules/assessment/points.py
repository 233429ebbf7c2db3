"""Points of units: from the rules with what each looks at and the conduct of each unit to points and every deduction.

Without a rule there are no points. A unit is judged by the rules that look at something it answers for, and compared
by its share of their full marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from models.assessment import (
    AssessmentRule,
    AssessmentScope,
    Deduction,
    DeductionKind,
    RulePoints,
    Shortcoming,
    UnitConduct,
    UnitPoints,
)

CENT = Decimal("0.01")
"""Points are told to two decimals, and added up as told."""
ScopedRule = tuple[AssessmentRule, AssessmentScope]


def points_of(rules: Sequence[ScopedRule], conducts: Sequence[UnitConduct]) -> tuple[UnitPoints, ...]:
    """Return the points of each unit in the order given, with its place."""
    units = [UnitPoints(conduct.unit, tuple(_under_each_rule(rules, conduct))) for conduct in conducts]
    shares = sorted((unit.share for unit in units if unit.share is not None), reverse=True)
    return tuple(unit if unit.share is None else replace(unit, place=shares.index(unit.share) + 1) for unit in units)


def _under_each_rule(rules: Sequence[ScopedRule], conduct: UnitConduct) -> Iterator[RulePoints]:
    for rule, scope in rules:
        if concerns(rule, scope, conduct.answers_for):
            yield RulePoints(rule, tuple(_deductions(rule, scope, conduct.shortcomings)))


def concerns(rule: AssessmentRule, scope: AssessmentScope, answers_for: AssessmentScope) -> bool:
    """Return whether there is anything of the unit's that a deduction of the rule could look at. A unit that reported
    no figures and has no cases gets neither points nor deductions for them.
    """
    shared = {
        DeductionKind.OVERDUE: scope.measures & answers_for.measures,
        DeductionKind.CASE: scope.kinds & answers_for.kinds,
        DeductionKind.SHORTFALL: scope.indicators & answers_for.indicators,
        DeductionKind.MISSING: scope.datasets & answers_for.datasets,
    }
    return any(shared[kind] for kind in DeductionKind if rule.points_for(kind) is not None)


def _deductions(
    rule: AssessmentRule, scope: AssessmentScope, shortcomings: Sequence[Shortcoming]
) -> Iterator[Deduction]:
    for shortcoming in shortcomings:
        per_piece = rule.points_for(shortcoming.kind)
        if per_piece is not None and is_in(scope, shortcoming):
            yield Deduction(shortcoming, (per_piece * shortcoming.amount).quantize(CENT, ROUND_HALF_UP))


def is_in(scope: AssessmentScope, shortcoming: Shortcoming) -> bool:
    """Return whether the rule looks at it."""
    match shortcoming.kind:
        case DeductionKind.OVERDUE:
            return shortcoming.measure in scope.measures
        case DeductionKind.SHORTFALL:
            return shortcoming.measure in scope.measures and shortcoming.indicator in scope.indicators
        case DeductionKind.MISSING:
            return shortcoming.dataset in scope.datasets
        case DeductionKind.CASE:
            return shortcoming.case_kind in scope.kinds
