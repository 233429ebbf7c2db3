"""A plan workbook that was tried put in force, and the plans on the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from catalogue.areas import AREAS
from data_access.database import reading
from data_access.plan_store import imported_words, plans_on_board
from models.plan_declarations import PlanFacts
from rules.as_of import end_of_day
from rules.plan.current import current_plan
from services.access.permission import BUREAU_ALONE, EVERYONE, requires_role
from services.access.refusal import RefusedRequest
from services.plan.decisions import Imported, import_plan
from services.plan.preview import PlanPreview
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


@requires_role(*BUREAU_ALONE)
def put_in_force(
    preview: PlanPreview, content: bytes, file_name: str, reason: str, *, in_force: datetime | None = None
) -> Imported:
    """Store the plan, from an instant on, else from now on. Raises RefusedRequest for what cannot be put in force yet,
    and where a plan in use changes without a reason.
    """
    declarations = preview.declarations
    shipped_areas = {area.title.replace(" ", "") for area in AREAS.values()}
    declared = {
        "领域": [area for area in declarations.areas if area.replace(" ", "") not in shipped_areas],
        "数据": [dataset.title for dataset in declarations.datasets],
        "字段": [label for labels in declarations.added_fields.values() for label in labels],
        "指标": list(preview.added["indicators"]),
        "时限": [limit.title for limit in declarations.limits],
        "并列": [measure for measure, _ in declarations.beside],
    }
    named = "、".join(
        f"{sheet}“{names[0]}”{'等' if len(names) > 1 else ''}" for sheet, names in declared.items() if names
    )
    if named:
        raise RefusedRequest(f"工作簿另写有{named}，目前只能试读，还不能付诸实施，没有存入任何内容。")
    return import_plan(content, file_name, agreed=True, reason=reason, facts=declarations.facts, in_force=in_force)
