"""From the plan as last imported and a workbook imported over it to the list of what changes.

A plan that units have reported on changes only from a day on, and only what the workbook says otherwise than the one
before it: what the bureau has decided since stands where the words are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Change(StrEnum):
    """What an import does to something of the plan."""

    ADDED = "新增"
    CHANGED = "变更"
    ENDED = "终止"


@dataclass(frozen=True, slots=True)
class TaskWords:
    """A task in the words of a workbook."""

    code: str
    area: str  # 领域 as printed
    title: str
    requirement: str
    units_text: str
    deadline_text: str


@dataclass(frozen=True, slots=True)
class TargetWords:
    """What an indicator is held against in one measure."""

    value: float | None
    increases: bool
    at_most: bool = False
    change_by: float | None = None


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """A measure in the words of a workbook; `targets`: indicator code → target."""

    code: str
    task: str
    title: str
    milestone: bool
    warning_days: int | None
    targets: Mapping[str, TargetWords] = field(default_factory=dict)


@dataclass(frozen=True)
class PlanWords:
    """All tasks and measures of one workbook by their codes."""

    tasks: Mapping[str, TaskWords]
    measures: Mapping[str, MeasureWords]


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One line of the list. `name`: the field that changes, "" for the whole task, measure or target.

    `indicator`: of a change of a target. `before` and `after` are the values as in the words, None where there is none.
    """

    change: Change
    task: str | None
    measure: str | None
    indicator: str | None
    name: str
    before: object
    after: object


def plan_changes(before: PlanWords, after: PlanWords) -> list[PlanChange]:
    """Return what changes, tasks first, then measures with their targets, each in the order of the new workbook."""
    return [*_task_changes(before.tasks, after.tasks), *_measure_changes(before.measures, after.measures)]


def _task_changes(before: Mapping[str, TaskWords], after: Mapping[str, TaskWords]) -> Iterator[PlanChange]:
    for code, task in after.items():
        if code not in before:
            yield PlanChange(Change.ADDED, code, None, None, "", None, task)
            continue
        for name, old, new in _differences(before[code], task, ("area", "title", "requirement", *TASK_RULED)):
            yield PlanChange(Change.CHANGED, code, None, None, name, old, new)
    for code in _gone(before, after):
        yield PlanChange(Change.ENDED, code, None, None, "", before[code], None)


TASK_RULED = ("units_text", "deadline_text")
"""What decides the lamps of a task: who answers for it, and until when."""


def _measure_changes(before: Mapping[str, MeasureWords], after: Mapping[str, MeasureWords]) -> Iterator[PlanChange]:
    for code, measure in after.items():
        if code not in before:
            yield PlanChange(Change.ADDED, measure.task, code, None, "", None, measure)
            continue
        for name, old, new in _differences(before[code], measure, ("task", "title", "milestone", "warning_days")):
            yield PlanChange(Change.CHANGED, measure.task, code, None, name, old, new)
        yield from _target_changes(measure, before[code].targets)
    for code in _gone(before, after):
        yield PlanChange(Change.ENDED, before[code].task, code, None, "", before[code], None)


def _target_changes(measure: MeasureWords, before: Mapping[str, TargetWords]) -> Iterator[PlanChange]:
    for indicator, target in measure.targets.items():
        old = before.get(indicator)
        if old != target:
            change = Change.ADDED if old is None else Change.CHANGED
            yield PlanChange(change, measure.task, measure.code, indicator, "target", old, target)
    for indicator in _gone(before, measure.targets):
        yield PlanChange(Change.ENDED, measure.task, measure.code, indicator, "target", before[indicator], None)


def _differences(
    old: TaskWords | MeasureWords, new: TaskWords | MeasureWords, names: Iterable[str]
) -> Iterator[tuple[str, object, object]]:
    for name in names:
        if getattr(old, name) != getattr(new, name):
            yield name, getattr(old, name), getattr(new, name)


def _gone(before: Iterable[str], after: Mapping[str, object]) -> Iterator[str]:
    return (code for code in before if code not in after)
