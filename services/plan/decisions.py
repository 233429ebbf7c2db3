"""The plan and the units: imported from workbooks; doubts settled and targets changed with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd

from catalogue.areas import AREAS
from catalogue.datasets.plan import PLAN, UNITS
from catalogue.indicators import INDICATORS, LEAD_INDICATORS
from data_access.calendar_days import calendar_days
from data_access.database import Session, writing
from data_access.plan_store import (
    forget_plan,
    is_untouched,
    plan_at,
    save_assignments,
    save_plan,
    save_units,
    task_rows,
    units,
)
from data_access.spreadsheets import read
from models.cells import Refused
from models.definitions import Dataset
from models.plan import Plan, UnitInfo
from models.tables import MeasureIndicator, MeasureRow, TargetRuling, TaskRow, TaskRuling, UnitRow
from models.validation import Problem
from rules.deadlines import resolve
from rules.intake import IntakeContext, UnitNames, understand
from rules.targets import parse_target
from rules.working_days import Calendar
from services.access.audit_log import log
from services.access.current_user import current_user
from services.access.permission import BUREAU_ALONE, requires_role
from services.access.personal_data import logged_unit
from services.access.refusal import RefusedRequest

GROUPS = {
    "镇街": "镇街",
    "各镇街": "镇街",
    "部门": "部门",
    "各部门": "部门",
    "区政府各相关部门": "部门",
    "区直部门": "部门",
}
ENGINEERING = "工程建设项目审批单位"
MOST_NAMED = 10


@dataclass(frozen=True)
class Imported:
    """What an import of a plan or unit workbook brought in."""

    tasks: int = 0
    measures: int = 0
    units: int = 0
    doubts: tuple[str, ...] = ()


@requires_role(*BUREAU_ALONE)
def import_units(content: bytes, file_name: str) -> Imported:
    """Read a 责任单位 workbook and bring the units up to date. Raises RefusedRequest with the first wrong cell."""
    frame = frames_of(content, file_name, UNITS)["units"]
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
    return Imported(units=len(rows))


@requires_role(*BUREAU_ALONE)
def import_plan(content: bytes, file_name: str) -> Imported:
    """Read a 任务分解表 workbook and store it. Raises RefusedRequest with the first wrong cell."""
    frames = frames_of(content, file_name, PLAN)
    with writing() as session:
        calendar = Calendar.from_rows(calendar_days(session))
        tasks = [_task_row(number, row, calendar) for number, row in enumerate(frames["任务"].to_dict("records"))]
        measures, indicators = _measure_rows(frames["举措"], {task.code for task in tasks})
        before = _plan_told(session)
        _make_room(session, tasks, measures)
        save_plan(session, tasks, measures, indicators)
        expand_assignments(session)
        doubts = tuple(
            f"{row.code} {doubt}"
            for row in task_rows(session)
            for doubt in (row.deadline_doubt, row.units_doubt)
            if doubt
        )
        after = _plan_told(session)
        log(
            session,
            "import plan",
            file_name,
            detail={"tasks": len(tasks), "measures": len(measures), "doubts": doubts},
            before={code: words for code, words in before.items() if after.get(code) != words},
            after={code: words for code, words in after.items() if before.get(code) != words},
        )
    return Imported(tasks=len(tasks), measures=len(measures), doubts=doubts)


def _unit_told(unit: UnitInfo) -> dict[str, Any]:
    """What the log says of a unit; its people are masked, for the log is never changed and read by many."""
    return logged_unit({name: value for name, value in asdict(unit).items() if name not in ("id", "name")})


def _plan_told(session: Session) -> dict[str, Any]:
    """What the log says of each task: the plan's words and its indicators with their targets."""
    plan = plan_at(session, datetime.now(UTC))
    return {
        task.code: {
            "title": task.title,
            "units": task.units_text,
            "deadline": task.deadline_text,
            "target": {target.indicator: target.value for measure in task.measures for target in measure.targets},
        }
        for task in plan.tasks
    }


def _make_room(session: Session, tasks: list[TaskRow], measures: Sequence[MeasureRow]) -> None:
    """A plan that nobody has reported or decided on gives way; one that somebody has stays of its year, and loses
    nothing.
    """
    there, years = task_rows(session), sorted({task.year for task in tasks})
    if len(years) > 1:
        raise RefusedRequest(
            f"工作表“任务”写有多个年度（{'、'.join(map(str, years))}），一个工作簿只能是一个年度的方案。"
        )
    if there and is_untouched(session):
        forget_plan(session)
    elif there and [there[0].year] != years:
        raise RefusedRequest(
            f"库中已有{there[0].year}年方案的报送或裁定，不能改为{years[0]}年方案；请另建数据库（设置 DATABASE_URL）后导入。"  # noqa: E501
        )
    elif there:
        _refuse_less(session, tasks, measures)


def _refuse_less(session: Session, tasks: Sequence[TaskRow], measures: Sequence[MeasureRow]) -> None:
    """What was reported and decided on a task or a measure would hang in the air without it."""
    before = plan_at(session, datetime.now(UTC)).tasks
    kept_tasks, kept_measures = {task.code for task in tasks}, {measure.code for measure in measures}
    lacking = [f"任务 {task.code}" for task in before if task.code not in kept_tasks]
    lacking += [
        f"举措 {measure.code}"
        for task in before
        if task.code in kept_tasks
        for measure in task.measures
        if measure.code not in kept_measures
    ]
    if lacking:
        named = "、".join(lacking[:MOST_NAMED]) + ("等" if len(lacking) > MOST_NAMED else "")
        raise RefusedRequest(
            f"库中的方案已有报送或裁定，只能增改，不能删减：新工作簿缺少{named}，共 {len(lacking)} 项。请补齐后重新导入。"  # noqa: E501
        )


def frames_of(content: bytes, file_name: str, dataset: Dataset) -> dict[str, pd.DataFrame]:
    """Part → records of a workbook of the bureau's own. Raises RefusedRequest with the first wrong cell."""
    try:
        workbook = read(content, file_name)
    except Refused as refused:
        raise RefusedRequest(f"“{file_name}”{refused.refusal.message}") from refused
    context = IntakeContext(units=UnitNames((), {}, ""), district=True)
    reading = understand(workbook, [dataset], context)
    if reading.refusal is not None:
        raise RefusedRequest(f"“{file_name}”{reading.refusal.message}")
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    if errors:
        raise RefusedRequest(f"“{file_name}”共有 {len(errors)} 处错误，第一处：{_place(errors[0])}{errors[0].message}")
    return dict(reading.frames)


def _place(problem: Problem) -> str:
    return f"工作表“{problem.sheet}”{problem.cell or ''} " if problem.sheet else ""


def unit_row(number: int, row: dict[Any, Any]) -> UnitRow:
    """A record of the units workbook as a unit, in its place."""
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


def _task_row(number: int, row: dict[Any, Any], calendar: Calendar) -> TaskRow:
    text, year = _text(row["deadline_text"]), int(str(row["year"]))
    resolution = resolve(text, year, calendar)
    area = next(code for code, area in AREAS.items() if area.title == row["area"])
    return TaskRow(
        code=str(row["task"]),
        area=area,
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


def _measure_rows(frame: pd.DataFrame, tasks: set[str]) -> tuple[list[MeasureRow], list[MeasureIndicator]]:
    measures, indicators = [], list[MeasureIndicator]()
    for number, row in enumerate(frame.to_dict("records")):
        code, task = str(row["measure"]), str(row["task"])
        if task not in tasks:
            raise RefusedRequest(
                f"工作表“举措”第 {row['_row']} 行：举措 {code} 的任务编号“{task}”不在“任务”表中，请核对。"
            )
        codes = split_words(_text(row["indicators"])) if row["judged_by"] == "指标" else []
        twice = next((indicator for indicator in indicators if indicator.code in codes), None)
        if twice is not None:
            raise RefusedRequest(
                f"工作表“举措”第 {row['_row']} 行：指标“{twice.code}”已用于举措 {twice.measure}，一个指标只能用于一项举措。"  # noqa: E501
            )
        indicators += _measure_indicators(
            code, codes, split_words(_text(row["targets"])), len(indicators), int(row["_row"])
        )
        days = row["warning_days"]
        measures.append(
            MeasureRow(
                code=code,
                task=task,
                title=str(row["title"]),
                milestone=row["judged_by"] == "节点",
                warning_days=None if pd.isna(days) else int(days),
                district=bool(codes) and set(codes) <= LEAD_INDICATORS,
                position=number,
            )
        )
    return measures, indicators


def _measure_indicators(
    measure: str, codes: list[str], targets: list[str], position: int, row: int
) -> list[MeasureIndicator]:
    unknown = [code for code in codes if code not in INDICATORS]
    if unknown:
        raise RefusedRequest(f"工作表“举措”第 {row} 行：没有名为“{unknown[0]}”的指标，请按指标目录填写指标编码。")
    if len(targets) != len(codes):
        raise RefusedRequest(
            f"工作表“举措”第 {row} 行：指标编码有 {len(codes)} 个，目标值有 {len(targets)} 个，请逐一对应。"
        )
    if len(set(codes)) < len(codes):
        raise RefusedRequest(f"工作表“举措”第 {row} 行：指标编码有重复，请保留一个。")
    rows = []
    for offset, (code, text) in enumerate(zip(codes, targets, strict=True)):
        target = parse_target(text)
        if target is None:
            raise RefusedRequest(f"工作表“举措”第 {row} 行：目标值“{text}”不能识别，请填数、百分数或“增长”。")
        rows.append(
            MeasureIndicator(
                code=code, measure=measure, target=target.value, increases=target.increases, position=position + offset
            )
        )
    return rows


def expand_assignments(session: Session) -> None:
    """The units in the plan's words of every task, from the beginning; words that name no unit raise a doubt."""
    known = units(session)
    assigned: dict[str, list[int]] = {}
    for task in task_rows(session):
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


def expand_units(words: Sequence[str], known: dict[int, UnitInfo]) -> tuple[list[int], list[str]]:
    """Names, aliases and groups → unit ids without repeats, and the words that are none of these."""
    numbers: dict[int, None] = {}
    unknown = []
    for word in words:
        members = _members(word, known)
        if members is None:
            unknown.append(word)
        else:
            numbers.update(dict.fromkeys(members))
    return list(numbers), unknown


def _members(word: str, known: dict[int, UnitInfo]) -> list[int] | None:
    if word in GROUPS:
        return [unit.id for unit in known.values() if unit.kind == GROUPS[word]]
    if word == ENGINEERING:
        return [unit.id for unit in known.values() if unit.engineering]
    return [unit.id for unit in known.values() if word == unit.name or word in unit.aliases] or None


@requires_role(*BUREAU_ALONE)
def settle(task: str, *, deadline: date | None, unit_words: Sequence[str] | None, reason: str, at: datetime) -> None:
    """The bureau settles the doubts of a task, or changes its deadline or units. Raises RefusedRequest."""
    with writing() as session:
        plan = plan_at(session, at)
        planned = plan.task(task)
        if planned is None:
            raise RefusedRequest(f"方案中没有任务“{task}”，任务编号形如 2.1。")
        if deadline is None and not unit_words:
            raise RefusedRequest("请至少给出完成时限或责任单位之一。")
        if not reason.strip():
            raise RefusedRequest("请写明理由。")
        unit_ids = None
        if unit_words:
            unit_ids, unknown = expand_units([w for words in unit_words for w in split_words(words)], dict(plan.units))
            if unknown or not unit_ids:
                raise RefusedRequest(f"单位名册中没有“{'、'.join(unknown or unit_words)}”。")
        session.add(
            TaskRuling(task=task, deadline=deadline, unit_ids=unit_ids, reason=reason, at=at, by=current_user().name)
        )
        given = {
            "deadline": (planned.deadline, deadline),
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


def _names(plan: Plan, unit_ids: Iterable[int]) -> list[str]:
    return [plan.units[unit].name for unit in unit_ids]


@requires_role(*BUREAU_ALONE)
def set_target(indicator: str, *, target: float | None, baseline: float | None, reason: str, at: datetime) -> None:
    """The bureau changes a target, or enters the baseline of an “increases” target. Raises RefusedRequest."""
    with writing() as session:
        row = session.get(MeasureIndicator, indicator)
        if row is None:
            raise RefusedRequest(f"方案中没有指标“{indicator}”，请用“指标编码”中的代码。")
        if target is None and baseline is None:
            raise RefusedRequest("请给出目标值或基数。")
        if baseline is not None and not row.increases:
            raise RefusedRequest(f"指标“{INDICATORS[indicator].title}”的目标不是“增长”，不需要基数。")
        if not reason.strip():
            raise RefusedRequest("请写明理由。")
        standing = _standing_target(plan_at(session, at + timedelta(microseconds=1)), row)
        session.add(
            TargetRuling(
                indicator=indicator, target=target, baseline=baseline, reason=reason, at=at, by=current_user().name
            )
        )
        given = {"target": target, "baseline": baseline}
        log(
            session,
            "target",
            f"{row.measure} {INDICATORS[indicator].title}",
            detail={"reason": reason, "at": at.isoformat()},
            before={name: standing[name] for name, value in given.items() if value is not None},
            after={name: value for name, value in given.items() if value is not None},
        )


def _standing_target(plan: Plan, row: MeasureIndicator) -> dict[str, float | None]:
    measure = plan.measure(row.measure)
    target = next(target for target in measure.targets if target.indicator == row.code) if measure else None
    value = target.value if target else None
    return {"target": None, "baseline": value} if target and target.increases else {"target": value, "baseline": None}


def split_words(text: str) -> list[str]:
    """Names in a cell, between 、 and other separators."""
    return [word for word in re.split(r"[、,，;；\s]+", text) if word]


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value).strip()  # type: ignore[call-overload]
