"""A plan workbook tried: what it says, what is wrong at which cell, what is doubtful, and what it would change.

Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import starmap

import pandas as pd

from catalogue.areas import AREAS, area_of, code_of_area
from catalogue.datasets import DATASETS
from catalogue.datasets.plan_workbook import PLAN_WORKBOOK
from catalogue.indicators import INDICATORS, UNJUDGED
from catalogue.indicators.expressions import EXPRESSED
from data_access.calendar_days import calendar_days
from data_access.database import Session, reading
from data_access.plan_store import imported_words, plan_row, versions_of
from models.definitions import plain_code
from models.plan_declarations import PlanDeclarations
from models.validation import Problem, ValidationReport
from rules.expressions.formula import Formula, read_formula
from rules.expressions.vocabulary import Vocabulary
from rules.plan.changes import Change, MeasureWords, PlanChange, PlanWords, TargetWords, TaskWords, plan_changes
from rules.plan.declarations import PlanReading, PlanSheets, Shipped, indicator_keys, read_declarations
from rules.plan.target_words import target_text
from rules.plan.tasks import KnownIndicators, read_tasks
from rules.working_days import Calendar
from services.access.permission import BUREAU_ALONE, requires_role
from services.access.refusal import RefusedRequest
from services.intake.checked_workbook import CheckedWorkbook
from services.plan.decisions import columns_left_out
from services.plan.declarations import (
    Standing,
    dataset_changes,
    field_changes,
    indicator_changes,
    limit_changes,
    standing_declarations,
)
from services.plan.import_again import MEASURE_LABELS, TASK_LABELS
from services.plan.unknown_units import UnknownUnits
from services.plan.workbook_read import read_plan_workbook


@dataclass(frozen=True)
class Changed:
    """`what`: “任务 2.1 完成时限”; `before` and `after` in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class PlanPreview:
    """`added`: kind (areas, tasks, measures, datasets, indicators) → names or codes. `ended` and `changed` against the
    plan of the same code on the board.
    """

    declarations: PlanDeclarations
    errors: tuple[Problem, ...]
    doubts: tuple[str, ...]
    added: Mapping[str, tuple[str, ...]]
    changed: tuple[Changed, ...]
    ended: tuple[str, ...]
    in_words: Mapping[str, str]  # code of a declared indicator → what it counts
    words: PlanWords
    left_out: tuple[str, ...] = ()  # columns of the workbook that say nothing that is asked for
    versions: int = 0  # of the plan on the board, when it was tried


@requires_role(*BUREAU_ALONE)
def preview_plan(content: bytes, file_name: str, *, units_may_follow: bool = False) -> PlanPreview:
    """Return what a plan workbook would do. `units_may_follow`: a unit that the register does not have hinders nothing,
    as where a board is set up. Raises RefusedRequest where the file is no plan workbook at all.
    """
    return preview_of(read_plan_workbook(content, file_name), units_may_follow=units_may_follow)


@requires_role(*BUREAU_ALONE)
def preview_of(workbook: CheckedWorkbook, *, units_may_follow: bool = False) -> PlanPreview:
    """Return what a workbook that was read would do; see `preview_plan`. Raises RefusedRequest where no sheet of it was
    understood.
    """
    understood = workbook.report
    if understood.refused is not None:
        raise RefusedRequest(
            f"“{understood.file}”中没有方案工作簿的表头，"
            f"请用 manage.py template {PLAN_WORKBOOK.code} --out 文件 生成模板，填好后再导入。"
        )
    with reading() as session:
        wrong_rows = {(error.sheet, error.row) for error in understood.problems if error.severity == "error"}
        sheets = PlanReading(
            _sheets(understood),
            _shipped(),
            standing_declarations(session, "").board,
            wrong_rows=frozenset((sheet, row) for sheet, row in wrong_rows if sheet and row),
        )
        declarations = read_declarations(sheets)
        calendar = Calendar.from_rows(calendar_days(session))
        before = _plan_before(session, declarations.facts.code)
        unknown_units = UnknownUnits.of_board(session, before)
        if not units_may_follow:
            unknown_units.note(sheets)
        tasks = read_tasks(sheets, declarations.facts.year, _indicators(sheets, declarations), calendar)
        standing = standing_declarations(session, declarations.facts.code)
        versions = len(versions_of(session, declarations.facts.code))
        doubts = (*tasks.doubts, *unknown_units.doubts(tasks.words, hinder=not units_may_follow))
    cells = {(error.sheet, error.row, error.column) for error in understood.problems if error.severity == "error"}
    errors = [error for error in understood.problems if error.severity == "error"]
    errors += [error for error in tasks.problems if (error.sheet, error.row, error.column) not in cells]
    changes = _without_new_keys(plan_changes(before, _as_stored(tasks.words)))
    return PlanPreview(
        declarations,
        tuple(errors),
        doubts,
        _added(changes, declarations, before, standing),
        (*_changed(changes), *_changed_declarations(declarations, standing)),
        (
            *(_named(change) for change in changes if change.change is Change.ENDED),
            *_ended_declarations(declarations, standing),
        ),
        {indicator.code: indicator.in_words for indicator in declarations.indicators},
        tasks.words,
        columns_left_out(understood),
        versions,
    )


def _sheets(understood: ValidationReport) -> PlanSheets:
    return PlanSheets(
        understood.frames,
        {sheet.name: {column.name: column.column for column in sheet.columns} for sheet in understood.sheets},
        {part.code: {field.name: field.label for field in part.fields} for part in PLAN_WORKBOOK.parts},
    )


@cache
def _shipped() -> Shipped:
    vocabulary = Vocabulary(DATASETS.shipped.values())
    formulas: dict[str, Formula] = {
        code: read_formula(written.numerator, written.denominator, written.due, vocabulary)
        for code, written in EXPRESSED.items()
    }
    return Shipped(
        tuple(DATASETS.shipped.values()),
        {
            code: (indicator.title, formulas.get(code), indicator.of_lead_unit)
            for code, indicator in (INDICATORS.shipped | UNJUDGED).items()
        },
        tuple(area.title for area in AREAS.shipped.values()),
    )


def _indicators(sheets: PlanReading, declarations: PlanDeclarations) -> KnownIndicators:
    formats = {key: indicator.number_format for key, indicator in (INDICATORS | UNJUDGED).items()}
    formats |= {indicator.key: indicator.number_format for indicator in declarations.indicators}
    lower = {key for key, indicator in INDICATORS.items() if indicator.lower_is_better}
    lower |= {indicator.key for indicator in declarations.indicators if indicator.lower_is_better}
    return KnownIndicators(indicator_keys(sheets, declarations.indicators), formats, lower)


def _plan_before(session: Session, code: str) -> PlanWords:
    """The plan of the same code, as it was imported last; of another nothing is changed."""
    plan = plan_row(session, code)
    return PlanWords({}, {}) if plan is None else imported_words(session, plan)


def _as_stored(words: PlanWords) -> PlanWords:
    """Areas by their codes, where the program ships them."""
    tasks = {
        code: TaskWords(
            code,
            code_of_area(task.area),
            task.title,
            task.requirement,
            task.units_text,
            task.deadline_text,
        )
        for code, task in words.tasks.items()
    }
    return PlanWords(tasks, words.measures)


def _without_new_keys(changes: list[PlanChange]) -> list[PlanChange]:
    """Leave out where a measure goes on with the same target for an indicator that is only written otherwise: that is
    told of the indicator.
    """
    gone = {
        (change.measure, plain_code(change.indicator)): change.before
        for change in changes
        if change.indicator and change.change is Change.ENDED
    }
    come = {
        (change.measure, plain_code(change.indicator)): change.after
        for change in changes
        if change.indicator and change.change is Change.ADDED
    }
    same = {place for place in gone if place in come and gone[place] == come[place]}
    return [
        change
        for change in changes
        if not change.indicator or (change.measure, plain_code(change.indicator)) not in same
    ]


def _added(
    changes: list[PlanChange], declarations: PlanDeclarations, before: PlanWords, standing: Standing
) -> dict[str, tuple[str, ...]]:
    new = [change for change in changes if change.change is Change.ADDED]
    there = {task.area for task in before.tasks.values()}
    return {
        "areas": tuple(area for area in declarations.areas if code_of_area(area) not in there),
        "tasks": tuple(change.after.code for change in new if isinstance(change.after, TaskWords)),
        "measures": tuple(change.after.code for change in new if isinstance(change.after, MeasureWords)),
        "datasets": tuple(dataset.title for dataset in declarations.datasets if dataset.code not in DATASETS),
        "indicators": tuple(
            indicator.code
            for indicator in declarations.indicators
            if indicator.key not in INDICATORS | UNJUDGED and indicator.code not in standing.indicators
        ),
    }


def _changed_declarations(declarations: PlanDeclarations, standing: Standing) -> Iterator[Changed]:
    for dataset in declarations.datasets:
        if dataset.code in DATASETS:
            yield from starmap(Changed, dataset_changes(DATASETS[dataset.code], dataset))
    yield from starmap(Changed, field_changes(declarations.new_fields))
    yield from starmap(Changed, limit_changes(declarations.limits, standing))
    for indicator in declarations.indicators:
        if (before := standing.indicators.get(indicator.code)) is not None:
            yield from starmap(Changed, indicator_changes(before, indicator))


def _ended_declarations(declarations: PlanDeclarations, standing: Standing) -> Iterator[str]:
    """What the plan declared and no longer does."""
    indicators = {indicator.code for indicator in declarations.indicators}
    yield from (f"指标 {code}" for code in standing.indicators if code not in indicators)
    named = {"dataset": "数据", "area": "领域", "limit": "时限"}
    said = {
        *(("dataset", dataset.code) for dataset in declarations.datasets),
        *(("area", code_of_area(area)) for area in declarations.areas),
        *(("limit", limit.title) for limit in declarations.limits),
    }
    for (kind, key), entry in standing.of_plan.items():
        if kind in named and (kind, key) not in said:
            yield f"{named[kind]} {entry.declared['title']}"


def _changed(changes: list[PlanChange]) -> Iterator[Changed]:
    """Also a target that a measure takes on beside its others."""
    for change in changes:
        whole = change.name == "" or change.change is Change.ENDED
        if not whole:
            yield Changed(_named(change), _in_words(change.before, change), _in_words(change.after, change))


def _named(change: PlanChange) -> str:
    where = f"任务 {change.task}" if change.measure is None else f"举措 {change.measure}"
    if change.indicator is not None:
        return f"{where} 指标 {plain_code(change.indicator)}"
    labels = TASK_LABELS if change.measure is None else MEASURE_LABELS
    return f"{where} {labels[change.name]}" if change.name else where


def _in_words(value: object, change: PlanChange) -> str:
    if isinstance(value, TargetWords):
        if value.increases:
            return target_text(value, share=False)
        return f"{'≤' if value.at_most else ''}{value.value:g}"
    if change.name == "area":
        return area_of(str(value)).title
    if isinstance(value, bool):
        return "节点" if value else "指标"
    return "" if value is None or (isinstance(value, float) and pd.isna(value)) else str(value)
