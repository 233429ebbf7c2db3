"""An indicator's figure as a meeting reads it: “85.3%（249/292）”, “3.5（7/2）”, “12”."""

from __future__ import annotations

from models.lamps import IndicatorResult
from rules.bulletins.words import number_in_words


def figure_in_words(result: IndicatorResult | None, *, is_share: bool) -> str:
    """Return the value with numerator and denominator, or why there is none. `is_share`: printed as per cent."""
    if result is None or result.numerator is None:
        return "无数据"
    if result.denominator is None:
        return number_in_words(result.numerator)
    if result.value is None:
        return "无可计"
    value = f"{result.value:.1%}" if is_share else number_in_words(result.value)
    return f"{value}（{number_in_words(result.numerator)}/{number_in_words(result.denominator)}）"
