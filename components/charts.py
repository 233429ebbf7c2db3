"""Charts: points in, an Altair chart out, with direct labels, Chinese words and nothing that moves."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from models.definitions import Indicator, Unit
from services.history import Point

WIDTH = 560
INK, QUIET, RULE = "#1b2530", "#55616d", "#d6dce2"
TYPE = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif'


def over_time(points: Sequence[Point], indicator: Indicator) -> alt.LayerChart:
    """The district's figure at each month's end, its target as a thin line; every point carries its value."""
    form = ".1%" if indicator.unit is Unit.SHARE else ",.0f"
    base = alt.Chart(_frame(points)).encode(x=alt.X("day:O", sort=None, title=None, axis=_plain(alt.Axis(labelAngle=0))), y=_value(form))
    line = base.mark_line(color=INK, strokeWidth=1.5, point=alt.OverlayMarkDef(color=INK, size=28)).encode(tooltip=_tooltip(indicator, form))
    words = base.mark_text(dy=-11, color=INK, fontSize=12).encode(text=alt.Text("value:Q", format=form))
    target = base.mark_line(color=QUIET, strokeDash=[4, 3], strokeWidth=1).encode(y="target:Q")
    title = alt.TitleParams(f"{indicator.title}：各单位合计，虚线为目标", anchor="start", fontSize=13, fontWeight="normal", color=QUIET)
    chart = alt.layer(target, line, words).properties(height=150, width=WIDTH, title=title)
    return chart.configure(font=TYPE).configure_view(stroke=None)


def _value(form: str) -> alt.Y:
    """Room above the highest point for its words."""
    return alt.Y("value:Q", title=None, scale=alt.Scale(zero=True, padding=18), axis=_plain(alt.Axis(format=form, tickCount=4, grid=True)))


def _plain(axis: alt.Axis) -> alt.Axis:
    for name, value in {"gridColor": RULE, "domainColor": RULE, "tickSize": 0, "labelColor": QUIET, "labelPadding": 6}.items():
        axis[name] = value
    return axis


def _tooltip(indicator: Indicator, form: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("day:O", title="截至"), alt.Tooltip("value:Q", title=indicator.title, format=form),
        alt.Tooltip("numerator:Q", title="分子", format=",.0f"), alt.Tooltip("denominator:Q", title="分母", format=",.0f"),
    ]


def _frame(points: Sequence[Point]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "day": [f"{one.day:%-m月%-d日}" for one in points],
            "value": [one.value for one in points],
            "numerator": [one.numerator for one in points],
            "denominator": [one.denominator for one in points],
            "target": [one.target for one in points],
        }
    ).astype({"value": "float64", "numerator": "float64", "denominator": "float64", "target": "float64"})
