"""Monthly figures beyond a unit's own history: of a workbook before it is stored, and of what stands on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from catalogue.datasets import DATASETS
from catalogue.datasets.progress import PROGRESS
from data_access.database import Session, reading
from data_access.monthly_sums import explanations_of, monthly_sums
from data_access.submissions import ReportInForce, reports_in_force
from models.definitions import Dataset, Frequency
from rules.as_of import end_of_day
from rules.sudden_changes import SuddenChange, sudden_change
from services.access.permission import EVERYONE, requires_role
from services.access.personal_data import masked_words
from services.figures.district_state import DistrictState, district_state
from services.figures.unit_names import unit_id_named
from services.intake.checked_workbook import CheckedWorkbook

ROWS = "行数"
Figures = Mapping[str, float]
"""Title of a monthly figure → its value."""


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A figure of a unit beyond its history. `submission` and `explanation` None and "" while it is not stored."""

    unit: str
    dataset: str
    title: str
    change: SuddenChange
    submission: int | None = None
    explanation: str = ""


def monthly_datasets() -> tuple[Dataset, ...]:
    """Return those whose months are comparable: a month's progress report has as many rows as there are measures."""
    return tuple(
        data for data in DATASETS.values() if data.frequency is Frequency.MONTHLY and data.code != PROGRESS.code
    )


def changes_in_workbook(
    session: Session, state: DistrictState, workbook: CheckedWorkbook, at: datetime
) -> tuple[UnitChange, ...]:
    """Return what the workbook would report beyond the history of its units, within a transaction."""
    report = workbook.report
    dataset = DATASETS.get(report.dataset or "")
    if dataset not in monthly_datasets() or dataset is None or report.month is None:
        return ()
    reported = {state.plan.unit_id(unit): figures for unit, figures in _reported(dataset, workbook).items()}
    ids = {unit_id: figures for unit_id, figures in reported.items() if unit_id is not None}
    earlier = [
        line for line in reports_in_force(session, at, dataset=dataset.code, unit_ids=ids) if line.month < report.month
    ]
    history = _history(session, dataset, earlier)
    return tuple(
        UnitChange(state.plan.units[unit_id].name, dataset.code, title, change)
        for unit_id, figures in ids.items()
        for title, value in figures.items()
        if (change := sudden_change(report.month, value, history[unit_id, title])) is not None
    )


def _reported(dataset: Dataset, workbook: CheckedWorkbook) -> dict[str, Figures]:
    """Unit → the month's figures as the workbook has them."""
    frame = workbook.report.frames[dataset.main.code]
    if not workbook.request.district:
        return {workbook.report.unit or "": _of_frame(dataset, frame)}
    if "unit" not in frame:  # a dataset without a unit column is no ledger: refused when it is confirmed
        return {}
    return {str(unit): _of_frame(dataset, rows) for unit, rows in frame.groupby("unit", sort=False)}


def _of_frame(dataset: Dataset, frame: object) -> Figures:
    """Sums of what is a month's figure by its declaration, else how many rows there are."""
    if not dataset.monthly_figures:
        return {ROWS: len(frame)}  # type: ignore[arg-type]
    labels = {name: dataset.main.field(name).label for name in dataset.monthly_figures}
    return {label: float(frame[name].fillna(0).sum()) for name, label in labels.items()}  # type: ignore[index]


def _history(
    session: Session, dataset: Dataset, reports: Iterable[ReportInForce]
) -> dict[tuple[int, str], list[tuple[str, float]]]:
    """(unit id, title) → the figure of each month reported."""
    history: dict[tuple[int, str], list[tuple[str, float]]] = defaultdict(list)
    every = list(reports)
    sums = monthly_sums(session, dataset, every) if dataset.monthly_figures else {}
    for report in every:
        figures: Figures = {ROWS: report.records}
        if dataset.monthly_figures:
            values = sums.get((report.submission_id, report.unit_id), (0.0,) * len(dataset.monthly_figures))
            labels = (dataset.main.field(name).label for name in dataset.monthly_figures)
            figures = dict(zip(labels, values, strict=True))
        for title, value in figures.items():
            history[report.unit_id, title].append((report.month, value))
    return history


@requires_role(*EVERYONE, own="unit")
def sudden_changes_as_of(as_of: date, unit: str | None = None) -> tuple[UnitChange, ...]:
    """Return, of each unit and monthly dataset, what the last month reported by then holds beyond the unit's history,
    with the explanation given; of one unit or of all. Raises RefusedRequest for an unknown unit.
    """
    with reading() as session:
        state = district_state(session, end_of_day(as_of))
        unit_ids = None if unit is None else [unit_id_named(state, unit)]
        changes = [
            change
            for dataset in monthly_datasets()
            for change in _in_force(session, state, dataset, end_of_day(as_of), unit_ids)
        ]
        explanations = explanations_of(session, {change.submission for change in changes if change.submission})
    order = {registered.name: number for number, registered in enumerate(state.plan.units.values())}
    return tuple(
        sorted(
            (
                UnitChange(
                    change.unit,
                    change.dataset,
                    change.title,
                    change.change,
                    change.submission,
                    masked_words(explanations.get(change.submission or 0, ""), change.unit),
                )
                for change in changes
            ),
            key=lambda change: order[change.unit],
        )
    )


def _in_force(
    session: Session, state: DistrictState, dataset: Dataset, end: datetime, unit_ids: list[int] | None
) -> Iterator[UnitChange]:
    reports = reports_in_force(session, end, dataset=dataset.code, unit_ids=unit_ids)
    last = {report.unit_id: report for report in reports}  # in month order
    for (unit_id, title), months in _history(session, dataset, reports).items():
        report = last[unit_id]
        value = dict(months)[report.month]
        change = sudden_change(report.month, value, months)
        if change is not None and unit_id in state.plan.units:
            name = state.plan.units[unit_id].name
            yield UnitChange(name, dataset.code, title, change, report.submission_id)
