"""Points of the units as of a day: what the board, the reports and the cases say, judged by the rules in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from catalogue.cases import CASE_KINDS
from catalogue.datasets import DATASETS
from catalogue.indicators import INDICATORS
from data_access.database import Session, reading
from models.assessment import (
    AssessmentScope,
    DeductionKind,
    RulesInForce,
    Shortcoming,
    UnitConduct,
    UnitPoints,
)
from models.definitions import NumberFormat
from models.lamps import IndicatorResult, Lamp, MeasureLamp
from rules.as_of import end_of_day
from rules.assessment.points import CENT, points_of
from rules.assessment.words import number_told, rule_in_words
from services.access.permission import EVERYONE, requires_role
from services.assessment.rules import rules_in
from services.assessment.scopes import scope_of
from services.board.scorecard import Duty, Facts, gather, lamps_of
from services.cases.caseload import counts_by_unit
from services.figures.unit_names import unit_id_named
from services.reporting.reports import Reporting, reports_owed_in

ONE = Decimal(1)
NOT_COUNTED = (Lamp.NOT_APPLICABLE, Lamp.DOUBT)
"""What has nothing to count, and the plan's own defect, cost nobody points."""


@dataclass(frozen=True)
class Assessment:
    """`rules` None: none are in force, and nobody has points. `units`: in the order of the register."""

    as_of: date
    rules: RulesInForce | None
    units: tuple[UnitPoints, ...]


@requires_role(*EVERYONE, own="unit")
def assessment_as_of(as_of: date, unit: str | None = None) -> Assessment:
    """Return the points of every unit, or of one; a unit's person gets the own unit's alone.

    Raises RefusedRequest for an unknown unit, CalendarMissing.
    """
    with reading() as session:
        return assessment_in(session, as_of, unit=unit)


def assessment_in(session: Session, as_of: date, facts: Facts | None = None, unit: str | None = None) -> Assessment:
    """Return the assessment within a transaction. `facts`: those of that day, of every unit, where they are known."""
    rules = rules_in(session, end_of_day(as_of))
    if rules is None:
        return Assessment(as_of, None, ())
    facts = facts or gather(session, as_of)
    plan = facts.state.plan
    wanted = None if unit is None else plan.units[unit_id_named(facts.state, unit)].name
    scoped = [(rule, scope) for rule in rules.rules if (scope := scope_of(rule.subject, plan)) is not None]
    units = points_of(scoped, _conducts(session, facts))
    return Assessment(as_of, rules, tuple(points for points in units if wanted in (None, points.unit)))


def _conducts(session: Session, facts: Facts) -> list[UnitConduct]:
    """In the order of the register."""
    lamps: dict[str, list[MeasureLamp]] = defaultdict(list)
    for lamp in lamps_of(facts).lamps:
        if lamp.unit is not None and lamp.lamp not in NOT_COUNTED:
            lamps[lamp.unit].append(lamp)
    missing = _missing(session, facts.duty)
    cases = {code: counts_by_unit(session, code, facts.as_of) for code in CASE_KINDS}
    owed = _owed(facts.duty)
    units = [unit.name for unit in facts.state.plan.units.values()]
    return [
        UnitConduct(
            unit,
            AssessmentScope(
                frozenset(lamp.measure for lamp in lamps[unit]),
                frozenset(
                    result.code for lamp in lamps[unit] for result in lamp.indicators if result.value is not None
                ),
                owed.get(unit, frozenset()),
                frozenset(code for code, counts in cases.items() if unit in counts),
            ),
            (*_of_lamps(lamps[unit]), *missing.get(unit, ()), *_of_cases(cases, unit)),
        )
        for unit in units
    ]


def _owed(duty: Duty) -> dict[str, frozenset[str]]:
    datasets: dict[str, set[str]] = defaultdict(set)
    for unit_id, dataset in duty.owed_from:
        if (unit_id, dataset) not in duty.exempt:
            datasets[duty.state.plan.units[unit_id].name].add(dataset)
    return {unit: frozenset(owed) for unit, owed in datasets.items()}


def _of_lamps(lamps: Sequence[MeasureLamp]) -> Iterator[Shortcoming]:
    """Overdue lamps, and what their indicators lack: a target is due with the deadline, not before."""
    for lamp in lamps:
        if lamp.lamp is not Lamp.OVERDUE:
            continue
        yield Shortcoming(
            DeductionKind.OVERDUE, ONE, f"举措 {lamp.measure} 逾期（时限 {lamp.deadline}）", measure=lamp.measure
        )
        for result in lamp.indicators:
            if result.met is False and (lack := _lack(result)):
                yield Shortcoming(
                    DeductionKind.SHORTFALL, lack, _lack_in_words(result, lack), lamp.measure, result.code
                )


def _lack(result: IndicatorResult) -> Decimal:
    """Points of per cent, or pieces, by which the target is missed, to two decimals."""
    if result.target is None or result.value is None:
        return Decimal(0)
    lack = Decimal(str(result.target)) - Decimal(str(result.value))
    if result.at_most:
        lack = -lack
    return max(Decimal(0), (lack * (100 if _is_share(result) else 1)).quantize(CENT, ROUND_HALF_UP))


def _lack_in_words(result: IndicatorResult, lack: Decimal) -> str:
    title = INDICATORS[result.code].title
    if not _is_share(result):
        return f"{title}为 {result.value:g}，比目标{'多' if result.at_most else '少'} {number_told(lack)}"
    counted = f"{result.numerator:g}／{result.denominator:g}"
    way = "高" if result.at_most else "低"
    return f"{title}为 {result.value:.1%}（{counted}），比目标{way} {number_told(lack)} 个百分点"


def _is_share(result: IndicatorResult) -> bool:
    return INDICATORS[result.code].number_format is NumberFormat.SHARE


def _missing(session: Session, duty: Duty) -> dict[str, list[Shortcoming]]:
    missing: dict[str, list[Shortcoming]] = defaultdict(list)
    for line in reports_owed_in(session, duty):
        if line.status is Reporting.MISSING:
            month = f" {line.month}" if line.month else ""
            words = f"缺报{DATASETS[line.dataset].title}{month}（应于 {line.due_on} 前报送）"
            missing[line.unit].append(
                Shortcoming(DeductionKind.MISSING, ONE, words, dataset=line.dataset, month=line.month)
            )
    return missing


def _of_cases(cases: Mapping[str, Mapping[str, Mapping[Lamp, int]]], unit: str) -> Iterator[Shortcoming]:
    for code, counts in cases.items():
        number = counts.get(unit, {}).get(Lamp.OVERDUE, 0)
        if number:
            words = f"{CASE_KINDS[code].title}逾期未办结 {number} 件"
            yield Shortcoming(DeductionKind.CASE, Decimal(number), words, case_kind=code)


def assessment_json(assessment: Assessment) -> dict[str, Any]:
    """Return the points as docs/cli.md has them."""
    return {"as_of": assessment.as_of.isoformat(), **assessment_figures(assessment)}


def assessment_figures(assessment: Assessment) -> dict[str, Any]:
    """Return rules and points in the form that a bulletin stores."""
    rules = assessment.rules
    return {
        "rules": [
            {
                "name": rule.name,
                "subject": rule.subject,
                "full": float(rule.full),
                "floor": float(rule.floor),
                **{kind.value: _number(rule.points_for(kind)) for kind in DeductionKind},
                "words": rule_in_words(rule),
            }
            for rule in (rules.rules if rules else ())
        ],
        "units": [_unit_json(unit) for unit in assessment.units if unit.rules],
    }


def _unit_json(unit: UnitPoints) -> dict[str, Any]:
    return {
        "unit": unit.unit,
        "points": float(unit.points),
        "full": float(unit.full),
        "share": None if unit.share is None else float(unit.share),
        "place": unit.place,
        "rules": [
            {
                "rule": result.rule.name,
                "points": float(result.points),
                "deductions": [
                    {
                        "kind": deduction.shortcoming.kind.value,
                        "proof": _proof(deduction.shortcoming),
                        "amount": float(deduction.shortcoming.amount),
                        "points": float(deduction.points),
                        "words": deduction.shortcoming.words,
                    }
                    for deduction in result.deductions
                ],
            }
            for result in unit.rules
        ],
    }


def _proof(shortcoming: Shortcoming) -> str:
    """In the form of the references of supervision_cli.md."""
    match shortcoming.kind:
        case DeductionKind.MISSING:
            return f"report:{shortcoming.dataset}:{shortcoming.month}"
        case DeductionKind.CASE:
            return f"case:{shortcoming.case_kind}"
    return f"measure:{shortcoming.measure}"


def _number(points: Decimal | None) -> float | None:
    return None if points is None else float(points)
