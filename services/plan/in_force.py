"""A plan workbook that was tried put in force, and the plans on the board."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from catalogue.areas import areas_of_plan
from catalogue.indicators import lead_indicators
from data_access.calendar_days import calendar_days
from data_access.database import Session, reading, writing
from data_access.plan_store import imported_words, plans_on_board, versions_of
from models.definitions import Area
from models.plan_declarations import PlanDeclarations, PlanFacts
from models.tables import MeasureIndicator, MeasureRow, PlanRow
from rules.as_of import end_of_day
from rules.plan.changes import PlanWords, TargetWords
from rules.plan.current import current_plan
from rules.working_days import Calendar
from services.access.clock import present
from services.access.permission import BUREAU_ALONE, EVERYONE, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import plan_asked_about
from services.plan.decisions import (
    Arrival,
    Imported,
    counts_district,
    refuse_wrong_cells,
    store_plan,
    task_row,
)
from services.plan.declarations import keep_declared, standing_declarations, store_declarations
from services.plan.documents import attach_in
from services.plan.import_again import ImportedPlan
from services.plan.preview import PlanPreview, preview_plan
from services.plan.versions import facts_of_row


@dataclass(frozen=True)
class ListedPlan:
    """A plan with how many tasks and measures it has. `in_force_since`: None from the beginning."""

    facts: PlanFacts
    tasks: int
    measures: int
    in_force_since: datetime | None


@requires_role(*EVERYONE)
def plans_listed() -> tuple[ListedPlan, ...]:
    """Return the plans on the board, each as it was imported last, by the day on which they begin."""
    with reading() as session:
        rows = sorted(plans_on_board(session), key=lambda row: (row.begins, row.code))
        words = {row.code: imported_words(session, row) for row in rows}
    return tuple(
        ListedPlan(facts_of_row(row), len(words[row.code].tasks), len(words[row.code].measures), row.since)
        for row in rows
    )


@requires_role(*EVERYONE)
def plan_codes() -> tuple[str, ...]:
    """Return the codes of the plans on the board."""
    with reading() as session:
        return tuple(plan.code for plan in plans_on_board(session))


@requires_role(*EVERYONE)
def current_plan_on(as_of: date) -> str | None:
    """Return the code of the plan that a day has unless another is asked about, or None where there is no plan."""
    with reading() as session:
        plan = current_plan(plans_on_board(session), end_of_day(as_of))
        return None if plan is None else plan.code


@requires_role(*EVERYONE)
def areas_as_of(as_of: date) -> tuple[Area, ...]:
    """Return the areas of the plan asked about as of the end of a day, in its order; those shipped where there is no
    plan.
    """
    with reading() as session:
        return areas_of_plan(plan_asked_about(session, end_of_day(as_of)))


@requires_role(*BUREAU_ALONE)
def import_plan(
    content: bytes,
    file_name: str,
    *,
    agreed: bool = False,
    reason: str = "",
    in_force: datetime | None = None,
    alone: bool = False,
) -> Imported:
    """Read a plan workbook and put it in force at once: a plan that is not on the board yet stands beside those that
    are. Once anything was reported or decided a plan changes only from now on, once the list of changes was `agreed`
    to, with a reason. `alone`: plans that nobody has used give way to it, and its units may be registered later.
    Raises RefusedRequest with every wrong cell, or with the changes.
    """
    preview = preview_plan(content, file_name, units_may_follow=alone)
    refuse_wrong_cells(file_name, preview.errors)
    return put_in_force(preview, content, file_name, reason, in_force=in_force, agreed=agreed, alone=alone)


@requires_role(*BUREAU_ALONE)
def put_in_force(
    preview: PlanPreview,
    content: bytes,
    file_name: str,
    reason: str,
    *,
    in_force: datetime | None = None,
    agreed: bool = True,
    alone: bool = False,
    text: tuple[str, bytes] | None = None,
) -> Imported:
    """Store the plan, from an instant on, else from now on, the changes of a plan in use once they are `agreed` to;
    with it the plan's `text`, its name and content.

    Raises RefusedRequest for what cannot be put in force yet, where a plan in use changes without a reason, and, naming
    who was first, where another imported it since the preview.
    """
    declarations = preview.declarations
    if preview.errors:
        raise RefusedRequest(f"工作簿有 {len(preview.errors)} 处错误，改正后才能付诸实施，没有存入任何内容。")
    with writing() as session:
        _refuse_overtaken(session, preview)
        before = standing_declarations(session, declarations.facts.code).board
        calendar = Calendar.from_rows(calendar_days(session))
        declares = (
            *(f"数据 {dataset.title}" for dataset in declarations.datasets),
            *(f"指标 {indicator.title}" for indicator in declarations.indicators),
            *(f"时限 {limit.title}" for limit in declarations.limits),
        )
        arrival = Arrival(content, file_name, declarations.facts, agreed, reason, in_force, alone, declares)

        def declare(plan: PlanRow, since: datetime | None) -> None:
            store_declarations(session, plan, declarations, since)

        # what the rows of the plan rest on is declared within `declare`, before any of them is stored
        stored = store_plan(session, rows_of(preview.words, declarations, calendar), arrival, declare)
        keep_declared(session, declarations, before)
        if text is not None:
            code = declarations.facts.code
            attach_in(session, code, len(versions_of(session, code)), *text, at=in_force or present())
    return replace(stored, left_out=preview.left_out)


def _refuse_overtaken(session: Session, preview: PlanPreview) -> None:
    facts = preview.declarations.facts
    versions = versions_of(session, facts.code)
    if len(versions) > preview.versions:
        last = versions[-1]
        raise RefusedRequest(
            f"“{facts.title}”（{facts.code}）刚才已由{last.by}按“{last.file_name}”改动"
            f"{f'（理由：{last.reason}）' if last.reason else ''}，您的工作簿没有存入；请看过重新列出的改动后再决定。"
        )


def rows_of(words: PlanWords, declarations: PlanDeclarations, calendar: Calendar) -> ImportedPlan:
    """Return the rows of a plan that was read, in the order of its workbook."""
    year = declarations.facts.year
    tasks = [
        task_row(number, asdict(task) | {"task": task.code, "year": year}, calendar)
        for number, task in enumerate(words.tasks.values())
    ]
    measures, indicators = list[MeasureRow](), list[MeasureIndicator]()
    lead = lead_indicators() | {indicator.key for indicator in declarations.indicators if indicator.district}
    task_of = {task.code: task for task in tasks}
    for number, measure in enumerate(words.measures.values()):
        measures.append(
            MeasureRow(
                code=measure.code,
                task=measure.task,
                title=measure.title,
                milestone=measure.milestone,
                warning_days=measure.warning_days,
                district=counts_district(measure.targets, task_of[measure.task], lead),
                position=number,
            )
        )
        for key, target in measure.targets.items():
            indicators.append(
                MeasureIndicator(code=key, measure=measure.code, position=len(indicators), **_stored(target))
            )
    return ImportedPlan(tasks, measures, indicators)


def _stored(target: TargetWords) -> dict[str, Any]:
    return {
        "target": target.value,
        "increases": target.increases,
        "at_most": target.at_most,
        "change_by": target.change_by,
    }
