"""The plan as it stands: tasks with the plan's own words beside what they were resolved to, doubts and notes."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from catalogue.indicators import INDICATORS
from components.elements.tables import Column, Row, table
from models.plan import Measure, Plan, Target, Task

COLUMNS = (
    Column("任务", css="nowrap"),
    Column("名称"),
    Column("完成时限", css="nowrap"),
    Column("方案原文", css="nowrap"),
    Column("责任单位"),
    Column("单位数", number=True),
    Column("举措和目标"),
    Column("存疑和备注"),
)


RULED = Markup('<span class="quiet">经裁定</span>')


def plan_table(tasks: Sequence[Task]) -> Markup:
    return table(COLUMNS, [_row(task) for task in tasks], css="plan")


def _row(task: Task) -> Row:
    day = task.deadline.isoformat() if task.deadline else "未定"
    measures = Markup("<br>").join(_measure(measure) for measure in task.measures)
    doubts = [Markup('<span class="lamp-doubt doubt-word">◆ {}</span>').format(doubt) for doubt in task.doubts]
    notes = [Markup('<span class="quiet">{}</span>').format(note) for note in task.notes]
    return (
        task.code,
        task.title,
        Markup("{}<br>{}").format(day, RULED) if task.deadline_ruled else day,
        task.deadline_text or "未写明",
        task.units_told,
        len(task.units),
        measures,
        Markup("<br>").join([*doubts, *notes]),
    )


def _measure(measure: Measure) -> Markup:
    targets = "；".join(f"{INDICATORS[one.indicator].title} {target_words(one)}" for one in measure.targets)
    return Markup('{} {} <span class="quiet">{}</span>').format(measure.code, measure.title, targets or "节点，经核验")


def target_words(target: Target) -> str:
    if target.increases:
        return "比基数增长（基数未录入）" if target.value is None else f"高于基数 {target.value:.4g}"
    return "未设目标" if target.value is None else f"≥ {100 * target.value:.4g}%"


def doubtful(plan: Plan) -> list[Task]:
    return [task for task in plan.tasks if task.doubts]


def without_baseline(plan: Plan) -> list[Target]:
    """Targets to increase for which nothing to compare with has been entered."""
    return [
        target
        for task in plan.tasks
        for measure in task.measures
        for target in measure.targets
        if target.increases and target.value is None
    ]
