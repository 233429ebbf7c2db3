"""A department's workbook: checked without storing anything, then submitted in one transaction, wholly in or wholly out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from catalogue.datasets import BUREAU_DATASETS, DATASETS
from data_access.corrections import add_corrections, has_corrections
from data_access.database import Session, noting, reading, writing
from data_access.plan_store import units
from data_access.records import columns_of, insert_records, units_sharing
from data_access.remembered import remember, remembered_columns
from data_access.spreadsheets import read
from data_access.submissions import (
    add_reports,
    hash_of,
    keep_file,
    reports_of,
    standing_submissions,
    submission,
    withdraw,
)
from models.cells import Refused, WorkbookCells
from models.corrections import CorrectedCell
from models.definitions import Dataset, Frequency, Part
from models.tables import Submission
from models.validation import Problem, SheetReading, ValidationReport
from rules.as_of import day_of, month_of
from rules.intake import IntakeContext, UnitNames, understand
from rules.intake.headings import normalised
from rules.personal import mask
from services.acting import acting
from services.audit_log import log
from services.figures import keep_figures
from services.in_force import in_force
from services.lamp_changes import LampChange, LampWatch
from services.permission import WHO_REPORTS, open_to, own_unit, refuse_unless_own
from services.refusal import RefusedRequest, room_on_disk

CHECKED = DATASETS | BUREAU_DATASETS


@dataclass(frozen=True)
class Request:
    """What the uploader says of the workbook; everything may be left for the file to tell."""

    dataset: str | None = None
    unit: str | None = None
    district: bool = False  # a whole-district ledger
    month: str | None = None


@dataclass(frozen=True)
class Submitted:
    """The outcome of a submission. `unchanged`: that very file was accepted before, nothing was stored now."""

    submission: int | None
    revision: int | None
    unchanged: bool
    report: ValidationReport
    records: int
    turned: tuple[LampChange, ...] = ()


Progress = Callable[[str, int, int], None]
"""Told the stage (读取, 检查, 存储), how much of it is done, and of how much: bytes read, rows checked, rows stored."""


def _untold(stage: str, done: int, total: int) -> None:
    """For callers who do not watch."""


@open_to(*WHO_REPORTS)
def check(content: bytes, file_name: str, request: Request, *, progress: Progress = _untold) -> ValidationReport:
    """How the workbook is understood and every wrong cell. Nothing is stored."""
    report, _ = check_cells(content, file_name, request, progress=progress)
    return report


@open_to(*WHO_REPORTS)
@room_on_disk()
def check_cells(content: bytes, file_name: str, request: Request, *,
                progress: Progress = _untold) -> tuple[ValidationReport, WorkbookCells | None]:
    """As `check`, with the cells as read, for the screen that shows the uploader's own rows."""
    progress("读取", 0, len(content))
    blank = ValidationReport(file=file_name, sha256=hash_of(content))
    context, request = _context(request, file_name)
    try:
        cells = read(content, file_name)
    except Refused as refused:
        return replace(blank, refused=refused.refusal, dataset=request.dataset, unit=request.unit, month=request.month), None
    progress("读取", len(content), len(content))
    rows = sum(len(sheet.text) for sheet in cells.sheets)
    progress("检查", 0, rows)
    report = _judged(cells, blank, context, request)
    progress("检查", rows, rows)
    return report, cells


@open_to(*WHO_REPORTS)
def judged(cells: WorkbookCells, file_name: str, sha256: str, request: Request) -> ValidationReport:
    """How those cells of the file are understood and everything wrong in them. Raises RefusedRequest as `check` does."""
    context, request = _context(request, file_name)
    return _judged(cells, ValidationReport(file=file_name, sha256=sha256), context, request)


def _judged(cells: WorkbookCells, blank: ValidationReport, context: IntakeContext, request: Request) -> ValidationReport:
    candidates = [CHECKED[request.dataset]] if request.dataset else list(DATASETS.values())
    found = understand(cells, candidates, context)
    if found.unit and found.dataset and request.unit is None:  # what the unit confirmed counts, whoever names the unit
        remembered = _remembered(found.unit, found.dataset.code)
        if remembered != context.remembered:
            found = understand(cells, [found.dataset], replace(context, remembered=remembered))
    return replace(
        blank, refused=found.refusal, dataset=found.dataset.code if found.dataset else request.dataset,
        unit=found.unit or request.unit, month=found.month or request.month, sheets=found.sheets,
        ignored_sheets=found.ignored_sheets, problems=found.problems, frames=found.frames, unlisted=found.unlisted)


def _context(request: Request, file_name: str) -> tuple[IntakeContext, Request]:
    """A unit's person speaks for the own unit alone. Raises RefusedRequest for an unknown dataset, unit or month."""
    if request.dataset is not None and request.dataset not in CHECKED:
        raise RefusedRequest(f"没有名为“{request.dataset}”的数据集，可用：{'、'.join(DATASETS)}。")
    if request.month is not None and not _is_month(request.month):
        raise RefusedRequest(f"月份“{request.month}”不能识别，请写成 2023-06 的形式。")
    with reading() as session:
        known = in_force(session, datetime.now(UTC))
        names = unit_names(known.plan.units, known.settings["district"])
        unit = None if request.unit is None else names.resolve(request.unit)
        if request.unit is not None and unit is None:
            raise RefusedRequest(unknown_unit(request.unit, names))
        if request.district:
            refuse_unless_own(None)
        unit = own_unit(unit)
        unit_id = known.plan.unit_id(unit) if unit else None
        remembered = remembered_columns(session, unit_id, request.dataset)
        measures = frozenset(measure.code for task in known.plan.tasks for measure in task.measures)
    context = IntakeContext(units=names, unit=unit, month=request.month, plan_year=known.plan.year,
                            district=request.district, measures=measures, remembered=remembered, file_name=file_name)
    return context, replace(request, unit=unit)


def _is_month(text: str) -> bool:
    try:
        return datetime.strptime(text, "%Y-%m").strftime("%Y-%m") == text  # noqa: DTZ007 a month has no zone
    except ValueError:
        return False


def unit_names(known: Any, district: str) -> UnitNames:
    return UnitNames(
        tuple(unit.name for unit in known.values()),
        {alias: unit.name for unit in known.values() for alias in unit.aliases}, district)


def unknown_unit(name: str, names: UnitNames) -> str:
    near = names.suggest(name)
    return f"单位名册中没有“{name}”" + (f"，是否为 {'、'.join(near)}？" if near else "，请先在单位名册中登记。")


@open_to(*WHO_REPORTS)
@room_on_disk()
def submit(content: bytes, file_name: str, request: Request, *, at: datetime | None = None,
           report: ValidationReport | None = None, progress: Progress = _untold) -> Submitted:
    """Check and store: the file by its hash, the submission, its rows, its figures, in one transaction.

    `at` restores history (told in the audit log). Raises RefusedRequest where the request itself does not hold together.
    """
    report = report or check(content, file_name, request, progress=progress)
    refuse_unless_own(None if request.district else report.unit)
    with reading() as session:
        earlier = _standing_submission(session, report, request)
    if earlier is not None:
        return earlier
    if not report.accepted:
        _log_attempt(report)
        return Submitted(None, None, False, report, _count(report))
    instant = at or datetime.now(UTC)
    if report.dataset not in DATASETS:
        raise RefusedRequest("方案和单位名册由管理局导入，请用 manage.py init。")
    dataset = DATASETS[report.dataset]
    month = month_of(day_of(instant)) if _is_snapshot(dataset.code) else report.month
    if month is None:
        raise RefusedRequest("文件中没有写明月份，请在上传时选择月份（命令行用 --month）。")
    with writing() as session:
        earlier = _standing_submission(session, report, request)  # another upload of it may have come first
        return earlier or _store(session, content, report, request, dataset, month, instant, progress, restored=at is not None)


def _standing_submission(session: Session, report: ValidationReport, request: Request) -> Submitted | None:
    """The first submission of the same file with the same corrections for the same unit, if it still stands."""
    if report.dataset is None:
        return None
    unit_id = _submitting_unit(session, report, request)
    month = None if _is_snapshot(report.dataset) else request.month
    same = standing_submissions(session, report.sha256, report.dataset, unit_id, month)
    found = next((one for one in same if has_corrections(session, one, report.corrected)), None)
    if found is None or found.id is None:
        return None
    revision = max((one.revision for one in reports_of(session, found.id)), default=1)
    return Submitted(found.id, revision, True, report, found.records)


def _is_snapshot(dataset: str) -> bool:
    return CHECKED[dataset].frequency is Frequency.SNAPSHOT


def _submitting_unit(session: Session, report: ValidationReport, request: Request) -> int | None:
    """None for a whole-district ledger."""
    if request.district:
        return None
    return _unit_id(session, report.unit)


def _store(session: Session, content: bytes, report: ValidationReport, request: Request, dataset: Dataset, month: str,
           instant: datetime, progress: Progress, *, restored: bool) -> Submitted:
    known = in_force(session, datetime.now(UTC))
    unit_id = _submitting_unit(session, report, request)
    if unit_id is None and not request.district:
        raise RefusedRequest("文件中没有写明填报单位，请在上传时选择单位（命令行用 --unit，全区台账用 --district）。")
    if request.district and dataset.unit_field is None:
        raise RefusedRequest(f"“{dataset.title}”没有责任单位列，不能作为全区台账，请指定单位。")
    frames = _frames_to_store(report, dataset, month, unit_id, known.plan.units)
    spoken_for = _spoken_for(frames[dataset.main.code], unit_id)
    watch = LampWatch(session, instant, dataset.code)
    row = Submission(
        dataset=dataset.code, unit_id=unit_id, month=month, sha256=keep_file(session, content), file_name=report.file,
        accepted_at=instant, by=acting().name, records=_count(report), sheets=[_sheet_json(sheet) for sheet in report.sheets],
        warnings=[_warning_json(problem) for problem in report.problems])
    session.add(row)
    session.flush()
    assert row.id is not None
    sheets = {sheet.name: place for place, sheet in enumerate(report.sheets)}
    add_corrections(session, row.id, report.corrected, sheets, at=instant, by=row.by)
    stored, rows = 0, sum(map(len, frames.values()))
    progress("存储", 0, rows)
    for part in dataset.parts:
        insert_records(session, part, frames[part.code].assign(submission_id=row.id))
        stored += len(frames[part.code])
        progress("存储", stored, rows)
    reports = add_reports(session, row, spoken_for.items())
    keep_figures(session, dataset.code, _affected(session, dataset, spoken_for.keys(), month), instant, month, known)
    turned = watch.turned()
    row.lamps_changed = [change.as_json() for change in turned]
    session.add(row)
    log(session, "import at" if restored else "submit", f"submission {row.id}",
        detail={"dataset": dataset.title, "unit": report.unit, "month": month, "file": report.file, "sha256": report.sha256,
                "records": row.records, "at": instant.isoformat()}, **_corrections_json(report, dataset))
    return Submitted(row.id, max((one.revision for one in reports), default=1), False, report, row.records, turned)


def _frames_to_store(report: ValidationReport, dataset: Dataset, month: str, unit_id: int | None,
                     known: Any) -> dict[str, pd.DataFrame]:
    """The records with whose they are and where they stand: every column of the part's table but the submission."""
    sheet_index = {sheet.name: index for index, sheet in enumerate(report.sheets)}
    ids = {unit.name: unit.id for unit in known.values()}
    main = _placed(report.frames.get(dataset.main.code), dataset.main, sheet_index, month)
    main["unit_id"] = main["unit"].map(ids) if unit_id is None else unit_id
    stored = {dataset.main.code: main}
    for part in dataset.parts[1:]:
        frame = _placed(report.frames.get(part.code), part, sheet_index, month)
        owners = main.set_index(dataset.main.keys[0].name)["unit_id"]
        frame["unit_id"] = frame[part.keys[0].name].map(owners) if unit_id is None else unit_id
        stored[part.code] = frame
    return stored


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
    """The units whose figures reports of these units may change: they, and those that share a case or an item with them,
    be it with what was reported for that month before."""
    of_month = month if dataset.frequency is Frequency.MONTHLY else None
    return sorted({*unit_ids, *units_sharing(session, dataset, unit_ids, of_month)})


@open_to(*WHO_REPORTS)
def withdraw_submission(submission_id: int, *, reason: str, at: datetime | None = None) -> None:
    """Enter that a submission is taken back; figures fall back to what stood before. Raises RefusedRequest."""
    instant = at or datetime.now(UTC)
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
        known = in_force(session, datetime.now(UTC))
        withdraw(session, submission_id, at=instant, reason=reason, by=acting().name)
        dataset = DATASETS[row.dataset]
        affected = _affected(session, dataset, {report.unit_id for report in reports}, row.month)
        keep_figures(session, row.dataset, affected, instant, row.month, known)
        log(session, "withdraw", f"submission {submission_id}", before={"withdrawn": False}, after={"withdrawn": True},
            detail={"dataset": dataset.title, "file": row.file_name, "sha256": row.sha256, "records": row.records, "reason": reason, "at": instant.isoformat()})


@open_to(*WHO_REPORTS, own="unit")
def confirm_column(unit: str | None, dataset: str, part: str, heading: str, label: str) -> None:
    """Remember that this unit means the field `label` by `heading` (levels joined with “_”, as the report tells it) in this dataset."""
    field = next(field for field in CHECKED[dataset].part(part).fields if field.label == label)
    with writing() as session:
        unit_id = _unit_id(session, unit)
        before = remembered_columns(session, unit_id, dataset).get((part, normalised(heading)))
        for known in {normalised(heading), normalised(heading.replace("_", ""))}:
            remember(session, unit_id, dataset, part, known, field.name, by=acting().name)
        log(session, "confirm column", f"{CHECKED[dataset].title} {heading}", detail={"unit": unit, "part": part},
            before={"field": _label(dataset, part, before)}, after={"field": label})


def _label(dataset: str, part: str, name: str | None) -> str | None:
    return CHECKED[dataset].part(part).field(name).label if name else None


def _remembered(unit: str, dataset: str) -> dict[tuple[str, str], str]:
    with reading() as session:
        return remembered_columns(session, _unit_id(session, unit), dataset)


def _unit_id(session: Session, name: str | None) -> int | None:
    return next((one.id for one in units(session).values() if one.name == name), None)


def _log_attempt(report: ValidationReport) -> None:
    """A workbook that did not go in leaves an entry and nothing else."""
    with noting() as session:
        log(session, "refused", report.file, detail={
            "sha256": report.sha256, "refused": report.refused and report.refused.code, "errors": report.errors})


def _count(report: ValidationReport) -> int:
    """Records of the dataset's main part."""
    if report.dataset is None:
        return 0
    return len(report.frames.get(CHECKED[report.dataset].main.code, ()))


def _sheet_json(sheet: SheetReading) -> dict[str, Any]:
    return {"name": sheet.name, "part": sheet.part, "columns": {column.name: column.column for column in sheet.columns}}


def _corrections_json(report: ValidationReport, dataset: Dataset) -> dict[str, Any]:
    """What the file says and what was stored instead, cell by cell; nothing where nothing was corrected. The log names nobody."""
    if not report.corrected:
        return {}
    kinds = {(part.code, field.name): field.personal for part in dataset.parts for field in part.fields}

    def said(one: CorrectedCell, value: str | None) -> dict[str, Any]:
        kind = kinds[one.part, one.name]
        return {"sheet": one.sheet, "cell": one.cell, "field": one.label, "value": mask(value, kind) if value and kind else value}

    return {"before": [said(one, one.typed) for one in report.corrected], "after": [said(one, one.value) for one in report.corrected]}


def _warning_json(problem: Problem) -> dict[str, Any]:
    return {"sheet": problem.sheet, "cell": problem.cell, "field": problem.field, "code": problem.code, "message": problem.message}


