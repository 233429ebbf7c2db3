"""One measure by units: each unit's lamp, its figures against the target and the reason, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from catalogue.indicators import INDICATORS
from components.elements.area_column import area_column
from components.elements.bars import target_bar
from components.elements.context import PageContext
from components.elements.figures import target_in_words, value_in_words
from components.elements.last_day import last_day
from components.elements.pace import pace_column
from components.elements.rendering import Parts, render
from components.elements.table import Column, Kind, Share, Table, Width, draw_table, table_markup, table_parts
from components.elements.templates import from_template
from models.definitions import NumberFormat
from models.lamps import IndicatorResult, Lamp, MeasureLamp
from models.plan import Measure

Judged = tuple[MeasureLamp, IndicatorResult]
WORST_FIRST = tuple(Lamp)
ON_A_PAGE, FEW = 30, 5
MOST_GAUGES = 2
"""More indicators than that would leave the reason no room."""


def worst_first(rows: Sequence[MeasureLamp]) -> list[MeasureLamp]:
    return sorted(rows, key=lambda row: (WORST_FIRST.index(row.lamp), _shortfall(row), row.unit or ""))


def draw_units(
    measure: Measure,
    rows: Sequence[MeasureLamp],
    here: PageContext,
    *,
    is_brief: bool = False,
    has_filters: bool = True,
) -> None:
    """Draw one measure by units; every row opens the lamp's proof. `is_brief`: the first few, a line each."""
    columns = [
        Column[MeasureLamp](
            "unit",
            "责任单位",
            lambda row: row.unit or "未明确",
            Kind.UNIT,
            Width.UNBROKEN,
            href=partial(_proof, here),
            is_filter=True,
        ),
        _lamp(here),
        pace_column(),
        *(column for index in range(len(measure.targets)) for column in _figures(measure, index)),
    ]
    if any(row.lamp is Lamp.DOUBT for row in rows):
        columns.insert(2, _by_figures())
    if not is_brief or not measure.targets:
        columns.append(Column[MeasureLamp]("reason", "理由", lambda row: row.reason, width=Width.REASON))
    title = f"{measure.code} {measure.title}：各责任单位"
    table = Table("units", title, columns, counted="个单位", page_size=FEW if is_brief else ON_A_PAGE)
    if has_filters:
        draw_table(table, rows, here)
    else:
        render(table_markup(table, rows, here))


def _by_figures() -> Column[MeasureLamp]:
    """Return the column of what the figures say while the lamp is in doubt."""

    def met(row: MeasureLamp) -> str:
        known = [result.met for result in row.indicators if result.met is not None]
        return "" if not known else "达标" if all(known) else "未达标"

    return Column("figures", "按数值", met, width=Width.UNBROKEN, is_filter=True)


def _proof(here: PageContext, row: MeasureLamp) -> str:
    return here.address("lamp", measure=row.measure, unit=row.unit)


def _lamp(here: PageContext) -> Column[MeasureLamp]:
    return Column(
        "lamp",
        "红绿灯",
        lambda row: row.lamp,
        Kind.LAMP,
        Width.UNBROKEN,
        href=partial(_proof, here),
        is_filter=True,
    )


def _figures(measure: Measure, place: int) -> list[Column[MeasureLamp]]:
    """Return one indicator of the measure: its share or number, and where there is room the bar against the target."""
    indicator = INDICATORS[measure.targets[place].indicator]

    def result(row: MeasureLamp) -> IndicatorResult | None:
        return row.indicators[place] if place < len(row.indicators) else None

    def bar(row: MeasureLamp) -> Markup:
        figure = result(row)
        if figure is None:
            return Markup("")
        gauge = target_bar(figure.value, figure.target, row.lamp)
        return from_template("areas/gauge.html", target=target_in_words(figure, indicator), gauge=gauge)

    def value(row: MeasureLamp) -> float | None:
        figure = result(row)
        return figure.value if figure else None

    def share(row: MeasureLamp) -> Share | None:
        figure = result(row)
        return Share(figure.numerator, figure.denominator) if figure else None

    key = f"value{place}"
    if indicator.number_format is not NumberFormat.SHARE:
        return [Column(key, indicator.title, value, Kind.NUMBER)]
    figures: list[Column[MeasureLamp]] = [Column(key, indicator.title, share, Kind.SHARE)]
    if len(measure.targets) <= MOST_GAUGES:
        figures.append(Column(f"bar{place}", "", value, Kind.PICTURE, Width.GAUGE, drawn=bar, phone_label=False))
    return figures


def _shortfall(row: MeasureLamp) -> float:
    """Return what orders units: the lowest share first, no figures at all before that."""
    return min((result.value if result.value is not None else -1.0 for result in row.indicators), default=0.0)


def lamps_of_unit(name: str, rows: Sequence[MeasureLamp], titles: dict[str, str], here: PageContext) -> Parts:
    """Return the measures of one unit in the order given; `name` tells several such tables of a page apart."""
    columns: Sequence[Column[MeasureLamp]] = (
        Column[MeasureLamp](
            "measure", "举措", lambda row: row.measure, width=Width.UNBROKEN, href=partial(_proof, here)
        ),
        Column[MeasureLamp]("title", "内容", lambda row: titles[row.measure], width=Width.PROSE, phone_label=False),
        area_column(lambda row: row.area),
        _lamp(here),
        pace_column(),
        Column[MeasureLamp](
            "deadline",
            "期限",
            last_day,
            Kind.DAY,
            Width.UNBROKEN,
            order=lambda row: row.deadline,
            drawn=lambda row: from_template("areas/deadline.html", day=last_day(row), words=row.deadline_text),
        ),
        Column[MeasureLamp]("reason", "理由", lambda row: row.reason, width=Width.REASON),
    )
    return table_parts(Table(name, "举措", columns, page_size=None), rows, here)


def indicators_of_unit(rows: Sequence[MeasureLamp], here: PageContext) -> Parts:
    """Return a row an indicator of the unit's measures, against its target; each opens the rows it counts."""
    pairs = [(row, result) for row in rows for result in row.indicators]
    columns = (
        Column[Judged](
            "measure",
            "举措",
            lambda pair: pair[0].measure,
            width=Width.UNBROKEN,
            href=lambda pair: _proof(here, pair[0]),
        ),
        Column[Judged]("indicator", "指标", lambda pair: INDICATORS[pair[1].code].title, width=Width.PROSE),
        Column[Judged]("share", "分子／分母", _counted, Kind.SHARE),
        Column[Judged]("value", "数值", lambda pair: pair[1].value, Kind.NUMBER, drawn=_value),
        Column[Judged]("target", "目标", lambda pair: pair[1].target, Kind.NUMBER, drawn=_target),
        Column[Judged]("bar", "", lambda pair: pair[1].value, Kind.PICTURE, Width.GAUGE, drawn=_bar, phone_label=False),
    )
    return table_parts(Table("indicators", "指标", columns, counted="个指标", page_size=None), pairs, here)


def _counted(pair: Judged) -> Share:
    return Share(pair[1].numerator, pair[1].denominator)


def _value(pair: Judged) -> str:
    return value_in_words(pair[1], INDICATORS[pair[1].code])


def _target(pair: Judged) -> str:
    return target_in_words(pair[1], INDICATORS[pair[1].code])


def _bar(pair: Judged) -> Markup:
    row, result = pair
    is_share = INDICATORS[result.code].number_format is NumberFormat.SHARE
    return target_bar(result.value, result.target, row.lamp) if is_share else Markup("")
