"""Spot checks in numbers as they stood at an instant, counted in the database: no element is read for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from catalogue.spot_checks import KINDS
from data_access.database import Session, reading
from data_access.spot_check_counts import (
    confirmed_findings,
    failed_unit_ids,
    result_counts,
    spot_check_heads,
)
from data_access.spot_checks import rectifications_by_source
from models.people import Role
from models.spot_checks import ConfirmedFinding, Method, Result, SpotCheckSummary, State
from rules.as_of import end_of_day
from rules.duty import last_whole_month
from rules.numbering import number_of
from services.access.current_user import current_user
from services.access.permission import EVERYONE, requires_role
from services.figures.district_state import DistrictState, district_state

YEAR = timedelta(days=365)


@requires_role(*EVERYONE, own="unit")
def spot_checks_as_of(as_of: date, unit: str | None = None) -> tuple[SpotCheckSummary, ...]:
    """Return every check drawn by the end of the day, by number, with what whoever asks may see of each.

    A unit's person gets the own unit's elements of checks that were told; a leader of a sealed one only that it runs.
    `unit`: only checks that drew something of it, with the numbers of its elements.
    """
    end = end_of_day(as_of)
    role = current_user().role
    with reading() as session:
        state = district_state(session, end)
        unit_id = state.plan.unit_id(unit) if unit is not None else None
        if unit is not None and unit_id is None:  # it was not on the register then
            return ()
        checks = summaries_in(session, state, end, unit_id, is_whole=role is not Role.UNIT)
    if role is Role.UNIT:
        return tuple(_of_unit(check) for check in checks if check.state in (State.RELEASED, State.CLOSED))
    if role is Role.LEADER:
        return tuple(
            _sealed(check) if _is_sealed(check) else check
            for check in checks
            if unit is None or not _is_sealed(check)  # whom it drew is told to nobody
        )
    return checks


def _is_sealed(check: SpotCheckSummary) -> bool:
    return check.sealed and check.released_at is None


def _of_unit(check: SpotCheckSummary) -> SpotCheckSummary:
    """Without what tells of other units, or how to draw again."""
    return replace(check, population=0, attempt=0)


def _sealed(check: SpotCheckSummary) -> SpotCheckSummary:
    """Only that it runs."""
    state = check.state if check.state is State.VOID else State.DRAWN
    return replace(check, population=0, attempt=0, sample=0, recorded=0, results={}, undecided=0, state=state)


def summaries_in(
    session: Session, state: DistrictState, end: datetime, unit_id: int | None = None, *, is_whole: bool = True
) -> tuple[SpotCheckSummary, ...]:
    """Return the checks drawn before `end`, by number, with the numbers of all elements or of one unit's.

    With a unit only those that drew something of it; their state is that of the whole check, or of what the unit sees.
    """
    heads = spot_check_heads(session, end)
    unfollowed = _unfollowed(session, state, end, None if is_whole else unit_id)
    own = _counts(result_counts(session, end, unit_id))
    whole = own
    if unit_id is not None and is_whole:
        whole = _counts(result_counts(session, end, checks_of=unit_id))
    return tuple(
        _summary(head, _state(head, whole[head.id], unfollowed[head.id]), own[head.id])
        for head in heads
        if unit_id is None or own[head.id]
    )


def failed_units(session: Session, state: DistrictState, kind: str, as_of: date) -> set[str]:
    """Return the units with a failed element in a check of the kind drawn on one of the 365 days up to that day.

    By the results and decisions of that day; checks voided by then are left out.
    """
    ids = failed_unit_ids(session, end_of_day(as_of), kind, end_of_day(as_of - YEAR))
    return {state.plan.units[unit_id].name for unit_id in ids}


def confirmed_in(
    session: Session, state: DistrictState, end: datetime, unit_id: int | None = None
) -> list[tuple[Any, ConfirmedFinding]]:
    """Return the confirmed findings of all units or of one with the rows they come from, by number and position."""
    sources = rectifications_by_source(session, end)
    return [(row, _finding(row, state, sources)) for row in confirmed_findings(session, end, unit_id)]


def _finding(row: Any, state: DistrictState, sources: Mapping[str, tuple[int, int]]) -> ConfirmedFinding:
    kind, number = KINDS[row.kind], number_of(row.year, row.serial)
    rectification = sources.get(f"spot-check:{number}:{row.key}")
    return ConfirmedFinding(
        number,
        kind,
        row.key,
        state.plan.units[row.unit_id].name,
        row.content,
        row.claim,
        row.decided_at,
        number_of(*rectification) if rectification else None,
        (row.month_to or last_whole_month(row.as_of)) if kind.monthly else None,
    )


Counts = Counter[tuple[Result, Any, Any]]
"""(checked result, decision, counts as) → elements."""


def _counts(rows: Iterable[Any]) -> Mapping[int, Counts]:
    counts: dict[int, Counts] = defaultdict(Counter)
    for row in rows:
        counts[row.spot_check_id][Result(row.checked_result), row.decision, row.counts_as] = row.elements
    return counts


def _unfollowed(session: Session, state: DistrictState, end: datetime, unit_id: int | None) -> Counter[int]:
    """Spot check id → confirmed findings with neither a rectification nor a reason why not."""
    return Counter(
        row.spot_check_id
        for row, finding in confirmed_in(session, state, end, unit_id)
        if not row.is_settled and finding.rectification is None and finding.kind.code != "rectifications"
    )


def _state(head: Any, counts: Counts, unfollowed: int) -> State:
    if head.void is not None:
        return State.VOID
    if head.release is not None:
        return State.RELEASED if _undecided(counts) or unfollowed else State.CLOSED
    recorded = _recorded(counts)
    if counts and recorded == counts.total():
        return State.COMPLETE
    return State.RECORDING if recorded else State.DRAWN


def _recorded(counts: Counts) -> int:
    return sum(number for (result, _, _), number in counts.items() if result is not Result.UNRECORDED)


def _undecided(counts: Counts) -> int:
    return sum(number for (result, decision, _), number in counts.items() if result is Result.FAIL and decision is None)


def _results(counts: Counts) -> Mapping[Result, int]:
    """By the decisions: a finding that was dropped counts as pass or as unable."""
    results: Counter[Result] = Counter()
    for (result, _, counts_as), number in counts.items():
        results[Result(counts_as) if counts_as else result] += number
    return results


def _summary(head: Any, state: State, counts: Counts) -> SpotCheckSummary:
    return SpotCheckSummary(
        number_of(head.year, head.serial),
        KINDS[head.kind],
        Method(head.method),
        head.as_of,
        head.at,
        head.sealed,
        head.population,
        head.attempt,
        head.release,
        head.void,
        state,
        counts.total(),
        _recorded(counts),
        _results(counts),
        _undecided(counts) if head.release is not None else 0,
    )
