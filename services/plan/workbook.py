"""The plan on the board as a workbook: as it was imported last, so that importing it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.areas import area_of
from catalogue.datasets.plan import MEASURES, TASKS
from catalogue.datasets.plan_workbook import AREAS as AREA_SHEET
from catalogue.datasets.plan_workbook import BESIDE, DATASETS, FACTS, FIELDS, LIMITS
from catalogue.datasets.plan_workbook import INDICATORS as INDICATOR_SHEET
from catalogue.indicators import INDICATORS, UNJUDGED
from data_access.database import reading
from data_access.plan_store import imported_words, plan_row
from data_access.table_workbook import SheetTable, Value, table_workbook
from models.definitions import NumberFormat, Part, plain_code
from models.plan_declarations import PlanFacts
from models.tables import DeclarationEntry
from rules.plan.changes import MeasureWords, TargetWords, TaskWords
from rules.plan.declarations import facts_of_year
from rules.plan.target_words import target_text
from services.access.clock import present
from services.access.permission import EVERYONE, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import plan_asked_about
from services.plan.declarations import Standing, standing_declarations
from services.plan.versions import facts_of_row

FURTHER_SHEETS: dict[str, Part] = {
    "area": AREA_SHEET,
    "dataset": DATASETS,
    "field": FIELDS,
    "indicator": INDICATOR_SHEET,
    "limit": LIMITS,
    "beside": BESIDE,
}
"""Kind of an entry → its sheet."""


@requires_role(*EVERYONE)
def plan_workbook(plan: str | None = None) -> bytes:
    """Return the sheets 任务 and 举措, 方案 where it says more than the year, and those of what the plan declares, with
    the words of the plan of this code, else of the one asked about. Raises RefusedRequest where there is none.
    """
    with reading() as session:
        row = plan_row(session, plan_asked_about(session, present(), plan).code)
        if row is None:
            raise RefusedRequest("库中还没有方案。")
        words, facts = imported_words(session, row), facts_of_row(row)
        standing = standing_declarations(session, row.code)
    year = facts.year
    sheets = [] if facts == facts_of_year(year) and not standing.of_plan else [_facts(facts)]
    return table_workbook(
        [
            *sheets,
            SheetTable(
                TASKS.code,
                [field.label for field in TASKS.fields],
                [_task(task, year) for task in words.tasks.values()],
            ),
            SheetTable(
                MEASURES.code,
                [field.label for field in MEASURES.fields],
                [_measure(measure) for measure in words.measures.values()],
            ),
            *_further(standing),
        ]
    )


def _facts(facts: PlanFacts) -> SheetTable:
    row: list[Value] = [
        facts.code,
        facts.title,
        facts.year,
        facts.first_month,
        facts.begins,
        facts.ends,
        facts.document,
    ]
    return SheetTable(FACTS.code, [field.label for field in FACTS.fields], [row])


def _task(task: TaskWords, year: int) -> list[str | int]:
    area = area_of(task.area).title
    return [task.code, area, task.title, task.requirement, task.units_text, task.deadline_text, year]


def _measure(measure: MeasureWords) -> list[str | int | None]:
    return [
        measure.code,
        measure.task,
        measure.title,
        "节点" if measure.milestone else "指标",
        "、".join(plain_code(key) for key in measure.targets),
        "、".join(_target(key, target) for key, target in measure.targets.items()),
        measure.warning_days,
    ]


def _target(key: str, target: TargetWords) -> str:
    return target_text(target, share=(INDICATORS | UNJUDGED)[key].number_format is NumberFormat.SHARE)


def _further(standing: Standing) -> Iterator[SheetTable]:
    """The sheets of what the plan declares, as they were typed."""
    for kind, part in FURTHER_SHEETS.items():
        rows = [_sheet_row(kind, entry, part) for entry in standing.of_plan.values() if entry.kind == kind]
        if rows:
            yield SheetTable(part.code, [field.label for field in part.fields], rows)


def _sheet_row(kind: str, entry: DeclarationEntry, part: Part) -> list[Value]:
    words = dict(entry.sheet_row)
    if kind == "area":
        words = {"area": entry.declared["title"], "position": str(entry.declared["position"] + 1)} | words
    if kind == "beside":
        words["indicator"] = plain_code(entry.declared["indicator"])
    return [words.get(field.name) for field in part.fields]
