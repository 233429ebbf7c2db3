"""A plan workbook tried: what it says, what is wrong at which cell, what is doubtful, and what it would change.

Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from catalogue.areas import AREAS
from catalogue.datasets import DATASETS
from catalogue.datasets.plan_workbook import PLAN_WORKBOOK
from catalogue.indicators import INDICATORS, LEAD_INDICATORS, UNJUDGED
from catalogue.indicators.expressions import EXPRESSED
from data_access.calendar_days import calendar_days
from data_access.database import Session, reading
from data_access.plan_store import imported_words, plan_row, units
from models.definitions import NumberFormat
from models.plan_declarations import PlanDeclarations
from models.validation import Problem
from rules.expressions.formula import Formula, read_formula
from rules.expressions.vocabulary import Vocabulary
from rules.intake.understanding import Understanding
from rules.plan.changes import Change, MeasureWords, PlanChange, PlanWords, TargetWords, TaskWords, plan_changes
from rules.plan.declarations import PlanReading, PlanSheets, Shipped, indicator_codes, read_declarations
from rules.plan.tasks import KnownIndicators, read_tasks
from rules.working_days import Calendar
from services.access.permission import BUREAU_ALONE, requires_role
from services.plan.decisions import workbook_read_as
from services.plan.import_again import MEASURE_LABELS, TASK_LABELS
from services.plan.unit_words import expand_units, split_words


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


@requires_role(*BUREAU_ALONE)
def preview_plan(content: bytes, file_name: str) -> PlanPreview:
    """Raises RefusedRequest where the file is no plan workbook at all."""
    understood = workbook_read_as(content, file_name, PLAN_WORKBOOK)
    sheets = PlanReading(_sheets(understood), _shipped())
    declarations = read_declarations(sheets)
    with reading() as session:
        calendar = Calendar.from_rows(calendar_days(session))
        tasks = read_tasks(sheets, declarations.facts.year, _indicators(declarations), calendar)
        before = _plan_before(session, declarations.facts.code)
        doubts = (*tasks.doubts, *_doubts_of_units(session, tasks.words))
    cells = {(error.sheet, error.row, error.column) for error in understood.problems if error.severity == "error"}
    errors = [error for error in understood.problems if error.severity == "error"]
    errors += [error for error in tasks.problems if (error.sheet, error.row, error.column) not in cells]
    changes = plan_changes(before, _as_stored(tasks.words))
    return PlanPreview(
        declarations,
        tuple(errors),
        doubts,
        _added(changes, declarations, before),
        tuple(_changed(changes)),
        tuple(_named(change) for change in changes if change.change is Change.ENDED),
        {indicator.code: indicator.in_words for indicator in declarations.indicators},
    )


def _sheets(understood: Understanding) -> PlanSheets:
    return PlanSheets(
        understood.frames,
        {sheet.name: {column.name: column.column for column in sheet.columns} for sheet in understood.sheets},
        {part.code: {field.name: field.label for field in part.fields} for part in PLAN_WORKBOOK.parts},
    )


@cache
def _shipped() -> Shipped:
    vocabulary = Vocabulary(DATASETS.values())
    formulas: dict[str, Formula] = {
        code: read_formula(written.numerator, written.denominator, written.due, vocabulary)
        for code, written in EXPRESSED.items()
    }
    return Shipped(
        tuple(DATASETS.values()),
        {
            code: (indicator.title, formulas.get(code), code in LEAD_INDICATORS)
            for code, indicator in (INDICATORS | UNJUDGED).items()
        },
        tuple(area.title for area in AREAS.values()),
    )


def _indicators(declarations: PlanDeclarations) -> KnownIndicators:
    declared = {indicator.title: indicator.code for indicator in declarations.indicators}
    formats: dict[str, NumberFormat] = {
        code: indicator.number_format for code, indicator in (INDICATORS | UNJUDGED).items()
    }
    formats |= {indicator.code: indicator.number_format for indicator in declarations.indicators}
    return KnownIndicators(indicator_codes(_shipped(), declared), formats)


def _plan_before(session: Session, code: str) -> PlanWords:
    """The plan of the same code, as it was imported last; of another nothing is changed."""
    plan = plan_row(session, code)
    return PlanWords({}, {}) if plan is None else imported_words(session, plan)


def _as_stored(words: PlanWords) -> PlanWords:
    """Areas by their codes, where the program ships them."""
    codes = {area.title: area.code for area in AREAS.values()} | {"12345热线": "hotline"}
    tasks = {
        code: TaskWords(
            code,
            codes.get(task.area, task.area),
            task.title,
            task.requirement,
            task.units_text,
            task.deadline_text,
        )
        for code, task in words.tasks.items()
    }
    return PlanWords(tasks, words.measures)


def _doubts_of_units(session: Session, words: PlanWords) -> Iterator[str]:
    known = units(session)
    for task in words.tasks.values():
        if not task.units_text:
            yield f"任务 {task.code} 责任单位存疑：方案未写明责任单位。"
            continue
        unit_ids, unknown = expand_units(split_words(task.units_text), known)
        if unknown or not unit_ids:
            yield f"任务 {task.code} 责任单位存疑：单位名册中没有“{'、'.join(unknown) or task.units_text}”。"


def _added(changes: list[PlanChange], declarations: PlanDeclarations, before: PlanWords) -> dict[str, tuple[str, ...]]:
    new = [change for change in changes if change.change is Change.ADDED]
    titles = {area.code: area.title for area in AREAS.values()}
    there = {titles.get(task.area, task.area) for task in before.tasks.values()}
    return {
        "areas": tuple(area for area in declarations.areas if area not in there),
        "tasks": tuple(change.after.code for change in new if isinstance(change.after, TaskWords)),
        "measures": tuple(change.after.code for change in new if isinstance(change.after, MeasureWords)),
        "datasets": tuple(dataset.title for dataset in declarations.datasets),
        "indicators": tuple(
            indicator.code for indicator in declarations.indicators if indicator.code not in INDICATORS | UNJUDGED
        ),
    }


def _changed(changes: list[PlanChange]) -> Iterator[Changed]:
    """Also a target that a measure takes on beside its others."""
    for change in changes:
        whole = change.name == "" or change.change is Change.ENDED
        if not whole:
            yield Changed(_named(change), _in_words(change.before, change), _in_words(change.after, change))


def _named(change: PlanChange) -> str:
    where = f"任务 {change.task}" if change.measure is None else f"举措 {change.measure}"
    if change.indicator is not None:
        return f"{where} 指标 {change.indicator}"
    labels = TASK_LABELS if change.measure is None else MEASURE_LABELS
    return f"{where} {labels[change.name]}" if change.name else where


def _in_words(value: object, change: PlanChange) -> str:
    if isinstance(value, TargetWords):
        return "增长" if value.increases else f"{value.value:g}"
    if change.name == "area" and str(value) in AREAS:
        return AREAS[str(value)].title
    if isinstance(value, bool):
        return "节点" if value else "指标"
    return "" if value is None or (isinstance(value, float) and pd.isna(value)) else str(value)
