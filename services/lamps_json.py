"""The JSON of `lamps`, as cli.md prescribes it."""

from __future__ import annotations

from typing import Any

from models.lamps import IndicatorResult, MeasureLamp, Scorecard


def lamps_json(card: Scorecard) -> dict[str, Any]:
    return {"as_of": card.as_of.isoformat(), "lamps": [_lamp(lamp) for lamp in card.lamps]}


def _lamp(lamp: MeasureLamp) -> dict[str, Any]:
    return {
        "area": lamp.area, "task": lamp.task, "measure": lamp.measure, "unit": lamp.unit, "lamp": lamp.lamp.value,
        "deadline": lamp.deadline and lamp.deadline.isoformat(),
        "indicators": [_indicator(one) for one in lamp.indicators], "reason": lamp.reason,
    }


def _indicator(one: IndicatorResult) -> dict[str, Any]:
    return {"code": one.code, "numerator": _number(one.numerator), "denominator": _number(one.denominator),
            "value": _number(one.value), "target": _number(one.target), "met": one.met}


def _number(value: float | None) -> float | int | None:
    """Whole numbers without a decimal point."""
    return int(value) if value is not None and float(value).is_integer() else value
