"""The plan on the board as a workbook: as it was imported last, so that importing it again changes nothing."""

from __future__ import annotations

from catalogue.areas import AREAS
from catalogue.datasets.plan import MEASURES, TASKS
from catalogue.datasets.plan_workbook import FACTS
from catalogue.indicators import INDICATORS
from data_access.database import reading
from data_access.plan_store import imported_words, plan_row
from data_access.table_workbook import SheetTable, Value, table_workbook
from models.definitions import NumberFormat
from models.plan_declarations import PlanFacts
from rules.plan.changes import MeasureWords, TargetWords, TaskWords
from rules.plan.declarations import facts_of_year
from rules.targets import parse_target
from services.access.clock import present
from services.access.permission import EVERYONE, requires_role
from services.access.refusal import RefusedRequest
from services.figures.district_state import plan_asked_about
from services.plan.versions import facts_of_row


@requires_role(*EVERYONE)
def plan_workbook(plan: str | None = None) -> bytes:
    """Return the sheets 任务 and 举措, and 方案 where it says more than the year, with the words of the plan of this
    code, else of the one asked about. Raises RefusedRequest where there is none.
    """
    with reading() as session:
        row = plan_row(session, plan_asked_about(session, present(), plan).code)
        if row is None:
            raise RefusedRequest("库中还没有方案。")
        words, facts = imported_words(session, row), facts_of_row(row)
    year = facts.year
    said = [] if facts == facts_of_year(year) else [_facts(facts)]
    return table_workbook(
        [
            *said,
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
    area = AREAS[task.area].title
    return [task.code, area, task.title, task.requirement, task.units_text, task.deadline_text, year]


def _measure(measure: MeasureWords) -> list[str | int | None]:
    return [
        measure.code,
        measure.task,
        measure.title,
        "节点" if measure.milestone else "指标",
        "、".join(measure.targets),
        "、".join(_target(code, target) for code, target in measure.targets.items()),
        measure.warning_days,
    ]


def _target(code: str, target: TargetWords) -> str:
    """A share as per cent where that says it exactly, else as the number itself."""
    if target.increases:
        return "增长"
    value = target.value or 0.0
    is_share = INDICATORS[code].number_format is NumberFormat.SHARE
    percent = f"{value * 100:.6g}%"
    read_back = parse_target(percent, share=is_share)
    return percent if is_share and read_back is not None and read_back.value == value else f"{value!r}"
