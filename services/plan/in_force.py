"""A plan workbook that was tried put in force, and the plans on the board. One board holds one plan so far."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.areas import AREAS
from data_access.database import reading
from data_access.plan_store import imported_words, task_rows
from models.plan_declarations import PlanFacts
from rules.plan.declarations import facts_of_year
from services.access.permission import BUREAU_ALONE, EVERYONE, requires_role
from services.access.refusal import RefusedRequest
from services.plan.decisions import Imported, import_plan
from services.plan.preview import PlanPreview


@dataclass(frozen=True)
class ListedPlan:
    """A plan with how many tasks and measures it has."""

    facts: PlanFacts
    tasks: int
    measures: int


@requires_role(*EVERYONE)
def plans_listed() -> tuple[ListedPlan, ...]:
    """Return the plan on the board, as it was imported last; empty where there is none."""
    with reading() as session:
        rows, words = task_rows(session), imported_words(session)
    if not rows:
        return ()
    return (ListedPlan(facts_of_year(rows[0].year), len(words.tasks), len(words.measures)),)


@requires_role(*BUREAU_ALONE)
def put_in_force(preview: PlanPreview, content: bytes, file_name: str, reason: str) -> Imported:
    """Store the plan, from now on. Raises RefusedRequest for what cannot be put in force yet, and where a plan in use
    changes without a reason.
    """
    declarations = preview.declarations
    shipped_areas = {area.title.replace(" ", "") for area in AREAS.values()}
    declared = {
        "方案": [declarations.facts.title] if declarations.facts != facts_of_year(declarations.facts.year) else [],
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
    return import_plan(content, file_name, agreed=True, reason=reason)
