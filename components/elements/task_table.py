"""An area's tasks and measures with deadline, units, how each is judged, and the lamps of all its units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from catalogue.indicators import INDICATORS
from components.elements.bars import lamp_bar
from components.elements.context import PageContext
from components.elements.figures import target_in_words
from components.elements.lamp import tally
from components.elements.links import link
from components.elements.tables import Column, Row, ratio, table
from models.lamps import Lamp, MeasureLamp, Scorecard
from models.plan import Measure, Task
from services.board.history import point

BY_UNIT = "#by-unit"
"""Where an area page lists a measure by units."""

COLUMNS = (
    Column("举措", css="nowrap"),
    Column("内容和评价方式"),
    Column("各单位合计", number=True),
    Column("红绿灯分布", css="wide"),
    Column("已完成", number=True, told=True),
    Column("逾期", number=True, told=True),
)


def task_tables(tasks: Sequence[Task], card: Scorecard, page: str, here: PageContext) -> Markup:
    """One table a task; each measure links to its table by units further down the page."""
    return Markup("").join(_task(task, card, page, here) for task in tasks)


def _task(task: Task, card: Scorecard, page: str, here: PageContext) -> Markup:
    doubts = Markup("").join(Markup('<p class="doubt lamp-doubt">◆ {}</p>').format(doubt) for doubt in task.doubts)
    heading = Markup('<h3 class="task">{} {}<small>期限 {}　责任单位 {}</small></h3>').format(
        task.code, task.title, deadline_in_words(task), task.units_told
    )
    return heading + doubts + table(COLUMNS, list(_measures(task, card, page, here)), css="stacked tasks")


def deadline_in_words(task: Task) -> str:
    """The last day with the plan's own words beside it."""
    ruled = "经裁定，" if task.deadline_ruled else ""
    words = f"（{ruled}方案原文“{task.deadline_text}”）" if task.deadline_text else f"（{ruled}方案未写明）"
    return f"{task.deadline or '未定'}{words}"


def _measures(task: Task, card: Scorecard, page: str, here: PageContext) -> Iterator[Row]:
    for measure in task.measures:
        rows = card.select(measure=measure.code)
        found = tally(rows)
        finished = found.counts[Lamp.DONE] + found.counts[Lamp.DONE_LATE]
        code = link(measure.code, here.address(page, measure=measure.code) + BY_UNIT)
        yield (
            code,
            _judged_by(measure, rows),
            _totals(measure, card, bool(task.units)),
            lamp_bar(found.counts),
            ratio(finished, found.counted),
            found.counts[Lamp.OVERDUE],
        )


def _judged_by(measure: Measure, rows: Sequence[MeasureLamp]) -> Markup:
    results = {result.code: result for row in rows for result in row.indicators}
    how = Markup("<br>").join(
        f"{INDICATORS[code].title} {target_in_words(result, INDICATORS[code])}" for code, result in results.items()
    )
    return Markup('{}<br><span class="quiet">{}</span>').format(measure.title, how or "节点：报告完成并经核验")


def _totals(measure: Measure, card: Scorecard, has_units: bool) -> Markup:
    """One line an indicator, each beside the line that says its target. Without responsible units there is nobody to
    add up, whatever was reported.
    """
    points = [point(card, target.indicator, measure.code, district=measure.district) for target in measure.targets]
    nothing = ratio(None, None) if has_units else Markup('<span class="quiet" title="责任单位存疑">未按单位计算</span>')
    return Markup("<br>").join(
        nothing if one.numerator is None else ratio(one.numerator, one.denominator) for one in points
    )
