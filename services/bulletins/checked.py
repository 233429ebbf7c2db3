"""What rectifications and spot checks say at a date, as a bulletin prints it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from data_access.database import Session
from models.bulletins import Checked
from models.lamps import Lamp
from models.spot_checks import Result
from rules.as_of import end_of_day
from rules.numbering import in_order
from services.figures.district_state import district_state
from services.rectifications.ledger import counts_of, rectifications_in
from services.spot_checks.checks_as_of import spot_checks_in
from services.spot_checks.estimating import Estimate, estimate_of
from services.spot_checks.summaries import summaries_in


def checked_at(session: Session, as_of: date, compared: date | None) -> Checked:
    """Return both as of A; opened, closed and completed count after C."""
    return Checked(rectification_figures(session, as_of, compared), spot_check_figures(session, as_of, compared))


def rectification_figures(session: Session, as_of: date, compared: date | None) -> dict[str, Any]:
    """Return the ledger's counts by lamp, how many were opened and closed, and the numbers of those overdue."""
    items = rectifications_in(session, as_of, district_state(session, end_of_day(as_of)))
    after = compared or date.min
    return {
        "counts": {lamp.value: number for lamp, number in counts_of(items).items()},
        "opened": sum(item.course.opened_on > after for item in items),
        "closed": sum(item.course.closed_on is not None and item.course.closed_on > after for item in items),
        "overdue": sorted((item.number for item in items if item.lamp is Lamp.OVERDUE), key=in_order),
    }


def spot_check_figures(session: Session, as_of: date, compared: date | None) -> list[dict[str, Any]]:
    """Return the spot checks that were complete at A and not yet at C, by number, each with what may be said of it."""
    state = district_state(session, end_of_day(as_of))
    new = _complete(session, as_of) - (_complete(session, compared) if compared else set())
    limit, minimum = state.settings["spot_check_unable_limit"], state.settings["spot_check_minimum"]
    return [
        _figures(estimate_of(check, as_of, unable_limit=Fraction(int(limit), 100), minimum=int(minimum)))
        for check in spot_checks_in(session, state, end_of_day(as_of), new)
    ]


def _complete(session: Session, day: date) -> set[str]:
    """The numbers of those with every element recorded by the end of the day, and not voided by then."""
    end = end_of_day(day)
    checks = summaries_in(session, district_state(session, end), end)
    return {check.number for check in checks if check.sample and not check.unrecorded and check.voided_at is None}


def _figures(estimate: Estimate) -> dict[str, Any]:
    """The interval where a rate of the population may be claimed, else none; and the claims of units against it."""
    check, results, interval, claimed = estimate.check, estimate.results, estimate.interval, estimate.self_report
    return {
        "number": check.number,
        "kind": check.kind.code,
        "method": check.method.value,
        "population": check.population,
        "sample": len(check.elements),
        "checked": estimate.checked,
        "pass": results[Result.PASS],
        "fail": results[Result.FAIL],
        "unable": results[Result.UNABLE],
        "rate": interval.rate if interval else None,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "attempt": check.attempt,
        "self_report": {
            "claimed": claimed.claimed,
            "borne_out": claimed.borne_out,
            "false": claimed.false,
            "understated": claimed.understated,
            "false_rate": claimed.false_rate,
        },
    }
