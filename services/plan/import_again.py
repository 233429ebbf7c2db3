"""A plan workbook imported over a plan that units have reported on: what it changes as a list, then in force from a day
on by rulings with a reason. Boards of earlier days stay as they were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalogue.areas import area_of
from catalogue.indicators import INDICATORS
from data_access.database import Session
from data_access.plan_store import (
    add_to_plan,
    end_measure,
    end_task,
    imported_words,
    measure_indicator,
    plan_at,
    save_assignments,
    units,
)
from models.definitions import NumberFormat
from models.plan_declarations import PlanFacts
from models.tables import MeasureIndicator, MeasureRow, MeasureRuling, PlanRow, TargetRuling, TaskRow, TaskRuling
from rules.plan.changes import Change, MeasureWords, PlanChange, PlanWords, TargetWords, TaskWords, plan_changes
from rules.plan.declarations import facts_of_year
from rules.plan.target_words import target_text
from services.access.current_user import current_user
from services.access.refusal import RefusedRequest
from services.plan.unit_words import expand_units, split_words

TASK_LABELS = {
    "area": "领域",
    "title": "任务名称",
    "requirement": "任务要求",
    "units_text": "责任单位",
    "deadline_text": "完成时限",
}
MEASURE_LABELS = {"task": "任务编号", "title": "举措名称", "milestone": "评价方式", "warning_days": "预警工作日"}
FIXED = ("task", "milestone")
"""What was reported and decided on a measure rests on these."""


class UnconfirmedChanges(RefusedRequest):
    """What an import would change, for whoever has not agreed to it yet. `lines`: one change each, in words."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        super().__init__(
            f"库中的方案已有报送或裁定，这次导入会改动 {len(lines)} 处（自导入时起生效，不改变此前各日），尚未导入。"
            "确认无误后请加 --yes，并用 --reason 写明理由。"
        )


@dataclass(frozen=True)
class ImportedPlan:
    """The rows of a plan workbook, by the codes that they have in it."""

    tasks: Sequence[TaskRow]
    measures: Sequence[MeasureRow]
    indicators: Sequence[MeasureIndicator]

    def stored(self, plan: PlanRow) -> tuple[list[TaskRow], list[MeasureRow], list[MeasureIndicator]]:
        """Return the rows as a plan stores them, by its keys."""
        prefix = plan.prefix
        tasks = [TaskRow(**row.model_dump() | {"code": prefix + row.code, "plan": plan.code}) for row in self.tasks]
        measures = [
            MeasureRow(**row.model_dump() | {"code": prefix + row.code, "task": prefix + row.task})
            for row in self.measures
        ]
        indicators = [
            MeasureIndicator(**row.model_dump() | {"measure": prefix + row.measure}) for row in self.indicators
        ]
        return tasks, measures, indicators

    def words(self) -> PlanWords:
        targets: dict[str, dict[str, TargetWords]] = defaultdict(dict)
        for row in self.indicators:
            targets[row.measure][row.code] = TargetWords(row.target, row.increases, row.at_most, row.change_by)
        tasks = {
            row.code: TaskWords(row.code, row.area, row.title, row.requirement, row.units_text, row.deadline_text)
            for row in self.tasks
        }
        measures = {
            row.code: MeasureWords(
                row.code, row.task, row.title, row.milestone, row.warning_days, dict(targets[row.code])
            )
            for row in self.measures
        }
        return PlanWords(tasks, measures)


def change_plan(
    session: Session,
    plan: PlanRow,
    facts: PlanFacts,
    imported: ImportedPlan,
    at: datetime,
    *,
    agreed: bool,
    reason: str,
) -> tuple[PlanChange, ...]:
    """Store what the workbook says otherwise than the one imported last, in force from `at` on.

    Raises UnconfirmedChanges where nobody agreed to them, RefusedRequest for what cannot be changed.
    """
    changes = tuple(plan_changes(imported_words(session, plan), imported.words()))
    _refuse_unchangeable(plan, facts, changes)
    if changes and not agreed:
        raise UnconfirmedChanges([in_words(change) for change in changes])
    if changes and not reason.strip():
        raise RefusedRequest("方案已有报送或裁定，改动方案请写明理由（命令行用 --reason）。")
    if changes:
        _Changed(session, plan, imported, at, reason.strip()).store(changes)
    return changes


def _refuse_unchangeable(plan: PlanRow, facts: PlanFacts, changes: Sequence[PlanChange]) -> None:
    """What was reported and decided rests on these."""
    days = (facts.year, facts.begins, facts.ends)
    if facts != facts_of_year(facts.year) and days != (plan.year, plan.begins, plan.ends):
        raise RefusedRequest(
            f"方案 {plan.code} 已付诸实施（{plan.begins} 至 {plan.ends}），"
            "年度和起止日期不能更改，请改回，或另编方案编号。"
        )
    fixed = next((change for change in changes if change.measure is not None and change.name in FIXED), None)
    if fixed is not None:
        raise RefusedRequest(
            f"举措 {fixed.measure} 已有报送或裁定，“{MEASURE_LABELS[fixed.name]}”不能更改，请另编举措号。"
        )


@dataclass(frozen=True)
class _Changed:
    """Stores changes as rulings and as rows that know since when."""

    session: Session
    plan: PlanRow
    imported: ImportedPlan
    at: datetime
    reason: str

    def store(self, changes: Sequence[PlanChange]) -> None:
        new_tasks = {change.task for change in changes if _adds(change, change.measure is None)}
        new_measures = {change.measure for change in changes if _adds(change, change.indicator is None)} - {None}
        self._add(new_tasks, new_measures)
        self._end([change for change in changes if change.change is Change.ENDED and change.indicator is None])
        changed: dict[str, list[PlanChange]] = defaultdict(list)
        for change in changes:
            if change.change is Change.CHANGED and change.measure is None and change.task is not None:
                changed[change.task].append(change)
        for task, of_task in changed.items():
            self._rule_task(task, {change.name for change in of_task})
        for change in changes:
            if change.indicator is not None and change.measure is not None and change.measure not in new_measures:
                self._rule_target(change.measure, change.indicator, change)
        self._rule_measures(changes, new_measures)
        self.session.flush()

    def _add(self, tasks: set[str | None], measures: set[str | None]) -> None:
        known, prefix = units(self.session), self.plan.prefix
        self._refuse_ended(tasks, measures)
        every_task, every_measure, every_indicator = self.imported.stored(self.plan)
        added = [row for row in every_task if row.code.removeprefix(prefix) in tasks]
        rows = [row for row in every_measure if row.code.removeprefix(prefix) in measures]
        indicators = [row for row in every_indicator if row.measure.removeprefix(prefix) in measures]
        for new in (*added, *rows, *indicators):
            new.since = self.at
        add_to_plan(self.session, added, rows, indicators)
        assigned = {row.code: expand_units(split_words(row.units_text), known)[0] for row in added}
        save_assignments(self.session, assigned)

    def _refuse_ended(self, tasks: set[str | None], measures: set[str | None]) -> None:
        """What was reported and decided on a task or a measure belongs to the one that ended."""
        prefix = self.plan.prefix
        ended = [f"任务 {code}" for code in tasks if self.session.get(TaskRow, f"{prefix}{code}") is not None]
        ended += [f"举措 {code}" for code in measures if self.session.get(MeasureRow, f"{prefix}{code}") is not None]
        if ended:
            raise RefusedRequest(f"{ended[0]} 此前已经终止，不能恢复，请另编编号。")

    def _end(self, ended: Sequence[PlanChange]) -> None:
        """What was reported and decided until now stays, and is read as of the days before."""
        for change in ended:
            if change.measure is not None:
                end_measure(self.session, self.plan.prefix + change.measure, self.at)
            elif change.task is not None:
                end_task(self.session, self.plan.prefix + change.task, self.at)

    def _rule_task(self, task: str, names: set[str]) -> None:
        row = next(row for row in self.imported.tasks if row.code == task)
        words: dict[str, Any] = {name: getattr(row, name) for name in names}
        deadline, unit_ids = None, None
        if "deadline_text" in names:
            deadline = row.deadline
            other_reading = row.other_reading and row.other_reading.isoformat()
            words |= {"notes": row.notes, "deadline_doubt": row.deadline_doubt, "other_reading": other_reading}
        if "units_text" in names:
            unit_ids = self._units_of(row)
        self.session.add(
            TaskRuling(
                task=self.plan.prefix + task,
                deadline=deadline,
                unit_ids=unit_ids,
                words=words,
                reason=self.reason,
                at=self.at,
                by=current_user().name,
            )
        )

    def _units_of(self, row: TaskRow) -> list[int]:
        unit_ids, unknown = expand_units(split_words(row.units_text), units(self.session))
        if unknown or not unit_ids:
            raise RefusedRequest(
                f"任务 {row.code} 的责任单位“{'、'.join(unknown) or row.units_text}”不在单位名册中，请先登记或改正。"
            )
        return unit_ids

    def _rule_target(self, measure: str, indicator: str, change: PlanChange) -> None:
        key = self.plan.prefix + measure
        stored = measure_indicator(self.session, key, indicator)
        if change.change is Change.ENDED and stored is not None:
            stored.until = self.at
            self.session.add(stored)
            return
        if change.change is Change.ADDED:
            if stored is not None:
                title = INDICATORS[indicator].title
                raise RefusedRequest(f"举措 {measure} 的指标“{title}”此前已经终止，不能恢复，请另编举措号。")
            _, _, indicators = self.imported.stored(self.plan)
            row = next(row for row in indicators if (row.measure, row.code) == (key, indicator))
            row.since = self.at
            add_to_plan(self.session, (), (), [row])
            return
        assert isinstance(change.after, TargetWords)
        self.session.add(
            TargetRuling(
                indicator=indicator,
                measure=key,
                target=change.after.value,
                increases=change.after.increases,
                at_most=change.after.at_most,
                change_by=change.after.change_by,
                imported=True,
                reason=self.reason,
                at=self.at,
                by=current_user().name,
            )
        )

    def _rule_measures(self, changes: Sequence[PlanChange], added: set[str | None]) -> None:
        """Titles and warning days; and whether it counts the whole district, which follows from the task's units."""
        words: dict[str, dict[str, Any]] = defaultdict(dict)
        for change in changes:
            if change.change is Change.CHANGED and change.measure is not None and change.indicator is None:
                words[change.measure][change.name] = change.after
        plan_then = plan_at(self.session, self.at, self.plan.code)
        of_district = {measure.code: measure.district for task in plan_then.tasks for measure in task.measures}
        for row in self.imported.measures:
            if row.code not in added and row.district != of_district.get(row.code, row.district):
                words[row.code]["district"] = row.district
        for code, words_of_measure in words.items():
            self.session.add(
                MeasureRuling(
                    measure=self.plan.prefix + code,
                    words=words_of_measure,
                    reason=self.reason,
                    at=self.at,
                    by=current_user().name,
                )
            )


def _adds(change: PlanChange, whole: bool) -> bool:
    return whole and change.change is Change.ADDED


def in_words(change: PlanChange) -> str:
    """Return “任务 2 完成时限：“12月底” → “2026年3月底前””."""
    if change.indicator is not None:
        title = f"举措 {change.measure} {INDICATORS[change.indicator].title}"
        if change.change is Change.CHANGED:
            return f"{title}目标：{_value(change.before, change.indicator)} → {_value(change.after, change.indicator)}"
        target = change.after if change.change is Change.ADDED else change.before
        return f"{title}：{change.change}（目标 {_value(target, change.indicator)}）"
    if change.change is Change.ENDED:
        named = f"任务 {change.task}" if change.measure is None else f"举措 {change.measure}"
        return (
            f"终止{named} {change.before.title if isinstance(change.before, TaskWords | MeasureWords) else ''}".strip()
        )
    if isinstance(change.after, TaskWords):
        words = change.after
        return f"新增任务 {words.code} {words.title}（{words.units_text or '未写明单位'}，{words.deadline_text or '未写明时限'}）"  # noqa: E501
    if isinstance(change.after, MeasureWords):
        return f"新增举措 {change.after.code} {change.after.title}"
    where, labels = (
        (f"任务 {change.task}", TASK_LABELS) if change.measure is None else (f"举措 {change.measure}", MEASURE_LABELS)
    )
    return f"{where} {labels[change.name]}：{_said(change.name, change.before)} → {_said(change.name, change.after)}"


def _said(name: str, value: object) -> str:
    if name == "area":
        return area_of(str(value)).title
    return f"“{value}”" if value not in (None, "") else "空白"


def _value(target: object, indicator: str) -> str:
    """A share as per cent, in few digits."""
    if not isinstance(target, TargetWords):
        return "无"
    if target.increases:
        return target_text(target, share=False)
    value, sign = target.value or 0.0, "≤" if target.at_most else ""
    is_count = INDICATORS[indicator].number_format is NumberFormat.COUNT
    return f"{sign}{value:.4g}" if is_count else f"{sign}{value * 100:.4g}%"


def words_ruled(words: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return (label, words) of what an import said otherwise of a task, in the order of the workbook."""
    return [
        (label, area_of(str(words[name])).title if name == "area" else str(words[name] or "空白"))
        for name, label in TASK_LABELS.items()
        if name in words
    ]
