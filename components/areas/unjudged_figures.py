"""What the plan has shown beside a measure though no lamp looks at it: one quiet line with value, numerator and
denominator.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from catalogue.indicators import SHOWN
from components.elements import cache
from components.elements.figures import value_in_words
from components.elements.tables import ratio
from models.definitions import NumberFormat
from models.lamps import IndicatorResult


def shown_beside(measures: Iterable[str], day: date, unit: str | None = None) -> Markup:
    """A line for each of the measures that has such figures; nothing for the others."""
    shown_figures = cache.shown_figures(day, unit)
    return Markup("").join(_line(code, shown_figures[code]) for code in measures if code in shown_figures)


def _line(measure: str, results: Iterable[IndicatorResult]) -> Markup:
    said = Markup("；").join(_said(result) for result in results)
    return Markup('<p class="note">{} 参考指标（不参与判定）：{}。</p>').format(measure, said)


def _said(result: IndicatorResult) -> Markup:
    indicator = SHOWN[result.code]
    if result.numerator is None:
        return Markup("{} 无数据").format(indicator.title)
    if indicator.number_format is NumberFormat.COUNT:
        return Markup('<span title="{}">{} {}</span>').format(
            indicator.numerator, indicator.title, value_in_words(result, indicator)
        )
    return Markup('<span title="{}／{}">{} {}（{}）</span>').format(
        indicator.numerator,
        indicator.denominator,
        indicator.title,
        value_in_words(result, indicator),
        ratio(result.numerator, result.denominator),
    )
