"""Spot checks, estimates and lists as JSON documents. Source: supervision_cli.md."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from models.spot_checks import DrawnElement, Element, Interval, Result, SpotCheck, SpotCheckSummary
from models.validation import Problem
from rules.as_of import SHANGHAI
from rules.spot_checks.sizes import margin_reached
from services.spot_checks.drawing import KeptPopulation
from services.spot_checks.estimating import Estimate, UnitEstimate


def check_json(check: SpotCheck, reserve: Iterable[DrawnElement]) -> dict[str, Any]:
    """Return a check, stored or tried (number ""); `reserve`: key and ticket of those that come next."""
    n = len(check.elements)
    return {
        "number": check.number or None,
        "kind": check.kind.code,
        "method": check.method.value,
        "as_of": check.as_of.isoformat(),
        "at": _instant(check.at),
        "seed": check.seed,
        "confidence": check.confidence.share,
        "sealed": check.sealed,
        "state": check.state.value,
        "attempt": check.attempt,
        "units": None if check.units is None else list(check.units),
        "from": check.month_from,
        "to": check.month_to,
        "size": {
            "by": check.size_by,
            "asked": _asked(check.size_by, check.size_asked),
            "n": n,
            "margin": margin_reached(n, check.population, check.confidence, check.expected),
        },
        "population": check.population,
        "digest": check.digest,
        "strata": [
            {"unit": unit, "population": size, "n": sum(element.unit == unit for element in check.elements)}
            for unit, size in check.strata.items()
        ],
        "sample": [_element_json(element) for element in check.elements],
        "reserve": [{"key": element.key, "ticket": element.ticket} for element in reserve],
    }


def _element_json(element: Element) -> dict[str, Any]:
    drawn = element.drawn
    return {
        "position": drawn.position,
        "key": drawn.key,
        "unit": element.unit,
        "ticket": drawn.ticket,
        "weight": drawn.weight,
        "signals": list(element.signals),
        "certain": drawn.certain,
        "probability": drawn.probability,
        "claim": element.claim,
        "questions": [question.code for question in element.questions],
        "checker": element.checker,
    }


def keys_json(population: KeptPopulation) -> list[dict[str, Any]]:
    weights = population.weights or (None,) * len(population.keys)
    return [{"key": key, "weight": weight} for key, weight in zip(population.keys, weights, strict=True)]


def list_json(checks: tuple[SpotCheckSummary, ...]) -> dict[str, Any]:
    return {
        "spot_checks": [
            {
                "number": check.number,
                "kind": check.kind.code,
                "method": check.method.value,
                "as_of": check.as_of.isoformat(),
                "state": check.state.value,
                "population": check.population,
                "sample": check.sample,
            }
            for check in checks
        ]
    }


def recorded_json(number: str, check: SpotCheck, problems: tuple[Problem, ...], accepted: bool) -> dict[str, Any]:
    return {
        "number": number,
        "accepted": accepted,
        "recorded": check.recorded,
        "unrecorded": len(check.elements) - check.recorded,
        "errors": [
            {
                "sheet": problem.sheet,
                "cell": problem.cell,
                "field": problem.field,
                "code": problem.code,
                "severity": problem.severity,
                "message": problem.message,
            }
            for problem in problems
        ],
    }


def estimate_json(estimate: Estimate) -> dict[str, Any]:
    results, weighted = estimate.results, estimate.weighted
    return {
        "number": estimate.check.number,
        "as_of": estimate.as_of.isoformat(),
        "complete": estimate.check.is_complete,
        "sample": len(estimate.check.elements),
        "checked": estimate.checked,
        **_counts(results),
        "unrecorded": results[Result.UNRECORDED],
        "checked_rate": estimate.checked_rate,
        "claim": estimate.claim,
        "why": estimate.why,
        "rate": estimate.interval.rate if estimate.interval else None,
        **_interval(estimate.interval),
        "method": estimate.method,
        "weighted": None
        if weighted is None
        else {"rate": weighted[0].rate, "low": weighted[0].low, "high": weighted[0].high, "n_eff": weighted[1]},
        "questions": [
            {"code": question.code, "asked": question.yes + question.no, "yes": question.yes, "no": question.no}
            for question in estimate.questions
        ],
        "self_report": {
            "claimed": estimate.self_report.claimed,
            "borne_out": estimate.self_report.borne_out,
            "false": estimate.self_report.false,
            "understated": estimate.self_report.understated,
            "false_rate": estimate.self_report.false_rate,
        },
        "units": [_unit_json(unit) for unit in estimate.units],
    }


def _unit_json(unit: UnitEstimate) -> dict[str, Any]:
    return {
        "unit": unit.unit,
        "population": unit.population,
        "sample": unit.sample,
        "checked": unit.checked,
        **_counts(unit.results),
        "rate": unit.rate,
        **_interval(unit.interval),
        "ranked": unit.ranked,
    }


def _counts(results: Any) -> dict[str, int]:
    return {result.value: results[result] for result in (Result.PASS, Result.FAIL, Result.UNABLE)}


def _interval(interval: Interval | None) -> dict[str, Any]:
    return {
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "low_count": interval.low_count if interval else None,
        "high_count": interval.high_count if interval else None,
    }


def _asked(by: str, requested: float | None) -> float | int | None:
    return int(requested) if requested is not None and by in ("number", "all") else requested


def _instant(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds")
