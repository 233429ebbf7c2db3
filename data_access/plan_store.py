"""The plan and the units: stored as imported, read as they stood at an instant with the bureau's rulings applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from data_access.read_once import read_once
from models.deadline_requests import DeadlineRequest
from models.plan import Measure, Plan, Target, Task, UnitInfo
from models.tables import (
    Assignment,
    Evidence,
    MeasureIndicator,
    MeasureRow,
    Submission,
    TargetRuling,
    TaskRow,
    TaskRuling,
    UnitRow,
    Verification,
)
from rules.as_of import day_of, month_of


def units(session: Session) -> dict[int, UnitInfo]:
    """Unit id → unit, in the order of the units workbook."""
    return dict(read_once(session, _units))


def _units(session: Session) -> dict[int, UnitInfo]:
    rows = session.exec(select(UnitRow).order_by(col(UnitRow.position), col(UnitRow.id)))
    return {
        row.id: UnitInfo(
            row.id, row.name, row.kind, row.engineering, tuple(row.aliases), row.leader, row.person, row.phone
        )
        for row in rows
        if row.id is not None
    }


def unit_id_named(session: Session, name: str | None) -> int | None:
    return next((unit.id for unit in units(session).values() if unit.name == name), None)


def plan_at(session: Session, end: datetime) -> Plan:
    """The plan as it stood just before `end`."""
    known, imported = units(session), read_once(session, _imported)
    targets = _targets_at(session, end, imported.indicators)
    measures: dict[str, list[Measure]] = defaultdict(list)
    for row in imported.measures:
        measures[row.task].append(
            Measure(
                row.code, row.task, row.title, row.milestone, row.warning_days, row.district, tuple(targets[row.code])
            )
        )
    rulings = _rulings_before(session, end)
    order = {unit_id: place for place, unit_id in enumerate(known)}
    tasks = tuple(
        _task(row, imported.assigned.get(row.code, []), rulings[row.code], tuple(measures[row.code]), order)
        for row in imported.tasks
    )
    return Plan(imported.tasks[0].year if imported.tasks else end.year, tasks, known)


@dataclass(frozen=True)
class _Imported:
    """The plan's rows as they were imported, of no transaction."""

    tasks: list[TaskRow]
    measures: list[MeasureRow]
    indicators: list[MeasureIndicator]
    assigned: dict[str, list[int]]  # task → unit ids


def _imported(session: Session) -> _Imported:
    assigned: dict[str, list[int]] = defaultdict(list)
    for task, unit_id in session.exec(
        select(Assignment.task, Assignment.unit_id)
    ):  # rows, not objects: there are thousands
        assigned[task].append(unit_id)
    return _Imported(
        [TaskRow(**row.model_dump()) for row in task_rows(session)],
        [MeasureRow(**row.model_dump()) for row in session.exec(select(MeasureRow).order_by(col(MeasureRow.position)))],
        [
            MeasureIndicator(**row.model_dump())
            for row in session.exec(select(MeasureIndicator).order_by(col(MeasureIndicator.position)))
        ],
        dict(assigned),
    )


def _targets_at(session: Session, end: datetime, imported: Iterable[MeasureIndicator]) -> dict[str, list[Target]]:
    ruled: dict[str, tuple[float | None, float | None]] = {}
    for ruling in session.exec(
        select(TargetRuling).where(TargetRuling.at < end).order_by(col(TargetRuling.at), col(TargetRuling.id))
    ):
        target, baseline = ruled.get(ruling.indicator, (None, None))
        ruled[ruling.indicator] = (
            ruling.target if ruling.target is not None else target,
            ruling.baseline if ruling.baseline is not None else baseline,
        )
    targets: dict[str, list[Target]] = defaultdict(list)
    for row in imported:
        target, baseline = ruled.get(row.code, (None, None))
        increases = row.increases and target is None
        value = baseline if increases else (target if target is not None else row.target)
        targets[row.measure].append(Target(row.code, value, increases))
    return targets


def _rulings_before(session: Session, end: datetime) -> dict[str, list[TaskRuling]]:
    rulings: dict[str, list[TaskRuling]] = defaultdict(list)
    for ruling in session.exec(
        select(TaskRuling).where(TaskRuling.at < end).order_by(col(TaskRuling.at), col(TaskRuling.id))
    ):
        rulings[ruling.task].append(ruling)
    return rulings


def rulings_on(
    session: Session, task: str, indicators: Iterable[str], end: datetime
) -> tuple[list[TaskRuling], list[TargetRuling]]:
    """The bureau's decisions before `end` on a task and on these indicators, oldest first."""
    on_targets = select(TargetRuling).where(col(TargetRuling.indicator).in_(list(indicators)), TargetRuling.at < end)
    return _rulings_before(session, end)[task], list(
        session.exec(on_targets.order_by(col(TargetRuling.at), col(TargetRuling.id)))
    )


def _task(
    row: TaskRow,
    imported: list[int],
    rulings: list[TaskRuling],
    measures: tuple[Measure, ...],
    order: Mapping[int, int],
) -> Task:
    deadline, deadline_doubt, units_doubt = row.deadline, row.deadline_doubt, row.units_doubt
    unit_ids, since = imported, dict[int, str]()
    for ruling in rulings:
        if ruling.deadline is not None:
            deadline, deadline_doubt = ruling.deadline, None
        if ruling.unit_ids is not None:
            month = month_of(day_of(ruling.at))
            since = {unit: since.get(unit, month) for unit in ruling.unit_ids if unit in since or unit not in unit_ids}
            unit_ids, units_doubt = ruling.unit_ids, None
    return Task(
        row.code,
        row.area,
        row.title,
        row.requirement,
        row.units_text,
        row.deadline_text,
        deadline,
        tuple(row.notes),
        tuple(doubt for doubt in (deadline_doubt, units_doubt) if doubt),
        row.other_reading,
        tuple(sorted(unit_ids, key=order.__getitem__)),
        since,
        measures,
    )


def save_units(session: Session, rows: Iterable[UnitRow]) -> None:
    """Add new units and bring known ones up to date, found by name or, after a renaming, by an older name, which stays
    known.

    A unit is never removed, nor is a name by which it was known.
    """
    known = list(session.exec(select(UnitRow)))
    by_any_name = {alias: row for row in known for alias in row.aliases} | {row.name: row for row in known}
    for row in rows:
        row_id = by_any_name.get(row.name)
        if row_id is None:
            session.add(row)
            continue
        row_id.aliases = [name for name in dict.fromkeys([*row.aliases, *row_id.aliases]) if name != row_id.name]
        for field in ("kind", "position", "engineering", "leader", "person", "phone"):
            setattr(row_id, field, getattr(row, field))
        session.add(row_id)
    session.flush()


def save_plan(
    session: Session, tasks: Iterable[TaskRow], measures: Iterable[MeasureRow], indicators: Iterable[MeasureIndicator]
) -> None:
    """Store an imported plan; a task, measure or indicator already there takes the imported words."""
    for rows in (tasks, measures, indicators):
        for row in rows:
            session.merge(row)
        session.flush()


def is_untouched(session: Session) -> bool:
    """Whether nothing has been reported or decided yet."""
    tables = (Submission, TaskRuling, TargetRuling, Verification, Evidence, DeadlineRequest)
    return all(session.exec(select(col(table.id)).limit(1)).first() is None for table in tables)


def forget_plan(session: Session) -> None:
    """Take away the imported plan, all of it, so that another can be imported. Only while `is_untouched`."""
    for table in (Assignment, MeasureIndicator, MeasureRow, TaskRow):
        session.exec(delete(table))


def save_assignments(session: Session, task_units: dict[str, list[int]]) -> None:
    """The units that answer for each task as imported, from the beginning."""
    session.exec(delete(Assignment).where(col(Assignment.task).in_(task_units)))
    session.add_all(Assignment(task=task, unit_id=unit) for task, unit_ids in task_units.items() for unit in unit_ids)
    session.flush()


def add_ruling(session: Session, ruling: TaskRuling) -> None:
    session.add(ruling)
    session.flush()


def task_rows(session: Session) -> list[TaskRow]:
    """The tasks as imported."""
    return list(session.exec(select(TaskRow).order_by(col(TaskRow.position))))
