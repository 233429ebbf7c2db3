"""Progress with milestones: how far each unit is by a day; and from a form to an ordinary submission of a workbook made
from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from catalogue.datasets import DATASETS
from catalogue.datasets.progress import PROGRESS
from data_access.database import reading
from data_access.milestones import milestones_at
from data_access.progress import progress_lines
from data_access.table_workbook import SheetTable, Value, table_workbook
from models.definitions import Field
from models.lamps import MilestoneState
from models.plan import Measure, Plan
from models.progress import ProgressLine
from rules.as_of import SHANGHAI, end_of_day
from rules.duty import last_whole_month, month_of
from rules.intake.doubtful_progress import ON_SCREEN
from rules.units.changes import family
from services.access.clock import present
from services.access.permission import EVERYONE, WHO_REPORTS, requires_role
from services.access.personal_data import masked_line, masked_unit, unmasked_values
from services.access.refusal import RefusedRequest
from services.figures.district_state import district_state, plan_asked_about
from services.intake.checked_workbook import CheckedWorkbook, Request
from services.intake.checking import check
from services.intake.plan_of_report import MeasuresNamed
from services.intake.questions import Question, questions_about_measure
from services.intake.upload import Submitted, submit

DONE = "已完成"


@dataclass(frozen=True)
class ProgressEntry:
    """What the form says of one measure for one month."""

    measure: str
    state: str
    account: str
    percent: int | None = None
    completed_on: date | None = None
    difficulty: str | None = None
    next_step: str | None = None
    leader: str | None = None
    person: str | None = None
    phone: str | None = None
    added: Mapping[str, Any] = field(default_factory=dict)  # field that a plan added → what is typed in it


def fields_added() -> tuple[Field, ...]:
    """Return the columns of a progress report that plans of the board added to it."""
    shipped = {field.name for field in PROGRESS.main.fields}
    return tuple(
        field for field in DATASETS[PROGRESS.code].main.fields if field.name not in shipped and not field.names_plan
    )


@dataclass(frozen=True)
class Assignment:
    """A milestone measure of one unit. `latest`: the row of the latest month that stands; people as reported, else as
    registered.

    `returned`: why the bureau returned it, until it is reported done again.
    """

    unit: str
    task: str
    measure: str
    title: str
    latest: ProgressLine | None
    leader: str | None
    person: str | None
    returned: str | None


@requires_role(*WHO_REPORTS, own="unit")
def report_progress(unit: str, month: str, entry: ProgressEntry, *, at: datetime | None) -> Submitted:
    """Submit the unit's progress report of a month with this entry and every other row that it holds already.

    Raises RefusedRequest where the entry does not hold together or changes nothing.
    """
    return submit(_workbook_with(unit, month, entry, at)[0], at=at)


@requires_role(*WHO_REPORTS, own="unit")
def progress_questions(unit: str, month: str, entry: ProgressEntry, *, at: datetime | None) -> tuple[Question, ...]:
    """Return what to ask before the entry is submitted. Raises RefusedRequest as `report_progress` does."""
    return questions_about_measure(*_workbook_with(unit, month, entry, at), at)


def _workbook_with(unit: str, month: str, entry: ProgressEntry, at: datetime | None) -> tuple[CheckedWorkbook, str]:
    """The workbook, and what the tables call the measure."""
    instant = at or present()
    end = instant + timedelta(microseconds=1)
    with reading() as session:
        plan = plan_asked_about(session, end)
        unit_id = _checked(plan, unit, month, entry, instant)
        lines = list(progress_lines(session, DATASETS[PROGRESS.code], end, [unit_id]))
        named = MeasuresNamed(session, district_state(session, end), end, month)
    key = plan.key_of(entry.measure)
    earlier = [*(line for line in lines if line.measure == key), plan.units[unit_id]]
    entry = ProgressEntry(**unmasked_values(asdict(entry), unit, earlier))
    lines_in_force = [line for line in lines if line.in_force and line.month == month]
    old = next((line for line in lines_in_force if line.measure == key), None)
    entry = replace(entry, added={**(old.added if old else {}), **entry.added})
    if old is not None and _values(old) == _values(replace(entry, measure=key)):
        raise RefusedRequest(f"与 {month} 已报的内容相同，没有重复报送。")
    rows = [
        replace(line, measure=named.written(line.measure))
        for line in lines_in_force
        if line.measure != key and plan.code_of(line.measure) is not None
    ]
    entry = replace(entry, measure=named.written(key))
    made = instant.astimezone(SHANGHAI).replace(tzinfo=None)
    content = _workbook(unit, [*rows, entry], made)
    workbook = check(content, f"{unit}{month}任务进展{ON_SCREEN}.xlsx", Request(PROGRESS.code, unit, False, month))
    return workbook, key


def _checked(plan: Plan, unit: str, month: str, entry: ProgressEntry, at: datetime) -> int:
    judged = plan.measure(entry.measure)
    if judged is None or not judged.milestone:
        raise RefusedRequest(f"方案中没有按节点评价的举措“{entry.measure}”。")
    task, unit_id, today = plan.task(judged.task), plan.unit_id(unit), at.astimezone(SHANGHAI).date()
    if task is None or unit_id is None or unit_id not in task.units:
        raise RefusedRequest(f"{unit}不承担举措 {entry.measure}。")
    if month > month_of(today):
        raise RefusedRequest(f"{month} 尚未开始，不能报送。")
    if not entry.account.strip():
        raise RefusedRequest("请填写进展情况。")
    if entry.state == DONE and entry.completed_on is None:
        raise RefusedRequest("进展状态为“已完成”的，请填写完成日期。")
    if entry.completed_on is not None and (entry.state != DONE or entry.completed_on > today):
        raise RefusedRequest("完成日期只在“已完成”时填写，且不能晚于今天。")
    return unit_id


FIELDS = (
    "measure",
    "state",
    "percent",
    "completed_on",
    "account",
    "difficulty",
    "next_step",
    "leader",
    "person",
    "phone",
)


def _values(row: ProgressLine | ProgressEntry) -> dict[str, Value]:
    values = {name: getattr(row, name) for name in FIELDS}
    values |= {name: as_typed(value) for name, value in row.added.items()}
    return {name: (value.strip() or None) if isinstance(value, str) else value for name, value in values.items()}


def as_typed(value: Any) -> Value:
    """Return what a clerk would write for a value."""
    return ("是" if value else "否") if isinstance(value, bool) else value


def _workbook(unit: str, rows: list[ProgressLine | ProgressEntry], made: datetime) -> bytes:
    fields = (*PROGRESS.main.fields, *fields_added())
    cells = [
        [({**_values(row), "unit": unit}).get(field.name) for field in fields]
        for row in sorted(rows, key=lambda row: row.measure)
    ]
    return table_workbook([SheetTable(PROGRESS.title, [field.label for field in fields], cells)], made)


@requires_role(*EVERYONE, own="unit")
def assignments(as_of: date, unit: str | None = None) -> tuple[Assignment, ...]:
    """Return every milestone measure of a unit, or of all, in the order of the plan."""
    end = end_of_day(as_of)
    with reading() as session:
        plan = plan_asked_about(session, end)
        own = None if unit is None else plan.unit_id(unit) or 0
        wanted = None if own is None else family(plan, own)
        lines = [line for line in progress_lines(session, PROGRESS, end, wanted) if line.in_force]
        states = milestones_at(session, PROGRESS, end, None, wanted)
    latest = {
        (line.unit_id, line.measure): line for line in sorted(lines, key=lambda line: (line.month, line.accepted_at))
    }
    return tuple(
        _assignment(plan, measure, unit_id, _latest(plan, unit_id, measure, latest), states.get((measure.key, unit_id)))
        for task in plan.tasks
        for measure in task.measures
        if measure.milestone
        for unit_id in task.units
        if own in (None, unit_id)
    )


def _latest(
    plan: Plan, unit_id: int, measure: Measure, latest: Mapping[tuple[int, str], ProgressLine]
) -> ProgressLine | None:
    """The unit's own, else that of a unit that it came from."""
    members = (latest.get((member, measure.key)) for member in family(plan, unit_id))
    return next((line for line in members if line is not None), None)


def _assignment(
    plan: Plan, measure: Measure, unit_id: int, latest: ProgressLine | None, state: MilestoneState | None
) -> Assignment:
    registered = masked_unit(plan.units[unit_id])
    latest = masked_line(latest, registered.name) if latest else None
    leader = (latest.leader if latest else None) or registered.leader
    person = (latest.person if latest else None) or registered.person
    returned = state.returned_reason if state and state.completion is None else None
    return Assignment(registered.name, measure.task, measure.code, measure.title, latest, leader, person, returned)


def months_to_report(as_of: date) -> tuple[str, ...]:
    """Return the last month that is over, and the one that runs, newest first."""
    return tuple(dict.fromkeys((month_of(as_of), last_whole_month(as_of))))
