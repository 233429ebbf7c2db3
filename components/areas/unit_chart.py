"""The units furthest below a measure's target as bars: from lamps to a chart an indicator; the table beneath has every
unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from catalogue.indicators import INDICATORS
from components.elements.charts import AnyChart, ranked_bars
from models.definitions import NumberFormat
from models.lamps import IndicatorResult, MeasureLamp
from models.plan import Measure

MOST, FEWEST = 15, 2
"""Bars of a chart: more say nothing at a glance, a single one compares nothing."""


@dataclass(frozen=True)
class Bars:
    """What a chart shows: of an indicator the units' names, values, numerators and denominators, lowest first."""

    indicator: str
    target: float
    shown: str
    rows: tuple[tuple[str, float | None, float | None, float | None], ...]


def bars_by_unit(measure: Measure, rows: Sequence[MeasureLamp]) -> list[Bars]:
    """Return bars for each share; none of a count, none where every unit meets the target, or where the worst of many
    stand all alike: the table says so.
    """
    targets = {
        target.indicator: target.value
        for target in measure.targets
        if INDICATORS[target.indicator].number_format is NumberFormat.SHARE
    }
    made = (_bars(code, target, rows) for code, target in targets.items() if target is not None)
    return [bars for bars in made if bars is not None]


def bars_chart(bars: Bars) -> AnyChart:
    frame = pd.DataFrame(list(bars.rows), columns=["name", "value", "numerator", "denominator"])
    detail = f"{bars.shown}，虚线为目标值 {100 * bars.target:.4g}%"
    return ranked_bars(frame, INDICATORS[bars.indicator].title, detail, bars.target)


def _bars(code: str, target: float, rows: Sequence[MeasureLamp]) -> Bars | None:
    known = sorted(
        (
            (result.value, row.unit or "未明确", result)
            for row in rows
            for result in row.indicators
            if result.code == code and result.value is not None
        ),
        key=lambda pair: pair[:2],
    )
    drawn = known[:MOST]
    if len(known) < FEWEST or known[0][0] >= target or drawn[0][0] == drawn[-1][0] and len(drawn) < len(known):
        return None
    shown = f"最低的 {MOST} 个单位（共 {len(known)} 个）" if len(known) > MOST else f"{len(known)} 个单位"
    return Bars(code, target, shown, tuple(_bar(unit, result) for _, unit, result in drawn))


def _bar(unit: str, result: IndicatorResult) -> tuple[str, float | None, float | None, float | None]:
    return unit, result.value, result.numerator, result.denominator
