"""One table measure × indicator: value, target, how much is short, the lamps of all units, the months as a line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from catalogue.indicators import INDICATORS
from components.elements import cache
from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.figures import figure, target_in_words
from components.elements.lamp import tally
from components.elements.lamp_column import lamp_bar_column
from components.elements.last_day import LONG_TERM
from components.elements.phrases import quiet, with_line_below
from components.elements.sparkline import sparkline
from components.elements.table import Column, Kind, Share, Table, Width, table_markup
from components.elements.task_table import BY_UNIT, deadline_in_words
from components.elements.templates import from_template
from models.definitions import NumberFormat
from models.lamps import IndicatorResult, Lamp, MeasureLamp, Scorecard
from models.plan import Measure, Task
from services.board.history import Point

ROUNDING = 1e-9


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator of a measure, of all its units; a milestone has none."""

    task: Task
    measure: Measure
    lamps: Sequence[MeasureLamp]
    indicator: str | None = None
    total: Point | None = None

    @property
    def result(self) -> IndicatorResult | None:
        """Return the indicator as it stands for one of the units: its target is everybody's."""
        results = (result for lamp in self.lamps for result in lamp.indicators if result.code == self.indicator)
        return next(results, None)

    @property
    def short(self) -> float | None:
        """Return how many are missing to the target, or None where that cannot be counted."""
        total, result = self.total, self.result
        if total is None or result is None or total.numerator is None or result.target is None or result.at_most:
            return None
        least = result.target * total.denominator if total.denominator is not None else result.target
        if not float(total.numerator).is_integer() or total.denominator == 0:
            return None
        return max(0, math.ceil(least - total.numerator - ROUNDING))


def measure_table(tasks: Sequence[Task], card: Scorecard, current: Measure, here: PageContext) -> Markup:
    """Return the table; `current` is the measure that stands open below it."""
    rows = [row for task in tasks for measure in task.measures for row in _rows(task, measure, card)]
    columns: Sequence[Column[IndicatorRow]] = (
        Column[IndicatorRow](
            "measure",
            "举措",
            lambda row: row.measure.code,
            width=Width.UNBROKEN,
            href=lambda row: here.same_page(measure=row.measure.code, units_page=None) + BY_UNIT,
        ),
        Column[IndicatorRow](
            "title",
            "内容和指标",
            lambda row: row.measure.title,
            width=Width.PROSE,
            drawn=lambda row: with_line_below(row.measure.title, _judged_by(row)),
            phone_label=False,
        ),
        Column[IndicatorRow](
            "deadline",
            "期限",
            lambda row: row.task.deadline,
            Kind.DAY,
            Width.UNBROKEN,
            drawn=lambda row: _deadline(row),
        ),
        Column[IndicatorRow]("value", "数值", _value, Kind.SHARE, drawn=_value_in_words),
        Column[IndicatorRow]("short", "还差", lambda row: row.short, Kind.NUMBER, drawn=_short),
        Column[IndicatorRow](
            "course",
            "各月走势",
            lambda row: row.total.value if row.total else None,
            Kind.PICTURE,
            drawn=partial(_sparkline, here=here),
            sortable=False,
            phone_label=False,
        ),
        lamp_bar_column(lambda row: tally(row.lamps).counts, rows),
        Column[IndicatorRow]("overdue", "逾期", lambda row: tally(row.lamps).counts[Lamp.OVERDUE], Kind.NUMBER),
    )
    table = Table("measures", "举措和指标", columns, counted="项", page_size=None, css="measures")
    return table_markup(table, rows, here) + Markup("").join(_doubts(rows))


def worst_measure(tasks: Iterable[Task], card: Scorecard) -> Measure:
    """Return the measure with most overdue, then with most that are neither finished nor in doubt: the one that a page
    opens with.
    """

    def severity(measure: Measure) -> tuple[int, int]:
        counts = tally(card.select(measure=measure.code))
        return counts.counts[Lamp.OVERDUE], counts.counted - counts.finished - counts.counts[Lamp.DOUBT]

    return max((measure for task in tasks for measure in task.measures), key=severity)


def _rows(task: Task, measure: Measure, card: Scorecard) -> list[IndicatorRow]:
    lamps = card.select(measure=measure.code)
    targets = [target.indicator for target in measure.targets]
    if not targets:
        return [IndicatorRow(task, measure, lamps)]
    return [IndicatorRow(task, measure, lamps, code, cache.total(card, code, measure)) for code in targets]


def _judged_by(row: IndicatorRow) -> str:
    result = row.result
    if row.indicator is None:
        return "节点：报告完成并经核验"
    title = INDICATORS[row.indicator].title
    return f"{title} {target_in_words(result, INDICATORS[row.indicator])}" if result else title


def _deadline(row: IndicatorRow) -> Markup | str:
    if row.task.open_ended:
        return quiet(LONG_TERM, deadline_in_words(row.task))
    if row.task.deadline is None:
        return quiet("未核定", deadline_in_words(row.task))
    return quiet(f"{row.task.deadline:%-m月%-d日}", deadline_in_words(row.task))


def _value(row: IndicatorRow) -> Share | None:
    return Share(row.total.numerator, row.total.denominator) if row.total else None


def _value_in_words(row: IndicatorRow) -> str | Markup:
    total = row.total
    if row.indicator is None:
        counts = tally(row.lamps)
        return from_template("elements/table/share.html", share=Share(counts.finished, counts.counted), figure=figure)
    if total is None or total.numerator is None:
        return quiet("未按单位计算", "责任单位存疑") if not row.task.units else quiet("无数据")
    if INDICATORS[row.indicator].number_format is NumberFormat.COUNT:
        return figure(total.numerator)
    return from_template("elements/table/share.html", share=Share(total.numerator, total.denominator), figure=figure)


def _short(row: IndicatorRow) -> str | Markup:
    if row.short is None:
        return ""
    return f"{row.short:,.0f}" if row.short else quiet("0", "已达到目标")


def _sparkline(row: IndicatorRow, here: PageContext) -> Markup:
    """Return the months as a line; nothing where there is one value or none."""
    if row.indicator is None:
        return Markup("")
    is_share = INDICATORS[row.indicator].number_format is NumberFormat.SHARE
    return sparkline(cache.history(row.indicator, row.measure.code, here.day), is_share=is_share)


def _doubts(rows: Sequence[IndicatorRow]) -> list[Markup]:
    """Return one sentence for the measures in doubt: what is not settled, and how many fall short by their figures."""
    by_reason = dict[str, dict[str, int]]()
    for row in rows:
        if any(lamp.lamp is Lamp.DOUBT for lamp in row.lamps):
            short = sum(any(result.met is False for result in lamp.indicators) for lamp in row.lamps if lamp.unit)
            by_reason.setdefault(_why_in_doubt(row), {})[row.measure.code] = short
    return [note(_in_doubt(reason, short)) for reason, short in by_reason.items()]


def _why_in_doubt(row: IndicatorRow) -> str:
    if row.task.doubts or not row.task.units:
        return "期限或责任单位未核定"
    return "基数未录入"


def _in_doubt(reason: str, short: Mapping[str, int]) -> str:
    known = {code: number for code, number in short.items() if number}
    figures = "、".join(f"{code} {number:,} 个单位" for code, number in known.items())
    return f"{'、'.join(short)} {reason}，暂不判定{f'；按数值未达标：{figures}' if figures else ''}。"
