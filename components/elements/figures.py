"""Figures and targets in words: from an indicator's result to “≥ 50%” and “30.0%”."""

from __future__ import annotations

from markupsafe import Markup

from components.elements.templates import from_template
from models.definitions import Indicator, NumberFormat
from models.lamps import IndicatorResult


def with_minus(number: str) -> str:
    """Return −20.0% for -20.0%: below zero stands a minus sign and no hyphen."""
    return number.replace("-", "−")


def figure(value: float) -> str:
    """Return 1,204 for a whole number, else two decimals."""
    return with_minus(f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}")


def percent(value: float | None) -> str:
    """Return “30.0%”, or “—” where there is no value."""
    return "—" if value is None else with_minus(f"{value:.1%}")


def ratio(numerator: float | None, denominator: float | None) -> Markup:
    """Return “12／40”, the denominator quieter; “无数据” where there is none."""
    return from_template("elements/ratio.html", numerator=numerator, denominator=denominator, figure=figure)


def value_in_words(result: IndicatorResult, indicator: Indicator) -> str:
    """Return the value, or “—” where there is none; the reason stands with numerator and denominator."""
    if result.value is None:
        return "—"
    return percent(result.value) if indicator.number_format is NumberFormat.SHARE else figure(result.value)


def target_in_words(result: IndicatorResult, indicator: Indicator) -> str:
    """Return “≥ 50%”, or why there is nothing to reach."""
    if result.target is None:
        return "基数未录入" if result.increases else "未设目标"
    amount = f"{result.target:.4g}" if indicator.number_format is NumberFormat.COUNT else f"{100 * result.target:.4g}%"
    amount = with_minus(amount)
    if result.at_most:
        return f"低于 {amount}" if result.increases else f"≤ {amount}"
    return f"高于 {amount}" if result.increases else f"≥ {amount}"
