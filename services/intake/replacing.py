"""What a checked workbook would replace if it were confirmed now: for each unit it speaks for the report that stands
for the same month, with numbers, and the rows that would come, go and change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from catalogue.datasets import DATASETS
from catalogue.datasets.progress import PROGRESS
from data_access.database import Session, reading
from data_access.records import load_records
from data_access.submissions import ReportInForce, last_of_each_unit, reports_in_force
from models.definitions import Dataset, Frequency, Kind
from rules.intake.row_changes import Key, RowChanges, row_changes
from rules.measure_addresses import read_address
from services.access.clock import present
from services.access.permission import WHO_REPORTS, requires_role
from services.figures.district_state import DistrictState
from services.intake.checked_workbook import CheckedWorkbook
from services.intake.plan_of_report import MeasuresNamed, state_for_report
from services.intake.reporters import Right, right_to_report


@dataclass(frozen=True, slots=True)
class ReplacedReport:
    """A report that stands for a unit and would give way; `rows` are the new ones, `standing` those it has.

    `whole_district`: it came with a ledger of the whole district.
    """

    unit: str
    submission: int
    whole_district: bool
    rows: int
    stored_rows: int


def replaced_reports(
    session: Session, state: DistrictState, workbook: CheckedWorkbook, at: datetime
) -> list[ReplacedReport]:
    """Return what would be replaced at that instant, in the order of the register."""
    names = {number: unit.name for number, unit in state.plan.units.items()}
    rows = rows_by_unit(workbook)
    reports_by_unit = {names[report.unit_id]: report for report in _reports_to_replace(session, state, workbook, at)}
    return [
        ReplacedReport(unit, report.submission_id, report.whole_district, rows[unit], report.records)
        for unit, report in ((unit, reports_by_unit.get(unit)) for unit in names.values())
        if report is not None and unit in rows
    ]


def _reports_to_replace(
    session: Session, state: DistrictState, workbook: CheckedWorkbook, at: datetime
) -> Iterator[ReportInForce]:
    """Of the same month; of snapshots the last of each unit. Nothing where the workbook only adds to the bureau's."""
    report = workbook.report
    if report.dataset not in DATASETS:
        return
    dataset = DATASETS[report.dataset]
    if (
        right_to_report(session, state, dataset, None if workbook.request.district else report.unit)
        is not Right.REPORTS
    ):
        return
    reports = reports_in_force(session, at, dataset=dataset.code)
    if dataset.frequency is Frequency.MONTHLY:
        yield from (earlier for earlier in reports if earlier.month == report.month)
    else:
        yield from last_of_each_unit(reports).values()


def rows_by_unit(workbook: CheckedWorkbook) -> Counter[str]:
    """Return the submitting unit's rows, or those of each unit that a whole-district ledger speaks for."""
    report = workbook.report
    frame = report.frames.get(DATASETS[str(report.dataset)].main.code) if report.dataset in DATASETS else None
    if not workbook.request.district:
        return Counter({report.unit or "": 0 if frame is None else len(frame)})
    if (
        frame is None or "unit" not in frame
    ):  # a dataset without a unit column is no ledger: refused when it is confirmed
        return Counter()
    return Counter(str(unit) for unit in frame["unit"].dropna())


@dataclass(frozen=True)
class RowsReplaced:
    """Of all replaced reports together: how their rows become the new ones. `keys`: the headings that name a row."""

    keys: tuple[str, ...]
    changes: RowChanges


@requires_role(*WHO_REPORTS)
def replaced_rows(workbook: CheckedWorkbook, at: datetime | None = None) -> RowsReplaced | None:
    """Return the rows of the main sheet that come, go and change; None where nothing is replaced."""
    if workbook.report.dataset not in DATASETS:
        return None
    dataset, instant = DATASETS[workbook.report.dataset], at or present()
    with reading() as session:
        state = state_for_report(session, instant, workbook.report.month)
        units = {report.unit for report in replaced_reports(session, state, workbook, instant)}
        names = {number: unit.name for number, unit in state.plan.units.items()}
        pairs = [
            (report.submission_id, report.unit_id)
            for report in _reports_to_replace(session, state, workbook, instant)
            if names[report.unit_id] in units
        ]
        if not pairs:
            return None
        old = load_records(session, dataset.main, pairs)
        named = MeasuresNamed(session, state, instant, workbook.report.month)
    return _compared(dataset, workbook, old.assign(unit=old["unit_id"].map(names)), named)


def same_as_before(
    session: Session, state: DistrictState, workbook: CheckedWorkbook, at: datetime
) -> ReportInForce | None:
    """Return the last earlier month's report of whom the workbook speaks for, where every row of it is the same."""
    report = workbook.report
    rows, names = rows_by_unit(workbook), {number: unit.name for number, unit in state.plan.units.items()}
    dataset = DATASETS[str(report.dataset)]
    earlier = [
        accepted
        for accepted in reports_in_force(session, at, dataset=dataset.code)
        if accepted.month < str(report.month) and names[accepted.unit_id] in rows
    ]
    last = [accepted for accepted in earlier if accepted.month == max(other.month for other in earlier)]
    if not last or sum(accepted.records for accepted in last) != sum(rows.values()):
        return None
    old = load_records(session, dataset.main, [(accepted.submission_id, accepted.unit_id) for accepted in last])
    named = MeasuresNamed(session, state, at, workbook.report.month)
    changes = _compared(dataset, workbook, old.assign(unit=old["unit_id"].map(names)), named).changes
    return last[0] if changes.nothing else None


def _compared(dataset: Dataset, workbook: CheckedWorkbook, old: pd.DataFrame, named: MeasuresNamed) -> RowsReplaced:
    new = workbook.report.frames[dataset.main.code]
    if dataset.code == PROGRESS.code:
        new, old = _of_the_plans_named(new, old, named)
    if not workbook.request.district:
        new = new.assign(unit=workbook.report.unit)
    keys = [field for field in dataset.main.keys if field.kind is not Kind.UNIT]
    by = ["unit", *(field.name for field in keys)]
    fields = [field.name for field in dataset.main.fields if field.kind is not Kind.UNIT]
    changes = row_changes(new.dropna(subset=by[1:]), old, by, fields)
    labels = tuple(field.label for field in keys)
    return RowsReplaced(
        (("责任单位", *labels) if workbook.request.district else labels), _without_unit(changes, workbook)
    )


def _of_the_plans_named(
    new: pd.DataFrame, old: pd.DataFrame, named: MeasuresNamed
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both with the measures as they are told from those of other plans; of a plan that the workbook does not speak of
    nothing is replaced.
    """
    new = new.assign(measure=named.keys(new["measure"]).map(named.written, na_action="ignore"))
    old = old.assign(measure=old["measure"].map(named.written))
    plans = {read_address(text)[0] for text in new["measure"].dropna()}
    return new, old[[read_address(text)[0] in plans for text in old["measure"]]]


def _without_unit(changes: RowChanges, workbook: CheckedWorkbook) -> RowChanges:
    """A unit's own keys are told without its name."""
    if workbook.request.district:
        return changes

    def bare(keys: tuple[Key, ...]) -> tuple[Key, ...]:
        return tuple(key[1:] for key in keys)

    return RowChanges(bare(changes.added), bare(changes.removed), bare(changes.changed), changes.same)
