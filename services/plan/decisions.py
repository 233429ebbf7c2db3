"""The plan and the units: imported from workbooks; doubts settled and targets changed with a reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from catalogue.areas import code_of_area
from catalogue.datasets.plan import UNITS
from catalogue.indicators import INDICATORS
from data_access.database import Session, reading, writing
from data_access.judging import understand_apart
from data_access.plan_store import (
    NO_DEADLINE,
    forget_plan,
    is_untouched,
    plan_at,
    plan_row,
    plans_on_board,
    rulings_on,
    save_assignments,
    save_plan,
    save_plan_row,
    save_units,
    sets_no_deadline,
    task_rows,
    units,
)
from data_access.spreadsheets import read
from models.cells import Refused, WorkbookCells
from models.definitions import Dataset, NumberFormat, plain_code
from models.plan import Measure, Plan, Target, Task, UnitInfo
from models.plan_declarations import PlanFacts
from models.tables import PlanRow, TargetRuling, TaskRow, TaskRuling, UnitRow
from models.validation import Problem, ValidationReport
from rules.as_of import EVER
from rules.deadlines import resolve
from rules.intake import IntakeContext, UnitNames
from rules.intake.understanding import Understanding
from rules.plan.changes import PlanChange
from rules.targets import share_of
from rules.working_days import Calendar
from services.access.audit_log import log
from services.access.clock import present
from services.access.current_user import current_user
from services.access.permission import BUREAU_ALONE, requires_role
from services.access.personal_data import logged_unit
from services.access.refusal import RefusedRequest
from services.figures.district_state import plan_asked_about
from services.figures.fold import keep_from
from services.figures.indicator_keys import key_of
from services.plan.import_again import ImportedPlan, change_plan, in_words
from services.plan.unit_words import expand_units, names_several, split_words
from services.plan.versions import keep_version, row_of_facts

MOST_NAMED = 10
MOST_TOLD = 100
LONG_TERM = "长期坚持，不设完成时限"
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Imported:
    """What an import of a plan or unit workbook brought in."""

    tasks: int = 0
    measures: int = 0
    units: int = 0
    doubts: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()  # of a plan in use, in words
    left_out: tuple[str, ...] = ()  # columns of the workbook that say nothing that is asked for
    from_beginning: bool = False  # a plan that nobody has used is what the workbook says, on every day


@requires_role(*BUREAU_ALONE)
def import_units(content: bytes, file_name: str) -> Imported:
    """Read a 责任单位 workbook and bring the units up to date. Raises RefusedRequest with every wrong cell."""
    understood = read_own_workbook(content, file_name, UNITS)
    frame = understood.frames["units"]
    rows = [unit_row(number, row) for number, row in enumerate(frame.to_dict("records"))]
    with writing() as session:
        before = {unit.name: unit for unit in units(session).values()}
        save_units(session, rows)
        expand_assignments(session)
        changed = [unit for unit in units(session).values() if before.get(unit.name) != unit]
        log(
            session,
            "import units",
            file_name,
            detail={"units": len(rows), "changed": len(changed)},
            before={unit.name: _unit_told(before[unit.name]) for unit in changed if unit.name in before},
            after={unit.name: _unit_told(unit) for unit in changed},
        )
    return Imported(units=len(rows), left_out=columns_left_out(understood))


@dataclass(frozen=True)
class Arrival:
    """How a plan comes to the board. `agreed`: to the list of changes. `in_force`: since when it holds, else now, or
    from the beginning where nothing was reported yet. `alone`: plans that nobody has used give way to it.
    """

    content: bytes
    file_name: str
    facts: PlanFacts
    agreed: bool
    reason: str
    in_force: datetime | None
    alone: bool = False
    declares: tuple[str, ...] = ()  # what else it says: datasets, indicators … by their names


def store_plan(
    session: Session,
    imported: ImportedPlan,
    arrival: Arrival,
    declare: Callable[[PlanRow, datetime | None], None] = lambda plan, since: None,
) -> Imported:
    """Store the rows of a plan within a transaction. `declare`: stores what it declares beside them, from an instant
    on, None: from the beginning. Raises RefusedRequest.
    """
    facts, in_force = arrival.facts, arrival.in_force
    before, starts = _plan_told(session, facts.code), {row.year for row in plans_on_board(session)}
    plan, changes = enter_plan(session, imported, arrival, declare)
    if plan is not None and plan.year not in starts:
        keep_from(session, f"{plan.year}-01")
    if plan is not None:
        keep_version(session, plan, arrival.content, arrival.file_name, in_force, arrival.reason)
    standing = None if plan is None else plan_at(session, max(present(), in_force or present()) + TICK, plan.code)
    doubts = tuple(f"{task.code} {doubt}" for task in standing.tasks for doubt in task.doubts) if standing else ()
    after = _plan_told(session, facts.code)
    log(
        session,
        "import plan",
        arrival.file_name,
        detail={
            "plan": facts.code,
            "tasks": len(imported.tasks),
            "measures": len(imported.measures),
            "doubts": doubts,
            **({"since": in_force.isoformat()} if in_force else {}),
            **({"declares": list(arrival.declares)} if arrival.declares else {}),
            **({"reason": arrival.reason, "changes": [in_words(change) for change in changes]} if changes else {}),
        },
        before={code: words for code, words in before.items() if after.get(code) != words},
        after={code: words for code, words in after.items() if before.get(code) != words},
    )
    return Imported(
        tasks=len(imported.tasks),
        measures=len(imported.measures),
        doubts=doubts,
        changes=tuple(in_words(change) for change in changes),
        from_beginning=plan is not None and plan.since is None and not changes,
    )


def enter_plan(
    session: Session, imported: ImportedPlan, arrival: Arrival, declare: Callable[[PlanRow, datetime | None], None]
) -> tuple[PlanRow | None, tuple[PlanChange, ...]]:
    """Store the rows of a plan as `store_plan` does, and nothing beside them: no figure, no version, no entry in the
    log. Return the plan, None where there is none to store, and what changed of one in use. Raises RefusedRequest.
    """
    facts, in_force = arrival.facts, arrival.in_force
    plan, untouched = plan_row(session, facts.code), is_untouched(session)
    since = in_force if untouched else in_force or present()
    if plan is not None and not (untouched and in_force is None and not arrival.reason):
        since = in_force or present()
        declare(plan, since)
        return plan, change_plan(session, plan, facts, imported, since, agreed=arrival.agreed, reason=arrival.reason)
    if imported.tasks:
        if arrival.alone and not untouched:
            _refuse_beside(session, facts)
        plan = _store_new(session, facts, imported, since, declare, alone=arrival.alone)
    return plan, ()


def _refuse_beside(session: Session, facts: PlanFacts) -> None:
    """Setting up a board gives it its one plan; a plan in use does not give way."""
    if there := plans_on_board(session):
        raise RefusedRequest(
            f"库中已有{there[0].year}年方案的报送或裁定，init 不能改为{facts.year}年方案；"
            "两个方案并存的，请用 plan import 导入。"
        )


def _store_new(
    session: Session,
    facts: PlanFacts,
    imported: ImportedPlan,
    since: datetime | None,
    declare: Callable[[PlanRow, datetime | None], None],
    *,
    alone: bool,
) -> PlanRow:
    """A plan that is not on the board, or that nobody has used: it takes the place of the one of its code."""
    for row in plans_on_board(session):
        if row.code == facts.code or (alone and is_untouched(session)):
            forget_plan(session, row.code)
    prefix = f"{facts.code}/" if plans_on_board(session) else ""
    plan = row_of_facts(facts, prefix=prefix, since=since)
    save_plan_row(session, plan)
    declare(plan, since)
    save_plan(session, *imported.stored(plan))
    expand_assignments(session, plan.code)
    return plan


def _unit_told(unit: UnitInfo) -> dict[str, Any]:
    """What the log says of a unit; its people are masked, for the log is never changed and read by many."""
    return logged_unit({name: value for name, value in asdict(unit).items() if name not in ("id", "name")})


def _plan_told(session: Session, code: str) -> dict[str, Any]:
    """What the log says of each task: the plan's words and its indicators with their targets."""
    if plan_row(session, code) is None:
        return {}
    plan = plan_at(session, EVER, code)
    return {
        task.code: {
            "title": task.title,
            "units": task.units_text,
            "deadline": task.deadline_text,
            "target": {
                plain_code(target.indicator): target.value for measure in task.measures for target in measure.targets
            },
        }
        for task in plan.tasks
    }


def frames_of(content: bytes, file_name: str, dataset: Dataset) -> dict[str, pd.DataFrame]:
    """Return part → records of a workbook of the bureau's own. Raises RefusedRequest with every wrong cell."""
    return dict(read_own_workbook(content, file_name, dataset).frames)


def _nothing_more(_: Understanding) -> Iterable[Problem]:
    return ()


def workbook_read_as(content: bytes, file_name: str, dataset: Dataset, template: str = "") -> Understanding:
    """Return a workbook of the bureau's own with its wrong cells. Raises RefusedRequest where it is none."""
    _, reading = cells_read_as(content, file_name, dataset)
    if reading.refusal is not None:
        raise RefusedRequest(
            f"“{file_name}”中没有{dataset.title}的表头，请用 manage.py {template or f'template {dataset.code}'} --out 文件 生成模板，填好后再导入。"  # noqa: E501
        )
    return reading


def cells_read_as(
    content: bytes, file_name: str, dataset: Dataset, remembered: Mapping[tuple[str, str], str] | None = None
) -> tuple[WorkbookCells, Understanding]:
    """Return a workbook of the bureau's own, and how it is understood; a refusal where no table was found. Raises
    RefusedRequest where it cannot be read. `remembered`: (part, heading) → field, of headings confirmed before.
    """
    context = IntakeContext(units=UnitNames((), {}, ""), district=True, remembered=remembered or {})
    try:
        workbook = read(content, file_name)
        return workbook, understand_apart(workbook, [dataset], context)
    except Refused as refused:
        raise RefusedRequest(f"“{file_name}”{refused.refusal.message}") from refused


def read_own_workbook(
    content: bytes,
    file_name: str,
    dataset: Dataset,
    judge: Callable[[Understanding], Iterable[Problem]] = _nothing_more,
    template: str = "",
) -> Understanding:
    """Return a workbook of the bureau's own without a wrong cell; `judge` finds what no cell by itself tells;
    `template`: the command that writes its template, where it is another than of all. Raises RefusedRequest with every
    wrong cell.
    """
    reading = workbook_read_as(content, file_name, dataset, template)
    errors = [problem for problem in (*reading.problems, *judge(reading)) if problem.severity == "error"]
    refuse_wrong_cells(file_name, errors)
    return reading


def refuse_wrong_cells(file_name: str, errors: Sequence[Problem]) -> None:
    """Raises RefusedRequest with every one of them, in the order of the workbook."""
    if not errors:
        return
    lines = [f"{_place(error)}{error.message}" for error in errors[:MOST_TOLD]]
    more = [f"其余 {len(errors) - MOST_TOLD} 处，改正以上各处后再次导入时列出。"] if len(errors) > MOST_TOLD else []
    first = f"“{file_name}”共有 {len(errors)} 处错误，第一处：{lines[0]}"
    raise RefusedRequest("\n".join([first, *lines[1:], *more]))


def columns_left_out(understood: Understanding | ValidationReport) -> tuple[str, ...]:
    """Return the headings that were read as no field, with their columns."""
    return tuple(
        f"{sheet.name} {unmapped_column.column}列“{unmapped_column.label}”"
        + (f"（如是“{unmapped_column.suggestion}”，请改列名）" if unmapped_column.suggestion else "")
        for sheet in understood.sheets
        for unmapped_column in sheet.unmapped
    )


def _place(problem: Problem) -> str:
    return f"工作表“{problem.sheet}”{problem.cell or ''} " if problem.sheet else ""


def unit_row(number: int, row: dict[Any, Any]) -> UnitRow:
    """Return a record of the units workbook as a unit, in its place."""
    return UnitRow(
        name=str(row["unit_name"]),
        kind=str(row["kind"]),
        position=number,
        aliases=split_words(_text(row["aliases"])),
        engineering=row["engineering"] is True,
        leader=_text(row["leader"]) or None,
        person=_text(row["person"]) or None,
        phone=_text(row["phone"]) or None,
    )


def task_row(number: int, row: dict[Any, Any], calendar: Calendar) -> TaskRow:
    text, year = _text(row["deadline_text"]), int(str(row["year"]))
    resolution = resolve(text, year, calendar)
    return TaskRow(
        code=str(row["task"]),
        plan="",
        area=code_of_area(str(row["area"])),
        title=str(row["title"]),
        requirement=_text(row["requirement"]),
        units_text=_text(row["units_text"]),
        deadline_text=text,
        deadline=resolution.day,
        year=year,
        notes=list(resolution.notes),
        deadline_doubt=resolution.doubt,
        other_reading=resolution.other_reading,
        position=number,
    )


def counts_district(indicators: Collection[str], task: TaskRow, lead: Collection[str]) -> bool:
    """Return whether a measure judged by these indicators counts the whole district's rows: where its task has one
    lead unit, and each of them is of a `lead` unit's measures.
    """
    return bool(indicators) and set(indicators) <= set(lead) and not names_several(task.units_text)


def expand_assignments(session: Session, plan: str | None = None) -> None:
    """Assign every task, or those of a plan, to the units in the plan's words, from the beginning; words that name no
    unit raise a doubt.
    """
    known = units(session)
    assigned: dict[str, list[int]] = {}
    for task in task_rows(session, plan):
        assigned[task.code], unknown = expand_units(split_words(task.units_text), known)
        task.units_doubt = _units_doubt(task, assigned[task.code], unknown)
        session.add(task)
    save_assignments(session, assigned)


def _units_doubt(task: TaskRow, assigned: list[int], unknown: list[str]) -> str | None:
    if not task.units_text:
        return "责任单位存疑：方案未写明责任单位。"
    if unknown:
        return f"责任单位存疑：单位名册中没有“{'、'.join(unknown)}”。"
    return None if assigned else f"责任单位存疑：单位名册中没有属于“{task.units_text}”的单位。"


@requires_role(*BUREAU_ALONE)
def settle(
    task: str,
    *,
    deadline: date | None,
    unit_words: Sequence[str] | None,
    reason: str,
    at: datetime,
    seen: Sequence[str] | None = None,
    no_deadline: bool = False,
) -> None:
    """Settle the doubts of a task, or change its deadline or units. `no_deadline`: it goes on (长期坚持) until one is
    settled again. `seen`: the `decided_values` the task that whoever decides had before them; None where they had none.
    Raises RefusedRequest, naming who was first where another decided meanwhile.
    """
    with writing() as session:
        plan = plan_asked_about(session, at)
        planned = plan.task(task)
        if planned is None:
            raise RefusedRequest(f"方案中没有任务“{task}”，任务编号形如 2.1。")
        if seen is not None and tuple(seen) != decided_values(planned, plan):
            raise RefusedRequest(_overtaken(session, planned))
        if deadline is None and not unit_words and not no_deadline:
            raise RefusedRequest("请至少给出完成时限或责任单位之一。")
        if no_deadline and deadline is not None:
            raise RefusedRequest("长期坚持的任务没有完成时限，二者只能定其一。")
        if no_deadline and planned.open_ended:
            raise RefusedRequest(f"任务 {task} 本来就不设完成时限，无须更改。")
        if not reason.strip():
            raise RefusedRequest("请写明理由。")
        decided: date | str | None = LONG_TERM if no_deadline else deadline
        unit_ids = None
        if unit_words:
            unit_ids, unknown = expand_units([w for words in unit_words for w in split_words(words)], dict(plan.units))
            if unknown or not unit_ids:
                raise RefusedRequest(f"单位名册中没有“{'、'.join(unknown or unit_words)}”。")
        session.add(
            TaskRuling(
                task=planned.key,
                deadline=deadline,
                unit_ids=unit_ids,
                words=NO_DEADLINE if no_deadline else None,
                reason=reason,
                at=at,
                by=current_user().name,
            )
        )
        given = {
            "deadline": (planned.deadline or (LONG_TERM if planned.open_ended else None), decided),
            "units": (_names(plan, planned.units), _names(plan, unit_ids or ())),
        }
        ruled = {name: pair for name, pair in given.items() if pair[1]}
        log(
            session,
            "settle",
            task,
            before={name: old for name, (old, _) in ruled.items()},
            after={name: new for name, (_, new) in ruled.items()},
            detail={"reason": reason, "at": at.isoformat()},
        )


def decided_values(task: Task, plan: Plan) -> tuple[str, ...]:
    """Return what a decision on the task changes, as it stands: its deadline, its doubts, its units."""
    return (str(task.deadline), str(task.open_ended), *task.doubts, *_names(plan, task.units))


def _overtaken(session: Session, task: Task) -> str:
    """Return who decided on the task last, and what."""
    last = next(reversed(rulings_on(session, task.key, (), EVER)[0]), None)
    if last is None:
        return f"任务 {task.code} 刚才随方案的导入改变了，您的决定没有保存；请看过后再决定。"
    deadline = f"，完成时限为 {last.deadline}" if last.deadline else ""
    if sets_no_deadline(last):
        deadline = f"为{LONG_TERM}"
    return (
        f"任务 {task.code} 刚才已由{last.by}核定{deadline}（理由：{last.reason}），"
        "您的决定没有保存；请看过后再决定是否更改。"
    )


@requires_role(*BUREAU_ALONE)
def first_to_settle(task: str, at: datetime) -> str:
    """Return who settled the task meanwhile, and how. Raises RefusedRequest for a task that there is not."""
    with reading() as session:
        planned = plan_asked_about(session, at).task(task)
        if planned is None:
            raise RefusedRequest(f"方案中没有任务“{task}”，任务编号形如 2.1。")
        return _overtaken(session, planned)


def _names(plan: Plan, unit_ids: Iterable[int]) -> list[str]:
    return [plan.units[unit].name for unit in unit_ids]


@requires_role(*BUREAU_ALONE)
def set_target(
    indicator: str,
    *,
    target: float | None,
    baseline: float | None,
    reason: str,
    at: datetime,
    measure: str | None = None,
    seen: Target | None = None,
) -> None:
    """Change a target, or enter the baseline of an “increases” target. `measure`: which of the measures that the
    indicator judges; may be left out where it is one. `seen`: the target that whoever decides had before them; None
    where they had none. Raises RefusedRequest, naming who was first where another decided meanwhile.
    """
    with writing() as session:
        plan = plan_asked_about(session, at + timedelta(microseconds=1))
        indicator = key_of(plan, indicator) or indicator
        measure_before = _judged_by(plan, indicator, measure)
        target_before = next(target for target in measure_before.targets if target.indicator == indicator)
        if seen is not None and seen != target_before:
            raise RefusedRequest(_target_overtaken(session, measure_before, indicator))
        if target is None and baseline is None:
            raise RefusedRequest("请给出目标值或基数。")
        if baseline is not None and not target_before.increases:
            raise RefusedRequest(f"指标“{INDICATORS[indicator].title}”的目标不是“增长”，不需要基数。")
        target = _share(indicator, target)
        if not reason.strip():
            raise RefusedRequest("请写明理由。")
        before = {"target": None, "baseline": target_before.value}
        if not target_before.increases:
            before = {"target": target_before.value, "baseline": None}
        session.add(
            TargetRuling(
                indicator=indicator,
                measure=measure_before.key,
                target=target,
                baseline=baseline,
                reason=reason,
                at=at,
                by=current_user().name,
            )
        )
        given = {"target": target, "baseline": baseline}
        log(
            session,
            "target",
            f"{measure_before.code} {INDICATORS[indicator].title}",
            detail={"reason": reason, "at": at.isoformat()},
            before={name: before[name] for name, value in given.items() if value is not None},
            after={name: value for name, value in given.items() if value is not None},
        )


def _target_overtaken(session: Session, measure: Measure, indicator: str) -> str:
    """Return who entered a target or baseline last, and what."""
    title = INDICATORS[indicator].title
    last = next(reversed(rulings_on(session, measure.task, (indicator,), EVER, measure.key)[1]), None)
    if last is None:
        return f"指标“{title}”的目标刚才随方案的导入改变了，您的没有保存；请看过后再决定。"
    entered = f"目标值为 {last.target:.4g}" if last.target is not None else ""
    if last.baseline is not None:
        entered = f"上年同期数为 {last.baseline:.4g}"
    return (
        f"指标“{title}”刚才已由{last.by}录入，{entered}（依据：{last.reason}），您的没有保存；请看过后再决定是否更改。"
    )


def _judged_by(plan: Plan, indicator: str, measure: str | None) -> Measure:
    """The measure of which the indicator's target is meant."""
    judged = [
        measure
        for task in plan.tasks
        for measure in task.measures
        if any(target.indicator == indicator for target in measure.targets)
    ]
    if not judged:
        raise RefusedRequest(f"方案中没有指标“{indicator}”，请用“指标编码”中的代码。")
    codes = "、".join(judged_measure.code for judged_measure in judged)
    if measure is None and len(judged) > 1:
        raise RefusedRequest(
            f"指标“{INDICATORS[indicator].title}”用于举措 {codes}，请指明哪一项（命令行用 --measure）。"
        )
    chosen = next((judged_measure for judged_measure in judged if measure in (None, judged_measure.code)), None)
    if chosen is None:
        raise RefusedRequest(f"举措“{measure}”不用指标“{INDICATORS[indicator].title}”，用它的举措：{codes}。")
    return chosen


def _share(indicator: str, target: float | None) -> float | None:
    """A share as a number between 0 and 1: 95 is meant as 95 %."""
    if target is None or INDICATORS[indicator].number_format is not NumberFormat.SHARE:
        return target
    share = share_of(target)
    if share is None:
        raise RefusedRequest(
            f"指标“{INDICATORS[indicator].title}”是占比，目标不能超过 100%，请填如 0.95 或 95%，现为 {target:g}。"
        )
    return share


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value).strip()  # type: ignore[call-overload]
