"""The plan as it stands: tasks with the plan's own words beside what they were resolved to, doubts and notes."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from catalogue.indicators import INDICATORS
from components.elements.context import PageContext
from components.elements.last_day import last_day
from components.elements.phrases import doubt, lines, quiet
from components.elements.rendering import Parts
from components.elements.table import Column, Kind, Table, Width, table_parts
from models.definitions import NumberFormat
from models.plan import Measure, Plan, Target, Task


def plan_table(name: str, title: str, tasks: Sequence[Task], here: PageContext) -> Parts:
    """Return the tasks with the plan's own words beside what they were resolved to; `name` tells several such tables
    of a page apart.
    """
    columns = (
        Column[Task]("task", "任务", lambda task: task.code, width=Width.UNBROKEN),
        Column[Task]("title", "名称", lambda task: task.title),
        Column[Task](
            "deadline",
            "完成时限",
            last_day,
            Kind.DAY,
            Width.UNBROKEN,
            order=lambda task: task.deadline,
            drawn=_deadline,
        ),
        Column[Task]("words", "方案原文", lambda task: task.deadline_text or "未写明", width=Width.UNBROKEN),
        Column[Task]("units", "责任单位", lambda task: task.units_told),
        Column[Task]("number", "单位数", lambda task: len(task.units), Kind.NUMBER),
        Column[Task](
            "measures",
            "举措和目标",
            lambda task: "；".join(
                f"{measure.code} {measure.title}（{targets_in_words(measure)}）" for measure in task.measures
            ),
            drawn=lambda task: lines(_measure(measure) for measure in task.measures),
        ),
        Column[Task](
            "doubts",
            "存疑和备注",
            lambda task: "；".join((*task.doubts, *task.notes)),
            drawn=lambda task: lines([*map(doubt, task.doubts), *map(quiet, task.notes)]),
        ),
    )
    table = Table(name, title, columns, counted="项任务", page_size=None, css="plan")
    return table_parts(table, tasks, here)


def _deadline(task: Task) -> str | Markup:
    day = str(last_day(task))
    return lines((day, quiet("经裁定"))) if task.deadline_ruled else day


def _measure(measure: Measure) -> Markup:
    return Markup("{} {} {}").format(measure.code, measure.title, quiet(targets_in_words(measure)))


def targets_in_words(measure: Measure) -> str:
    """Return “按时办结率 ≥ 95%”, or how a milestone is judged."""
    targets = "；".join(f"{INDICATORS[target.indicator].title} {target_words(target)}" for target in measure.targets)
    return targets or "节点，经核验"


def target_words(target: Target) -> str:
    if target.increases:
        way = ("下降" if target.at_most else "增长") + (f" {100 * target.change_by:.4g}%" if target.change_by else "")
        if target.value is None:
            return f"比基数{way}（基数未录入）"
        if target.change_by is not None:
            return f"比基数 {target.value:.4g} {way}以上"
        return f"{'低于' if target.at_most else '高于'}基数 {target.value:.4g}"
    if target.value is None:
        return "未设目标"
    is_share = INDICATORS[target.indicator].number_format is NumberFormat.SHARE
    amount = f"{100 * target.value:.4g}%" if is_share else f"{target.value:.4g}"
    return f"{'≤' if target.at_most else '≥'} {amount}"


def doubtful(plan: Plan) -> list[Task]:
    return [task for task in plan.tasks if task.doubts]


def without_baseline(plan: Plan) -> list[Target]:
    """Return targets to increase for which nothing to compare with has been entered."""
    return [
        target
        for task in plan.tasks
        for measure in task.measures
        for target in measure.targets
        if target.increases and target.value is None
    ]
