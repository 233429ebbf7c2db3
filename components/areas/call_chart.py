"""Calls answered day by day: from figures to an Altair line of the share answered, the target drawn, unreported days
shaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import altair as alt
import pandas as pd

from components.elements.charts import INK, QUIET, SHARE, AnyChart, value_tooltip
from services.areas.hotline import CallDay

HOLE = "#e9edf0"


def calls_by_day(days: Sequence[CallDay], target: float) -> AnyChart:
    """Return the line of the share answered. Days below the target are hollow points; the line breaks over days without
    a report.
    """
    frame = _frame(days, target)
    x = alt.X(
        "day:T", title=None, axis=alt.Axis(format="%-m月%-d日", labelAngle=0, grid=False, values=_weekly(frame["day"]))
    )
    scale = alt.Scale(domain=[_floor(frame["value"].min(), target), 1], zero=False)
    y = alt.Y("value:Q", title=None, scale=scale, axis=alt.Axis(format=".0%", tickCount=4))
    base = alt.Chart(frame).encode(x=x)
    holes = base.transform_filter("!isValid(datum.value)").mark_rule(color=HOLE, strokeWidth=6)
    line = base.mark_line(color=INK, strokeWidth=1.5).encode(y=y)
    points = (
        base.transform_filter("isValid(datum.value)")
        .mark_point(stroke=INK, strokeWidth=1, filled=True, size=22, opacity=1)
        .encode(
            y=y,
            fill=alt.FillValue(INK, condition={"test": "datum.value < datum.target", "value": "#fff"}),
            tooltip=[alt.Tooltip("day:T", title="日期", format="%-m月%-d日"), *value_tooltip("接通率", SHARE)],
        )
    )
    aim = base.mark_line(color=QUIET, strokeDash=[4, 3], strokeWidth=1).encode(
        y=alt.Y("target:Q", title=None, scale=scale)
    )
    return alt.layer(holes, aim, line, points).properties(height=250)


def _frame(days: Sequence[CallDay], target: float) -> pd.DataFrame:
    """Return one row a day from the first to the last; value missing where the day was not reported."""
    known = {day.day: day for day in days}
    span = (days[-1].day - days[0].day).days + 1
    rows = [known.get(days[0].day + timedelta(days=number)) for number in range(span)]
    return pd.DataFrame(
        {
            "day": pd.date_range(days[0].day, periods=span),
            "value": [None if row is None else _rate(row) for row in rows],
            "numerator": [None if row is None else row.answered for row in rows],
            "denominator": [None if row is None else row.calls for row in rows],
            "target": target,
        }
    ).astype({"value": "float64", "numerator": "float64", "denominator": "float64"})


def _weekly(days: pd.Series) -> list[str]:
    """Return where the axis is labelled: counted back from the last day, so that no two labels come close."""
    return [f"{day:%Y-%m-%dT00:00:00}" for day in days.iloc[::-7]]


def _rate(day: CallDay) -> float:
    """Return the share answered; a day without a call has nobody left waiting."""
    return day.answered / day.calls if day.calls else 1.0


def _floor(lowest: float, target: float) -> float:
    """Return where the scale begins: the twentieth below the lowest figure, so that a few percent can be told apart."""
    return max(int(min(lowest, target) * 20 - 0.2) / 20, 0.0)
