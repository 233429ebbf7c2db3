"""Charts: points in, an Altair chart out, with direct labels, Chinese words and nothing that moves."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from models.definitions import Indicator, Unit
from services.history import Point

INK, QUIET, RULE = "#1b2530", "#55616d", "#d6dce2"
TYPE = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif'


def over_time(points: Sequence[Point], indicator: Indicator) -> alt.LayerChart:
    """The district's figure at each month's end, its target as a thin line; every point carries its value."""
    form = ".1%" if indicator.unit is Unit.SHARE else ",.0f"
    base = alt.Chart(_frame(points)).encode(
        x=alt.X("day:O", title=None, axis=alt.Axis(labelAngle=0, domainColor=QUIET, tickSize=0, labelColor=QUIET, labelPadding=6))
    )
    y = alt.Y("value:Q", title=None, scale=alt.Scale(zero=True), axis=alt.Axis(format=form, gridColor=RULE, domain=False, tickCount=4))
    tooltip = [
        alt.Tooltip("day:O", title="截至"), alt.Tooltip("value:Q", title=indicator.title, format=form),
        alt.Tooltip("numerator:Q", title="分子", format=",.0f"), alt.Tooltip("denominator:Q", title="分母", format=",.0f"),
    ]
    line = base.mark_line(color=INK, strokeWidth=1.5, point=alt.OverlayMarkDef(color=INK, size=28)).encode(y=y, tooltip=tooltip)
    words = base.mark_text(dy=-10, color=INK, fontSize=12).encode(y=y, text=alt.Text("value:Q", format=form))
    target = base.mark_line(color=QUIET, strokeDash=[4, 3], strokeWidth=1).encode(y="target:Q")
    title = alt.TitleParams(f"{indicator.title}（各单位合计，虚线为目标）", anchor="start", fontSize=13, fontWeight="normal", color=QUIET)
    return alt.layer(target, line, words).properties(height=170, title=title).configure(font=TYPE).configure_view(stroke=None)


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
