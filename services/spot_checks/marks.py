"""抽查不符 k/n: the marks that confirmed findings leave beside measure × unit of the plan of their check, as of a day.

A mark stands until a corrected report of the dataset comes in, or its rectification is closed; no lamp changes by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from data_access.database import Session, reading
from data_access.spot_check_counts import checked_counts
from data_access.spot_checks import corrected_reports
from models.rectifications import Source
from models.spot_checks import ConfirmedFinding, Mark
from rules.as_of import day_of, end_of_day
from rules.numbering import in_order
from services.access.permission import EVERYONE, requires_role
from services.figures.district_state import DistrictState, district_state, plan_on_board
from services.rectifications.ledger import closed_numbers
from services.spot_checks.measures import measures_of
from services.spot_checks.summaries import confirmed_in


@requires_role(*EVERYONE, own="unit")
def marks_as_of(as_of: date, unit: str | None = None) -> tuple[Mark, ...]:
    """Return the marks beside measures of the plan asked about that stand at the end of the day, of all units or of
    one, by number; a unit sees its own.
    """
    with reading() as session:
        state = district_state(session, end_of_day(as_of))
        return marks_in(session, as_of, state, unit)


def marks_in(session: Session, as_of: date, state: DistrictState, unit: str | None = None) -> tuple[Mark, ...]:
    """Return what `marks_as_of` does, within a transaction and without asking who asks."""
    end = end_of_day(as_of)
    unit_id = state.plan.unit_id(unit) if unit is not None else None
    if unit is not None and unit_id is None:  # it was not on the register then
        return ()
    confirmed = [
        (row, finding)
        for row, finding in confirmed_in(session, state, end, unit_id)
        if plan_on_board(session, row.plan) in (None, state.plan.code) and measures_of(finding.kind, state.plan)
    ]
    if not confirmed:
        return ()
    closed = closed_numbers(session, end, source=Source.SPOT_CHECK)
    corrected = _corrections(session, [finding for _, finding in confirmed], state, end)
    findings_of: dict[tuple[int, int], list[ConfirmedFinding]] = {}
    for row, finding in confirmed:
        if finding.rectification not in closed and not corrected(finding):
            findings_of.setdefault((row.spot_check_id, row.unit_id), []).append(finding)
    checked = checked_counts(session, end, findings_of)
    return tuple(
        _mark(measure, findings, checked.get(place, 0))
        for place, findings in sorted(findings_of.items(), key=lambda item: in_order(item[1][0].number))
        for measure in measures_of(findings[0].kind, state.plan)
    )


def _mark(measure: str, findings: Sequence[ConfirmedFinding], checked: int) -> Mark:
    """Of one unit in one check."""
    first = findings[0]
    since = min(day_of(finding.decided_at) for finding in findings)
    return Mark(measure, first.unit, first.number, len(findings), checked, since)


def _corrections(
    session: Session, findings: Sequence[ConfirmedFinding], state: DistrictState, end: datetime
) -> Callable[[ConfirmedFinding], bool]:
    """Return whether the unit sent the dataset again after the decision: its list anew, or one of the months."""
    snapshots = {finding.kind.dataset for finding in findings if finding.last_month is None and finding.kind.dataset}
    monthly = {finding.kind.dataset for finding in findings if finding.last_month is not None and finding.kind.dataset}
    after = min(finding.decided_at for finding in findings)
    sent: dict[tuple[str, str], list[tuple[str, datetime]]] = defaultdict(list)
    for row in corrected_reports(session, monthly, snapshots, after, end):
        sent[row.dataset, state.plan.units[row.unit_id].name].append((row.month, row.accepted_at))

    def is_corrected(finding: ConfirmedFinding) -> bool:
        return any(
            accepted_at > finding.decided_at and (finding.last_month is None or month <= finding.last_month)
            for month, accepted_at in sent.get((finding.kind.dataset or "", finding.unit), ())
        )

    return is_corrected


def by_place(marks: Iterable[Mark]) -> Mapping[tuple[str, str], list[Mark]]:
    """Return (measure, unit) → its marks."""
    places: dict[tuple[str, str], list[Any]] = {}
    for mark in marks:
        places.setdefault((mark.measure, mark.unit), []).append(mark)
    return places
