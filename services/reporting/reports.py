"""Who reported what by when: from an as-of date to one line for each dataset × unit × month owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from catalogue.datasets import DATASETS
from catalogue.datasets.progress import PROGRESS
from data_access.database import Session, reading
from data_access.progress import measures_reported
from data_access.submissions import FirstReport, first_reports
from models.definitions import Frequency
from models.plan import Measure, Plan
from rules.as_of import day_of, end_of_day, month_of
from rules.duty import due_day
from rules.measure_addresses import address_in
from rules.working_days import CalendarMissing
from services.access.permission import EVERYONE, requires_role
from services.board.scorecard import Duty, duty_at
from services.figures.district_state import district_state


class Reporting(StrEnum):
    """How a report that is owed stands at a date."""

    ON_TIME = "按时"
    LATE = "迟报"
    PARTIAL = "部分"
    MISSING = "缺报"
    NOT_DUE = "未到期"
    EXEMPT = "免报"


@dataclass(frozen=True, slots=True)
class ReportOwed:
    """One report that a unit owes. `month` is "" for a snapshot; `age` is days since the snapshot in force was
    accepted.
    """

    dataset: str
    unit: str
    kind: str
    month: str
    due_on: date | None
    status: Reporting
    accepted_at: datetime | None = None
    records: int | None = None
    revisions: int = 0
    submission: int | None = None
    age: int | None = None
    reason: str = ""  # of the exemption, where it is exempt
    lacking: tuple[str, ...] = ()  # what a report received in part lacks: measures without a row, sheets left out

    @property
    def is_zero(self) -> bool:
        """零报告: reported, with headings and no rows."""
        return self.records == 0


@requires_role(*EVERYONE, own="unit")
def reports_owed(
    as_of: date, *, unit: str | None = None, dataset: str | None = None, running: bool = False
) -> list[ReportOwed]:
    """Return every report owed by the end of the day, in the order dataset, unit, month; `running`: with those of the
    month that is not over yet. Raises CalendarMissing.
    """
    with reading() as session:
        state = district_state(session, end_of_day(as_of))
        unit_id = None if unit is None else state.plan.unit_id(unit)
        duty = duty_at(session, as_of, state, unit_id).of_all_plans(session)
        lines = reports_owed_in(session, duty, unit=unit, running=running)
        return [line for line in lines if dataset in (None, line.dataset)]


def reports_owed_in(
    session: Session, duty: Duty, *, unit: str | None = None, running: bool = False
) -> list[ReportOwed]:
    """Return what `reports_owed` does of every dataset, within a transaction."""
    received = _by_unit(first_reports(session, end_of_day(duty.as_of), duty.unit_id))
    lacking = _Lacking(duty, measures_reported(session, PROGRESS, end_of_day(duty.as_of)))
    order = {unit.name: number for number, unit in enumerate(duty.state.plan.units.values())}
    return sorted(
        (
            line
            for (unit_id, code) in duty.owed_from
            if unit in (None, duty.state.plan.units[unit_id].name)
            for line in _lines(duty, received.get((unit_id, code), {}), lacking, unit_id, code, running=running)
        ),
        key=lambda line: (list(DATASETS).index(line.dataset), order[line.unit], line.month),
    )


def _by_unit(received: Mapping[tuple[int, str, str], FirstReport]) -> dict[tuple[int, str], dict[str, FirstReport]]:
    """(unit id, dataset) → month → report."""
    firsts: dict[tuple[int, str], dict[str, FirstReport]] = defaultdict(dict)
    for (unit_id, dataset, month), first in received.items():
        firsts[unit_id, dataset][month] = first
    return firsts


class _Lacking:
    """What the reports received lack: a report of one measure is no report of six, nor one sheet of three."""

    def __init__(self, duty: Duty, measures: Mapping[tuple[int, str], frozenset[str]]) -> None:
        self.duty, self.measures = duty, measures

    def of(self, unit_id: int, dataset: str, month: str) -> tuple[str, ...]:
        inherited = tuple(
            f"原{self.duty.state.plan.units[debt.owner].name}的部分"
            for debt in self.duty.debts.get((unit_id, dataset), ())
            if debt.month == month and debt.is_open
        )
        if dataset != PROGRESS.code:
            declared = DATASETS[dataset]
            left_out = self.duty.left_out.get((unit_id, dataset), ())
            return (*inherited, *(f"“{declared.part(part).title}”表" for part in left_out))
        reported = self.measures.get((unit_id, month), frozenset())
        absent = (
            measure.code if plan is self.duty.state.plan else address_in(plan.code, measure.code)
            for plan, measure in self._owed(unit_id, month)
            if measure.key not in reported
        )
        return (*inherited, *absent)

    def _owed(self, unit_id: int, month: str) -> Iterator[tuple[Plan, Measure]]:
        """The milestone measures that the unit answered for in that month, in the order of the plans."""
        for state in self.duty.states:
            for task in state.plan.tasks if state.first_month <= month else ():
                if unit_id in task.units and task.since.get(unit_id, "") <= month:
                    of_month = (measure for measure in task.measures if measure.milestone and measure.since <= month)
                    yield from ((state.plan, measure) for measure in of_month)


def _lines(
    duty: Duty, received: Mapping[str, FirstReport], lacking: _Lacking, unit_id: int, dataset: str, *, running: bool
) -> Iterator[ReportOwed]:
    first = duty.owed_from[unit_id, dataset]
    if DATASETS[dataset].frequency is Frequency.SNAPSHOT:
        snapshots = list(received.values())
        newest = max(snapshots, key=lambda snapshot: snapshot.last_accepted_at, default=None)
        oldest = min(snapshots, key=lambda snapshot: snapshot.accepted_at, default=None)
        yield _line(duty, lacking, unit_id, dataset, "", _due(duty, first), oldest, newest)
        return
    this_month = month_of(duty.as_of)
    to_come = [this_month] if running and this_month >= first and DATASETS[dataset].is_owed(this_month) else []
    inherited = {debt.month for debt in duty.debts.get((unit_id, dataset), ())} - {*duty.months_begun(first, dataset)}
    for month in dict.fromkeys([*sorted(inherited), *duty.months_begun(first, dataset), *to_come]):
        of_month = received.get(month)
        yield _line(duty, lacking, unit_id, dataset, month, _due(duty, month), of_month, of_month)


def _line(
    duty: Duty,
    lacking: _Lacking,
    unit_id: int,
    dataset: str,
    month: str,
    due_on: date | None,
    first: FirstReport | None,
    newest: FirstReport | None,
) -> ReportOwed:
    unit = duty.state.plan.units[unit_id]
    exemption = duty.exempt.get((unit_id, dataset))
    status = _status(duty.as_of, due_on, first, exemption)
    reason = (exemption or "") if status is Reporting.EXEMPT else ""
    if first is None or newest is None:
        return ReportOwed(dataset, unit.name, unit.kind, month, due_on, status, reason=reason)
    absent = lacking.of(unit_id, dataset, month)
    age = (duty.as_of - day_of(newest.last_accepted_at)).days if not month else None
    return ReportOwed(
        dataset,
        unit.name,
        unit.kind,
        month,
        due_on,
        Reporting.PARTIAL if absent else status,
        first.accepted_at,
        newest.records,
        newest.revisions,
        newest.submission_id,
        age,
        reason,
        absent,
    )


def _status(as_of: date, due_on: date | None, first: FirstReport | None, exemption: str | None) -> Reporting:
    if first is not None:
        return Reporting.ON_TIME if due_on is None or day_of(first.accepted_at) <= due_on else Reporting.LATE
    if exemption is not None:
        return Reporting.EXEMPT
    return Reporting.MISSING if due_on is not None and as_of > due_on else Reporting.NOT_DUE


def _due(duty: Duty, month: str) -> date | None:
    """None where the calendar of that year is not entered."""
    try:
        return due_day(month, duty.state.calendar, duty.day)
    except CalendarMissing:
        return None
