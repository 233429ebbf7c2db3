"""What the plan has shown beside a measure though no lamp looks at it: one quiet line with value, numerator and
denominator.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup, escape

from catalogue.indicators import INDICATORS, UNJUDGED
from components.elements import cache
from components.elements.empty_state import note
from components.elements.figures import ratio, value_in_words
from components.elements.phrases import with_hint
from models.definitions import NumberFormat
from models.lamps import IndicatorResult


def unjudged_markup(measures: Iterable[str], day: date, unit: str | None = None) -> Markup:
    """Return a line for each of the measures that has such figures; nothing for the others."""
    unjudged_figures = cache.unjudged_figures(day, unit)
    return Markup("").join(_line(code, unjudged_figures[code]) for code in measures if code in unjudged_figures)


def _line(measure: str, results: Iterable[IndicatorResult]) -> Markup:
    figures = Markup("；").join(_in_words(result) for result in results)
    return note(Markup("{} 参考指标（不参与判定）：{}。").format(measure, figures))


def _in_words(result: IndicatorResult) -> Markup:
    indicator = (INDICATORS | UNJUDGED)[result.code]
    if result.numerator is None:
        return escape(f"{indicator.title} 无数据")
    words = f"{indicator.title} {value_in_words(result, indicator)}"
    if indicator.number_format is NumberFormat.COUNT:
        return with_hint(words, indicator.numerator)
    counted = Markup("{}（{}）").format(words, ratio(result.numerator, result.denominator))
    return with_hint(counted, f"{indicator.numerator}／{indicator.denominator}")
