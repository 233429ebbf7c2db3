"""One measure by units: each unit's lamp, its figures against the target and the reason, the worst first."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from catalogue.indicators import INDICATORS
from components.elements.bars import target_bar
from components.elements.context import PageContext
from components.elements.figures import target_in_words, value_in_words
from components.elements.lamp import chip
from components.elements.links import link
from components.elements.tables import Column, Row, ratio, table
from models.definitions import NumberFormat
from models.lamps import IndicatorResult, Lamp, MeasureLamp
from models.plan import Measure

WORST_FIRST = tuple(Lamp)


def worst_first(rows: Sequence[MeasureLamp]) -> list[MeasureLamp]:
    return sorted(rows, key=lambda row: (WORST_FIRST.index(row.lamp), _shortfall(row), row.unit or ""))


def unit_table(measure: Measure, rows: Sequence[MeasureLamp], here: PageContext) -> Markup:
    """Every row opens the lamp's proof."""
    return table(_columns(measure), [_row(row, _with_gauges(measure), here) for row in rows], css="cards")


def _columns(measure: Measure) -> list[Column]:
    figures = [
        column
        for target in measure.targets
        for column in _figure_columns(INDICATORS[target.indicator].title, _with_gauges(measure))
    ]
    return [Column("责任单位", css="nowrap"), Column("红绿灯", css="nowrap"), *figures, Column("理由", css="reason")]


def _with_gauges(measure: Measure) -> bool:
    """More than two would leave the reason no room."""
    return len(measure.targets) <= 2


def _figure_columns(title: str, with_gauge: bool) -> list[Column]:
    gauge = [Column("", css="gauge-cell")] if with_gauge else []
    return [Column(title, number=True), Column("", number=True), *gauge]


def _row(row: MeasureLamp, with_gauges: bool, here: PageContext) -> Row:
    detail = here.address("lamp", measure=row.measure, unit=row.unit)
    figures = [cell for result in row.indicators for cell in _cells(result, row.lamp, with_gauges)]
    return (link(row.unit or "未明确", detail), link(chip(row.lamp), detail), *figures, row.reason)


def _cells(result: IndicatorResult, lamp: Lamp, with_gauge: bool) -> list[Markup | str]:
    indicator = INDICATORS[result.code]
    figures: list[Markup | str] = [ratio(result.numerator, result.denominator), value_in_words(result, indicator)]
    if with_gauge:
        gauge = (
            target_bar(result.value, result.target, lamp)
            if indicator.number_format is NumberFormat.SHARE
            else Markup("")
        )
        figures.append(Markup('<div title="目标 {}">{}</div>').format(target_in_words(result, indicator), gauge))
    return figures


def _shortfall(row: MeasureLamp) -> float:
    """The lowest share first; no figures at all before that."""
    return min((result.value if result.value is not None else -1.0 for result in row.indicators), default=0.0)


def lamps_of_unit(rows: Sequence[MeasureLamp], titles: dict[str, str], here: PageContext) -> Markup:
    """The measures of one unit, in the plan's order."""
    columns = (
        Column("举措", css="nowrap"),
        Column("内容"),
        Column("红绿灯", css="nowrap"),
        Column("期限", css="nowrap"),
        Column("理由", css="reason"),
    )
    return table(columns, [_unit_row(row, titles, here) for row in rows], css="cards unit-lamps")


def _unit_row(row: MeasureLamp, titles: dict[str, str], here: PageContext) -> Row:
    detail = here.address("lamp", measure=row.measure, unit=row.unit)
    day = Markup('{} <span class="quiet">{}</span>').format(row.deadline or "未定", row.deadline_text or "未写明")
    return link(row.measure, detail), titles[row.measure], link(chip(row.lamp), detail), day, row.reason


INDICATOR_COLUMNS = (
    Column("举措", css="nowrap"),
    Column("指标"),
    Column("分子／分母", number=True),
    Column("数值", number=True),
    Column("目标", number=True),
    Column("", css="gauge-cell"),
)


def indicators_of_unit(rows: Sequence[MeasureLamp], here: PageContext) -> Markup:
    """A row an indicator of the unit's measures, against its target; each opens the rows it counts."""
    return table(INDICATOR_COLUMNS, [_indicator_row(row, one, here) for row in rows for one in row.indicators])


def _indicator_row(row: MeasureLamp, one: IndicatorResult, here: PageContext) -> Row:
    indicator = INDICATORS[one.code]
    name = link(row.measure, here.address("lamp", measure=row.measure, unit=row.unit))
    gauge = target_bar(one.value, one.target, row.lamp) if indicator.number_format is NumberFormat.SHARE else Markup("")
    counted = Markup('<span title="{}">{}</span>').format(
        "／".join(filter(None, (indicator.numerator, indicator.denominator))), ratio(one.numerator, one.denominator)
    )
    return name, indicator.title, counted, value_in_words(one, indicator), target_in_words(one, indicator), gauge
