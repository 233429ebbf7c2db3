"""The tasks that follow from the register, in which the plan names units by name, alias or group: from a change of the
register to the tasks that units gain and lose from then on. What was answered for before stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from data_access.database import Session
from data_access.plan_store import add_ruling, is_untouched, plan_at, plans_on_board, task_rows
from models.plan import Task, UnitInfo
from models.tables import TaskRow, TaskRuling
from services.access.current_user import current_user
from services.access.refusal import RefusedRequest
from services.plan.decisions import expand_assignments
from services.plan.unit_words import expand_units, split_words

Register = Mapping[int, UnitInfo]


@dataclass(frozen=True)
class DutyChange:
    """A task with the units (by number) that answer for it from now on, or no longer."""

    task: str
    added: tuple[int, ...]
    removed: tuple[int, ...]


def duty_changes(
    session: Session, before: Register, after: Register, at: datetime
) -> list[tuple[DutyChange, list[int]]]:
    """Return each task whose units change, with all its units from `at` on. Raises RefusedRequest where a task would
    have none.
    """
    end = at + timedelta(microseconds=1)
    plans = [plan_at(session, end, plan.code) for plan in plans_on_board(session)]
    tasks_by_key = {task.key: task for plan in plans for task in plan.tasks}
    duties = [
        _of_task(row, tasks_by_key[row.code], before, after) for row in task_rows(session) if row.code in tasks_by_key
    ]
    return [duty for duty in duties if duty is not None]


def _of_task(row: TaskRow, task: Task, before: Register, after: Register) -> tuple[DutyChange, list[int]] | None:
    words = split_words(task.units_text)
    named_before, _ = expand_units(words, dict(before))
    named, unknown = expand_units(words, dict(after))
    if row.units_doubt in task.doubts and row.units_doubt is not None:
        return None if unknown or not named else (DutyChange(row.code, tuple(named), ()), named)
    added = [unit for unit in named if unit not in named_before and unit not in task.units]
    removed = [unit for unit in named_before if unit not in named and unit in task.units]
    if not added and not removed:
        return None
    units = [*(unit for unit in task.units if unit not in removed), *added]
    if not units:
        raise RefusedRequest(f"这样更改后任务 {row.code} 没有责任单位，请先核定该任务的责任单位。")
    return DutyChange(row.code, tuple(added), tuple(removed)), units


def follow(session: Session, before: Register, after: Register, at: datetime, reason: str) -> tuple[DutyChange, ...]:
    """Store what follows for the tasks: while nothing was reported or decided as part of the plan, afterwards as a
    ruling from `at` on.
    """
    changes = duty_changes(session, before, after, at)
    if is_untouched(session):
        expand_assignments(session)
    else:
        for change, units in changes:
            add_ruling(
                session,
                TaskRuling(
                    task=change.task, unit_ids=units, reason=f"单位名册变更：{reason}", at=at, by=current_user().name
                ),
            )
    return tuple(change for change, _ in changes)


def in_words(changes: Iterable[DutyChange], unit: int) -> str:
    """Return “自此承担任务 1.1、1.2；不再承担 8.4”; empty where nothing changes for the unit."""
    gained = [change.task for change in changes if unit in change.added]
    lost = [change.task for change in changes if unit in change.removed]
    return "；".join(
        filter(
            None,
            (f"自此承担任务 {'、'.join(gained)}" if gained else "", f"不再承担任务 {'、'.join(lost)}" if lost else ""),
        )
    )
