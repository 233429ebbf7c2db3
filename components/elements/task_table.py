"""An area's tasks and measures with deadline, units, how each is judged, and the lamps of all its units."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from catalogue.indicators import INDICATORS
from components.elements import cache
from components.elements.context import PageContext
from components.elements.figures import ratio, target_in_words
from components.elements.lamp import tally
from components.elements.lamp_column import lamp_bar_column
from components.elements.last_day import last_day
from components.elements.phrases import lines, quiet, with_line_below
from components.elements.rendering import Parts, parts_of
from components.elements.table import Column, Kind, Share, Table, Width, table_parts
from components.elements.templates import from_template
from models.lamps import Lamp, MeasureLamp, Scorecard
from models.plan import Measure, Task

BY_UNIT = "#by-unit"
"""Where an area page lists a measure by units."""

MeasureRow = tuple[Measure, Sequence[MeasureLamp]]


def task_tables(tasks: Sequence[Task], card: Scorecard, page: str, here: PageContext) -> Parts:
    """Return one table a task; each measure links to its table by units further down the page."""
    return parts_of(_task(task, card, page, here) for task in tasks)


def _task(task: Task, card: Scorecard, page: str, here: PageContext) -> Parts:
    rows: Sequence[MeasureRow] = [(measure, card.select(measure=measure.code)) for measure in task.measures]
    columns: Sequence[Column[MeasureRow]] = (
        Column[MeasureRow](
            "measure",
            "举措",
            lambda row: row[0].code,
            width=Width.UNBROKEN,
            href=lambda row: here.address(page, measure=row[0].code) + BY_UNIT,
        ),
        Column[MeasureRow](
            "title",
            "内容和评价方式",
            lambda row: f"{row[0].title}（{'；'.join(_judged_by(row))}）",
            drawn=lambda row: with_line_below(row[0].title, *_judged_by(row)),
            phone_label=False,
        ),
        Column[MeasureRow](
            "totals",
            "各单位合计",
            lambda row: "；".join(total.striptags() for total in _totals(row, card, has_units=bool(task.units))),
            width=Width.AT_RIGHT,
            drawn=lambda row: lines(_totals(row, card, has_units=bool(task.units))),
        ),
        lamp_bar_column(lambda row: tally(row[1]).counts, rows),
        Column[MeasureRow]("finished", "已完成", _finished, Kind.SHARE),
        Column[MeasureRow]("overdue", "逾期", lambda row: tally(row[1]).counts[Lamp.OVERDUE], Kind.NUMBER),
    )
    name = f"task_{task.code.replace('.', '_')}"
    table = Table(name, f"任务 {task.code} {task.title}", columns, counted="项举措", page_size=None, css="tasks")
    heading = from_template("elements/task.html", task=task, deadline=deadline_in_words(task))
    return heading + table_parts(table, rows, here)


def _finished(row: MeasureRow) -> Share:
    counts = tally(row[1])
    return Share(counts.finished, counts.counted)


def deadline_in_words(task: Task) -> str:
    """Return the last day with the plan's own words beside it."""
    ruled = "经裁定，" if task.deadline_ruled else ""
    words = f"（{ruled}方案原文“{task.deadline_text}”）" if task.deadline_text else f"（{ruled}方案未写明）"
    return f"{last_day(task)}{words}"


def _judged_by(row: MeasureRow) -> list[str]:
    results = {result.code: result for lamp in row[1] for result in lamp.indicators}
    return [
        f"{INDICATORS[code].title} {target_in_words(result, INDICATORS[code])}" for code, result in results.items()
    ] or ["节点：报告完成并经核验"]


def _totals(row: MeasureRow, card: Scorecard, *, has_units: bool) -> list[Markup]:
    """Return one line an indicator. Without responsible units there is nobody to add up, whatever was reported."""
    measure = row[0]
    nothing = ratio(None, None) if has_units else quiet("未按单位计算", "责任单位存疑")
    totals = [cache.total(card, target.indicator, measure) for target in measure.targets]
    return [nothing if total.numerator is None else ratio(total.numerator, total.denominator) for total in totals]
