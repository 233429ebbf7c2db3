"""Figures and targets in words: an indicator's result in, “≥ 50%” and “30.0%” out."""

from __future__ import annotations

from components.elements.tables import figure, percent
from models.definitions import Indicator, NumberFormat
from models.lamps import IndicatorResult


def value_in_words(result: IndicatorResult, indicator: Indicator) -> str:
    """“—” where there is no value; the reason stands with numerator and denominator."""
    if result.value is None:
        return "—"
    return percent(result.value) if indicator.number_format is NumberFormat.SHARE else figure(result.value)


def target_in_words(result: IndicatorResult, indicator: Indicator) -> str:
    if result.target is None:
        return "基数未录入" if result.increases else "未设目标"
    amount = f"{result.target:.4g}" if indicator.number_format is NumberFormat.COUNT else f"{100 * result.target:.4g}%"
    return f"高于 {amount}" if result.increases else f"≥ {amount}"
