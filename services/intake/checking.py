"""A department's workbook: how it is understood, and every wrong cell. Nothing is stored but what a unit's headings
were confirmed to mean.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from catalogue.datasets import BUREAU_DATASETS, DATASETS, dataset_named
from catalogue.datasets.plan_workbook import PLAN_WORKBOOK
from catalogue.register import Declared, declared_in_force
from data_access.confirmed_headings import confirmed_columns, remember
from data_access.database import reading, writing
from data_access.judging import understand_apart
from data_access.plan_store import unit_id_named
from data_access.spreadsheets import read
from data_access.submissions import hash_of
from models.cells import Refused, WorkbookCells
from models.definitions import Dataset
from models.validation import ValidationReport
from rules.intake import IntakeContext, Understanding
from rules.intake.headings import PartHeadings, normalised
from rules.units.changes import ending
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.events import timed
from services.access.permission import WHO_REPORTS, own_unit, refuse_unless_own, requires_role
from services.access.refusal import RefusedRequest, room_on_disk
from services.figures.unit_names import names_of, unknown_unit
from services.intake.beside_accepted import compared_with_accepted
from services.intake.case_numbering import numbered_by_month
from services.intake.checked_workbook import CheckedWorkbook, Progress, Request, untold
from services.intake.plan_of_report import measures_to_name, state_for_report


def datasets_by_hand() -> dict[str, Dataset]:
    """Return those of which columns may be pointed out by hand: what may be checked, and plan workbooks."""
    return checked_datasets() | {PLAN_WORKBOOK.code: PLAN_WORKBOOK}


def checked_datasets() -> dict[str, Dataset]:
    """Return what a workbook may be of: what units report and what the bureau imports."""
    return DATASETS | BUREAU_DATASETS


@lru_cache(maxsize=4)
def _headings(_: Declared) -> frozenset[str]:
    """Return every word that any column is headed by, found once of what is declared."""
    parts = (part for dataset in checked_datasets().values() for part in dataset.parts)
    return frozenset().union(*(PartHeadings(part).words for part in parts))


@requires_role(*WHO_REPORTS)
@room_on_disk()
def check(content: bytes, file_name: str, request: Request, *, progress: Progress = untold) -> CheckedWorkbook:
    """Read the workbook and find how it is understood and every wrong cell. Nothing is stored. Raises RefusedRequest
    where the request itself does not hold together.
    """
    progress("读取", 0, len(content))
    context, request = _context(request, file_name)
    with timed("read", outcome="failed", bytes=len(content)) as event:
        workbook = _checked(content, file_name, context, request, progress)
        event["outcome"] = "refused" if workbook.report.refused else "read"
    return workbook


def _checked(
    content: bytes, file_name: str, context: IntakeContext, request: Request, progress: Progress
) -> CheckedWorkbook:
    blank = ValidationReport(file=file_name, sha256=hash_of(content))
    try:
        cells = read(content, file_name, tell=lambda before: progress("等候", 0, before))
        progress("读取", len(content), len(content))
        rows = sum(len(sheet.text) for sheet in cells.sheets)
        progress("检查", 0, rows)
        report = _judged(cells, blank, context, request)
    except Refused as refused:
        report = replace(
            blank, refused=refused.refusal, dataset=request.dataset, unit=request.unit, month=request.month
        )
        return CheckedWorkbook(content, request, report, report, None)
    progress("检查", rows, rows)
    return CheckedWorkbook(content, request, report, report, cells)


@requires_role(*WHO_REPORTS)
def judge(cells: WorkbookCells, workbook: CheckedWorkbook) -> ValidationReport:
    """Return how these cells of the workbook's file are understood, and everything wrong in them, by what the board
    knows now. Raises RefusedRequest as `check` does.
    """
    file_name = workbook.as_read.file
    context, request = _context(workbook.request, file_name)
    try:
        return _judged(cells, ValidationReport(file=file_name, sha256=workbook.as_read.sha256), context, request)
    except Refused as refused:
        raise RefusedRequest(refused.refusal.message) from refused


def _judged(
    cells: WorkbookCells, blank: ValidationReport, context: IntakeContext, request: Request
) -> ValidationReport:
    candidates = [checked_datasets()[request.dataset]] if request.dataset else list(DATASETS.values())
    understanding = understand_apart(cells, candidates, context)
    if (
        understanding.unit and understanding.dataset and request.unit is None
    ):  # what the unit confirmed counts, whoever names the unit
        remembered = _remembered(understanding.unit, understanding.dataset.code)
        if remembered != context.remembered:
            again = understand_apart(cells, [understanding.dataset], replace(context, remembered=remembered))
            understanding = again if again.unit == understanding.unit else replace(again, unit=None)
    report = report_of(understanding, blank, request)
    with reading() as session:
        return compared_with_accepted(session, state_for_report(session, present(), report.month), report, request)


def report_of(understanding: Understanding, blank: ValidationReport, request: Request) -> ValidationReport:
    """Return the report of a file, `blank` as yet, that was understood so; what it does not say is as requested."""
    return replace(
        blank,
        refused=understanding.refusal,
        dataset=understanding.dataset.code if understanding.dataset else request.dataset,
        unit=understanding.unit or request.unit,
        month=understanding.month or request.month,
        months=understanding.months,
        sheets=understanding.sheets,
        ignored_sheets=understanding.ignored_sheets,
        problems=understanding.problems,
        frames=understanding.frames,
        unlisted=understanding.unlisted,
        unlisted_rows=understanding.unlisted_rows,
    )


def _context(request: Request, file_name: str) -> tuple[IntakeContext, Request]:
    """A unit's person speaks for the own unit alone. Raises RefusedRequest for an unknown dataset, unit or month."""
    if request.month is not None and not is_month(request.month):
        raise RefusedRequest(f"月份“{request.month}”不能识别，请写成 2023-06 的形式。")
    with reading() as session:
        now = present()
        state = state_for_report(session, now, request.month)
        request = replace(request, dataset=_code_of(request.dataset))
        names = names_of(state)
        unit = None if request.unit is None else names.resolve(request.unit)
        if request.unit is not None and unit is None:
            raise RefusedRequest(unknown_unit(request.unit, names))
        if request.district:
            refuse_unless_own(None)
        unit = own_unit(unit)
        unit_id = state.plan.unit_id(unit) if unit else None
        if unit_id is not None and (ended := ending(unit_id, state.plan.unit_changes)) is not None:
            raise RefusedRequest(f"{unit}已于 {ended.day} {ended.kind.word}，不再报送，请由承接单位报送。")
        remembered = confirmed_columns(session, unit_id, request.dataset)
        measures = measures_to_name(session, state, now)
        by_month = numbered_by_month(session, state.plan)
    context = IntakeContext(
        units=names,
        unit=unit,
        month=request.month,
        plan_year=state.plan.year,
        district=request.district,
        measures=measures,
        remembered=remembered,
        file_name=file_name,
        numbered_by_month=by_month,
        headings=_headings(declared_in_force()),
    )
    return context, replace(request, unit=unit)


def _code_of(name: str | None) -> str | None:
    """The code of a dataset by its code or its title. Raises RefusedRequest."""
    if name is None:
        return None
    dataset = dataset_named(name) or checked_datasets().get(name)
    if dataset is None:
        raise RefusedRequest(f"没有名为“{name}”的数据集，可用：{'、'.join(DATASETS)}。")
    return dataset.code


def is_month(text: str) -> bool:
    try:
        return datetime.strptime(text, "%Y-%m").strftime("%Y-%m") == text  # noqa: DTZ007 a month has no zone
    except ValueError:
        return False


@requires_role(*WHO_REPORTS, own="unit")
def confirm_column(unit: str | None, dataset: str, part: str, heading: str, label: str) -> None:
    """Store that this unit means the field `label` by `heading` (levels joined with “_”, as the report has it) in this
    dataset.
    """
    field = next(field for field in datasets_by_hand()[dataset].part(part).fields if field.label == label)
    with writing() as session:
        unit_id = unit_id_named(session, unit)
        before = confirmed_columns(session, unit_id, dataset).get((part, normalised(heading)))
        for known in {normalised(heading), normalised(heading.replace("_", ""))}:
            remember(session, unit_id, dataset, part, known, field.name, by=current_user().name)
        log(
            session,
            "confirm column",
            f"{datasets_by_hand()[dataset].title} {heading}",
            detail={"unit": unit, "part": part},
            before={"field": _label(dataset, part, before)},
            after={"field": label},
        )


def _label(dataset: str, part: str, name: str | None) -> str | None:
    return datasets_by_hand()[dataset].part(part).field(name).label if name else None


def _remembered(unit: str, dataset: str) -> dict[tuple[str, str], str]:
    with reading() as session:
        return confirmed_columns(session, unit_id_named(session, unit), dataset)
