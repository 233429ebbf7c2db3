"""A department's workbook submitted in one transaction, wholly in or wholly out; and a submission taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from catalogue.datasets import DATASETS
from catalogue.datasets.progress import PROGRESS
from data_access.corrections import add_corrections, has_corrections
from data_access.database import DatabaseFailure, Session, noting, reading, writing
from data_access.plan_store import unit_id_named, units
from data_access.records import columns_of, insert_records, units_sharing
from data_access.rehearsal import (
    Derived,
    can_reckon_ahead,
    can_rehearse,
    derived,
    one_after_another,
    rehearsing,
    store_derived,
)
from data_access.submissions import (
    add_reports,
    keep_file,
    last_event,
    reports_of,
    submission,
    submissions_of_file,
    withdraw,
)
from models.corrections import CorrectedCell
from models.definitions import Dataset, Frequency, Part
from models.tables import Report, Submission
from models.validation import Problem, SheetReading, ValidationReport
from rules.as_of import day_of, month_of
from rules.personal import mask
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import WHO_REPORTS, refuse_unless_own, requires_role
from services.access.refusal import RefusedRequest, room_on_disk
from services.board.lamp_changes import LampChange, LampDiff
from services.figures.district_state import DistrictState, district_state
from services.figures.fold import keep_figures
from services.intake.beside_accepted import compared_with_accepted
from services.intake.case_numbering import read_otherwise_since
from services.intake.checked_workbook import CheckedWorkbook, Progress, Request, untold
from services.intake.checking import checked_datasets
from services.intake.plan_of_report import MeasuresNamed, state_for_report
from services.intake.questions import Question, open_questions, refuse_unasked
from services.intake.reporters import Right, right_to_report

WAIT_FOR_OTHERS = 120.0
"""Seconds that whoever confirmed a workbook waits for those before, and is told how many they are."""


@dataclass(frozen=True)
class Submitted:
    """The outcome of a submission. `unchanged`: that very file was accepted before, nothing was stored now."""

    submission: int | None
    revision: int | None
    unchanged: bool
    report: ValidationReport
    records: int
    turned: tuple[LampChange, ...] = ()
    questions: tuple[Question, ...] = ()  # what a person is asked before: told where nobody was


class Stored:
    """Tells how many rows of a submission are stored so far."""

    def __init__(self, progress: Progress, rows: int) -> None:
        self._progress, self._rows, self._done = progress, rows, 0
        self.add(0)

    def add(self, rows: int) -> None:
        self._done += rows
        self._progress("存储", self._done, self._rows)


@requires_role(*WHO_REPORTS)
@room_on_disk()
def submit(
    workbook: CheckedWorkbook,
    *,
    at: datetime | None = None,
    answered: Collection[Question] | None = None,
    explanation: str = "",
    progress: Progress = untold,
) -> Submitted:
    """Store a checked workbook: the file by its hash, the submission, its rows, its figures, in one transaction.

    `at` restores history (told in the audit log). `answered`: the questions that a person confirmed; None where nobody
    was asked. `explanation`: of figures beyond the unit's own history, kept with the submission. Raises RefusedRequest
    where the request itself does not hold together, or asks something else meanwhile.
    """
    report, request = workbook.report, workbook.request
    refuse_unless_own(None if request.district else report.unit)
    with reading() as session:
        earlier = _submission_of_same_file(session, report, request)
    if earlier is not None:
        return earlier
    if not report.accepted:
        return _not_accepted(report)
    dataset, month = _stored_as(report, at or present())
    try:
        with one_after_another(WAIT_FOR_OTHERS, lambda before: progress("排队", 0, before)):
            ahead = _reckoned_ahead(workbook, dataset, month, at)
            with writing(WAIT_FOR_OTHERS) as session:
                earlier = _submission_of_same_file(session, report, request)  # another upload of it may have come first
                if earlier is not None:
                    return earlier
                instant = ahead.instant if ahead is not None else at or _now(session, dataset.code)
                state = state_for_report(session, present(), report.month)
                report = compared_with_accepted(session, state, report, request)  # another report may have come
                if report.accepted:
                    workbook = replace(workbook, report=report)
                    questions = open_questions(session, state, workbook, instant)
                    refuse_unasked(questions, answered, explanation)
                    done = _store(
                        session,
                        workbook,
                        dataset,
                        month,
                        instant,
                        progress,
                        state,
                        ahead,
                        restored=at is not None,
                        explanation=explanation.strip(),
                    )
                    return replace(done, questions=questions)
    except DatabaseFailure:
        if (stored := _stored_all_the_same(report, request)) is not None:
            return stored
        raise
    return _not_accepted(report)


@dataclass(frozen=True)
class _Ahead:
    """The figures that a submission at this instant gives, and the lamps that they turn."""

    instant: datetime
    figures: Derived
    turned: tuple[LampChange, ...]


def _reckoned_ahead(workbook: CheckedWorkbook, dataset: Dataset, month: str, at: datetime | None) -> _Ahead | None:
    """What takes longest, made while others may write; None where it is made as the workbook is stored."""
    if not can_reckon_ahead():
        return None
    with _rehearsing(dataset) as session:
        state = state_for_report(session, present(), workbook.report.month)
        instant = at or _now(session, dataset.code)
        entered = _enter(session, workbook, dataset, month, instant, untold, state, workbook.report.sha256)
        return _Ahead(instant, derived(session), entered.turned)


def _rehearsing(dataset: Dataset) -> AbstractContextManager[Session]:
    """Lamps of milestones read what progress reports say; every other lamp reads figures."""
    return rehearsing(dataset.parts, whole=dataset.code == PROGRESS.code)


def _now(session: Session, dataset: str) -> datetime:
    """The present, and never before the last event of the dataset, be it restored history."""
    last, now = last_event(session, dataset), present()
    return now if last is None or last < now else last + timedelta(microseconds=1)


def _stored_all_the_same(report: ValidationReport, request: Request) -> Submitted | None:
    """The submission, where the failure came after it had gone in."""
    try:
        with reading() as session:
            stored = _submission_of_same_file(session, report, request)
    except DatabaseFailure:
        return None
    return stored and replace(stored, unchanged=False)


def _not_accepted(report: ValidationReport) -> Submitted:
    """A workbook that did not go in leaves an entry and nothing else."""
    with noting() as session:
        log(
            session,
            "refused",
            report.file,
            detail={
                "sha256": report.sha256,
                "refused": report.refused and report.refused.code,
                "errors": report.errors,
            },
        )
    return Submitted(None, None, False, report, _count(report))


@requires_role(*WHO_REPORTS)
def rehearse(workbook: CheckedWorkbook, *, at: datetime | None = None) -> tuple[LampChange, ...]:
    """Return the lamps that would turn if the workbook were submitted now. Nothing is kept, and nobody waits for it;
    nothing turns where it could not go in.
    """
    report, request, instant = workbook.report, workbook.request, at or present()
    refuse_unless_own(None if request.district else report.unit)
    if not can_rehearse():
        return ()
    try:
        dataset, month = _stored_as(report, instant)
        with room_on_disk(), _rehearsing(dataset) as session:
            state = state_for_report(session, present(), report.month)
            return _enter(session, workbook, dataset, month, instant, untold, state, report.sha256).turned
    except (RefusedRequest, DatabaseFailure):
        return ()


@requires_role(*WHO_REPORTS)
def earlier_submission(workbook: CheckedWorkbook) -> int | None:
    """Return the number of the submission of that very file for the same unit and month that still stands, whatever was
    corrected in it on screen.
    """
    report, request = workbook.report, workbook.request
    refuse_unless_own(None if request.district else report.unit)
    if report.dataset is None or report.dataset not in DATASETS:
        return None
    with reading() as session:
        unit_id = _submitting_unit(session, report, request)
        month = None if DATASETS[report.dataset].frequency is Frequency.SNAPSHOT else report.month
        same = submissions_of_file(session, report.sha256, report.dataset, unit_id, month)
    return same[0].id if same and (unit_id or request.district) else None


def _stored_as(report: ValidationReport, instant: datetime) -> tuple[Dataset, str]:
    """The dataset, and the month: of a snapshot that of its submission."""
    if report.dataset not in DATASETS:
        raise RefusedRequest("方案和单位名册由管理局导入，请用 manage.py init。")
    dataset = DATASETS[report.dataset]
    month = month_of(day_of(instant)) if dataset.frequency is Frequency.SNAPSHOT else report.month
    if month is None:
        raise RefusedRequest("文件中没有写明月份，请在上传时选择月份（命令行用 --month）。")
    return dataset, month


def _submission_of_same_file(session: Session, report: ValidationReport, request: Request) -> Submitted | None:
    """The first submission of the same file with the same corrections for the same unit, if it still stands."""
    if report.dataset is None:
        return None
    unit_id = _submitting_unit(session, report, request)
    month = None if checked_datasets()[report.dataset].frequency is Frequency.SNAPSHOT else request.month
    same = _same_file(session, report, unit_id, month)
    alike = next((submission for submission in same if has_corrections(session, submission, report.corrected)), None)
    if alike is None or alike.id is None:
        return None
    revision = max((report.revision for report in reports_of(session, alike.id)), default=1)
    return Submitted(alike.id, revision, True, report, alike.records)


def _same_file(session: Session, report: ValidationReport, unit_id: int | None, month: str | None) -> list[Submission]:
    """What stands of that very file, oldest first, as far as it would be read in the same way now."""
    accepted_before = submissions_of_file(session, report.sha256, str(report.dataset), unit_id, month)
    return [
        submission
        for submission in accepted_before
        if not read_otherwise_since(session, unit_id, submission.dataset, submission.accepted_at)
    ]


def _submitting_unit(session: Session, report: ValidationReport, request: Request) -> int | None:
    """None for a whole-district ledger."""
    if request.district:
        return None
    return unit_id_named(session, report.unit)


@dataclass(frozen=True)
class _Entered:
    """A submission with its records, reports and figures."""

    row: Submission
    reports: Sequence[Report]
    turned: tuple[LampChange, ...]


def _enter(
    session: Session,
    workbook: CheckedWorkbook,
    dataset: Dataset,
    month: str,
    instant: datetime,
    progress: Progress,
    state: DistrictState,
    sha256: str,
    ahead: _Ahead | None = None,
) -> _Entered:
    """Everything of a submission that lamps depend on. Raises RefusedRequest."""
    report, request = workbook.report, workbook.request
    unit_id = _submitting_unit(session, report, request)
    if unit_id is None and not request.district:
        raise RefusedRequest("文件中没有写明填报单位，请在上传时选择单位（命令行用 --unit，全区台账用 --district）。")
    if request.district and dataset.unit_field is None:
        raise RefusedRequest(f"“{dataset.title}”没有责任单位列，不能作为全区台账，请指定单位。")
    frames = _frames_to_store(report, dataset, month, unit_id, state.plan.units)
    if dataset.code == PROGRESS.code:
        main = frames[PROGRESS.main.code]
        main["measure"] = MeasuresNamed(session, state, present(), month).keys(main["measure"])
    spoken_for = _spoken_for(frames[dataset.main.code], unit_id)
    is_ahead = ahead is not None and store_derived(session, ahead.figures)
    diff = None if is_ahead else LampDiff(session, instant, dataset.code)
    row = Submission(
        dataset=dataset.code,
        unit_id=unit_id,
        month=month,
        sha256=sha256,
        file_name=report.file,
        accepted_at=instant,
        by=current_user().name,
        records=_count(report),
        sheets=[_sheet_json(sheet) for sheet in report.sheets],
        warnings=[_warning_json(problem) for problem in report.problems],
    )
    session.add(row)
    session.flush()
    stored = Stored(progress, sum(map(len, frames.values())))
    for part in dataset.parts:
        insert_records(session, part, frames[part.code].assign(submission_id=row.id), stored.add)
    adds = right_to_report(session, state, dataset, None if request.district else report.unit) is Right.ADDS
    reports = add_reports(session, row, spoken_for.items(), adds=adds)
    if diff is None:
        return _Entered(row, reports, ahead.turned if ahead is not None else ())
    affected = _affected(session, dataset, spoken_for.keys(), month)
    keep_figures(session, dataset.code, affected, instant, month, state)
    return _Entered(row, reports, diff.turned(affected))


def _store(
    session: Session,
    workbook: CheckedWorkbook,
    dataset: Dataset,
    month: str,
    instant: datetime,
    progress: Progress,
    state: DistrictState,
    ahead: _Ahead | None,
    *,
    restored: bool,
    explanation: str = "",
) -> Submitted:
    report = workbook.report
    sha256 = keep_file(session, workbook.content, report.sha256)
    entered = _enter(session, workbook, dataset, month, instant, progress, state, sha256, ahead)
    row, number = entered.row, entered.row.id
    assert number is not None
    sheets = {sheet.name: index for index, sheet in enumerate(report.sheets)}
    add_corrections(session, number, report.corrected, sheets, at=instant, by=row.by)
    row.explanation = explanation or None
    row.lamps_changed = [change.as_json() for change in entered.turned]
    session.add(row)
    log(
        session,
        "import at" if restored else "submit",
        f"submission {number}",
        detail={
            "dataset": dataset.title,
            "unit": report.unit,
            "month": month,
            "file": report.file,
            "sha256": report.sha256,
            "records": row.records,
            "at": instant.isoformat(),
            **({"reason": explanation} if explanation else {}),
        },
        **_corrections_json(report, dataset),
    )
    revision = max((report.revision for report in entered.reports), default=1)
    return Submitted(number, revision, False, report, row.records, entered.turned)


def _frames_to_store(
    report: ValidationReport, dataset: Dataset, month: str, unit_id: int | None, known: Any
) -> dict[str, pd.DataFrame]:
    """The records with whose they are and where they stand: every column of the part's table but the submission."""
    sheet_index = {sheet.name: index for index, sheet in enumerate(report.sheets)}
    ids = {unit.name: unit.id for unit in known.values()}
    main = _placed(report.frames.get(dataset.main.code), dataset.main, sheet_index, month)
    main["unit_id"] = main["unit"].map(ids) if unit_id is None else unit_id
    _refuse_renamed(main)
    stored = {dataset.main.code: main}
    for part in dataset.parts[1:]:
        frame = _placed(report.frames.get(part.code), part, sheet_index, month)
        owners = main.set_index(dataset.main.keys[0].name)["unit_id"]
        frame["unit_id"] = frame[part.keys[0].name].map(owners) if unit_id is None else unit_id
        stored[part.code] = frame
    return stored


def _refuse_renamed(main: pd.DataFrame) -> None:
    """The register may have changed since the check."""
    renamed = main[main["unit_id"].isna()]
    if len(renamed):
        sheet, row, unit = renamed[["_sheet", "_row", "unit"]].iloc[0]
        raise RefusedRequest(
            f"工作表“{sheet}”第 {row} 行写的“{unit}”，检查之后已不在单位名册中，没有入库，请重新上传检查。"
        )


def _placed(frame: pd.DataFrame | None, part: Part, sheet_index: dict[str, int], month: str) -> pd.DataFrame:
    if frame is None:
        return pd.DataFrame(columns=[*columns_of(part), "unit"])
    months = pd.Series([month] * len(frame), frame.index, dtype=object)
    return frame.assign(sheet=frame["_sheet"].map(sheet_index), row=frame["_row"], month=months)


def _spoken_for(main: pd.DataFrame, unit_id: int | None) -> dict[int, int]:
    """Unit id → records: the submitting unit, or the units in the unit column of a whole-district ledger."""
    if unit_id is not None:
        return {unit_id: len(main)}
    return {int(str(unit)): int(number) for unit, number in main["unit_id"].value_counts(sort=False).items()}


def _affected(session: Session, dataset: Dataset, unit_ids: Collection[int], month: str) -> list[int]:
    """The units whose figures reports of these units may change: they, and those that share a case or an item with
    them, be it with what was reported for that month before.
    """
    of_month = month if dataset.frequency is Frequency.MONTHLY else None
    return sorted({*unit_ids, *units_sharing(session, dataset, unit_ids, of_month)})


@requires_role(*WHO_REPORTS)
def withdraw_submission(submission_id: int, *, reason: str, at: datetime | None = None) -> None:
    """Enter that a submission is taken back; figures fall back to what stood before. Raises RefusedRequest."""
    with writing() as session:
        row = submission(session, submission_id)
        if row is None:
            raise RefusedRequest(f"没有编号为 {submission_id} 的报送。")
        refuse_unless_own(units(session)[row.unit_id].name if row.unit_id else None)
        if not reason.strip():
            raise RefusedRequest("请写明撤回理由。")
        reports = reports_of(session, submission_id)
        if any(report.until is not None for report in reports):
            raise RefusedRequest(f"报送 {submission_id} 已经撤回。")
        state = district_state(session, present())
        instant = at or _now(session, row.dataset)
        withdraw(session, submission_id, at=instant, reason=reason, by=current_user().name)
        dataset = DATASETS[row.dataset]
        affected = _affected(session, dataset, {report.unit_id for report in reports}, row.month)
        keep_figures(session, row.dataset, affected, instant, row.month, state)
        log(
            session,
            "withdraw",
            f"submission {submission_id}",
            before={"withdrawn": False},
            after={"withdrawn": True},
            detail={
                "dataset": dataset.title,
                "file": row.file_name,
                "sha256": row.sha256,
                "records": row.records,
                "reason": reason,
                "at": instant.isoformat(),
            },
        )


def _count(report: ValidationReport) -> int:
    """Records of the dataset's main part."""
    if report.dataset is None:
        return 0
    return len(report.frames.get(checked_datasets()[report.dataset].main.code, ()))


def _sheet_json(sheet: SheetReading) -> dict[str, Any]:
    return {"name": sheet.name, "part": sheet.part, "columns": {column.name: column.column for column in sheet.columns}}


def _corrections_json(report: ValidationReport, dataset: Dataset) -> dict[str, Any]:
    """What the file says and what was stored instead, cell by cell; nothing where nothing was corrected. The log names
    nobody.
    """
    if not report.corrected:
        return {}
    kinds = {(part.code, field.name): field.personal for part in dataset.parts for field in part.fields}

    def said(cell: CorrectedCell, value: str | None) -> dict[str, Any]:
        kind = kinds[cell.part, cell.name]
        return {
            "sheet": cell.sheet,
            "cell": cell.cell,
            "field": cell.label,
            "value": mask(value, kind) if value and kind else value,
        }

    return {
        "before": [said(cell, cell.typed) for cell in report.corrected],
        "after": [said(cell, cell.value) for cell in report.corrected],
    }


def _warning_json(problem: Problem) -> dict[str, Any]:
    return {
        "sheet": problem.sheet,
        "cell": problem.cell,
        "field": problem.field,
        "code": problem.code,
        "message": problem.message,
    }
