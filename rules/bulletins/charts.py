"""The charts of a bulletin: from figures and the name of a font to Vega-Lite specifications by file name.

They are legible in grey: the number stands in every bar, and the lamp's word beside it.
"""

from __future__ import annotations

from typing import Any

from models.bulletins import Figures
from models.lamps import FACES
from rules.bulletins.annexes import LAMPS_IN_ORDER
from rules.bulletins.particulars import Particulars
from rules.bulletins.text import INDICATORS_CHART, LAMPS_CHART
from rules.bulletins.words import number_in_words, share_in_words

POINTS = 150 / 25.4 * 72  # the width of a picture: 150 mm
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


def chart_specifications(figures: Figures, particulars: Particulars, font: str) -> dict[str, dict[str, Any]]:
    """Return the specification of each chart that has something to show, by the name of its file."""
    charts = {LAMPS_CHART: _lamps(figures, font)}
    if any(row["value"] is not None for row in figures["indicators"] if row["code"] not in particulars.counts):
        charts[INDICATORS_CHART] = _indicators(figures, particulars, font)
    return charts


def _lamps(figures: Figures, font: str) -> dict[str, Any]:
    values = []
    for lamp in LAMPS_IN_ORDER:
        number = figures["lamps"]["now"].get(lamp.value, 0)
        before = figures["lamps"]["before"]
        change = "" if before is None else f"（上期 {number_in_words(before.get(lamp.value, 0))}）"
        values.append({"lamp": FACES[lamp].word, "number": number, "text": f"{number_in_words(number)}{change}"})
    bars = _bars("lamp", "number", [FACES[lamp].fill for lamp in LAMPS_IN_ORDER])
    return _specification(values, bars, "lamp", font, title=None)


def _indicators(figures: Figures, particulars: Particulars, font: str) -> dict[str, Any]:
    values = [
        {
            "lamp": f"{row['measure']} {particulars.indicators[row['code']]}",
            "number": row["value"],
            "target": row["target"],
            "text": share_in_words(row["value"], met=row["met"], at_most=row["code"] in particulars.at_most),
        }
        for row in figures["indicators"]
        if row["value"] is not None and row["code"] not in particulars.counts
    ]
    bars = _bars("lamp", "number", None)
    bars[1]["encoding"]["x"] = {"value": 0}  # within the bar: at its end the target's line would cross it
    target = {
        "mark": {"type": "tick", "color": "#111111", "thickness": 2, "size": 14},
        "encoding": {"x": {"field": "target", "type": "quantitative"}, "y": _by_name("lamp")},
    }
    return _specification(values, [*bars, target], "lamp", font, title="实际值（灰条）与目标值（竖线）")


def _by_name(field: str) -> dict[str, Any]:
    return {"field": field, "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 190}}


def _bars(name: str, number: str, colours: list[str] | None) -> list[dict[str, Any]]:
    across = {"field": number, "type": "quantitative", "axis": None}
    colour = (
        {"value": "#9AA5B1"}
        if colours is None
        else {"field": name, "type": "nominal", "sort": None, "legend": None, "scale": {"range": colours}}
    )
    return [
        {
            "mark": {"type": "bar", "height": 11, "stroke": "#333333", "strokeWidth": 0.4},
            "encoding": {"x": across, "y": _by_name(name), "color": colour},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 4, "color": "#111111"},
            "encoding": {"x": across, "y": _by_name(name), "text": {"field": "text", "type": "nominal"}},
        },
    ]


def _specification(
    values: list[dict[str, Any]], layers: list[dict[str, Any]], name: str, font: str, *, title: str | None
) -> dict[str, Any]:
    """`name`: the field that has a row of its own for each value."""
    return {
        "$schema": SCHEMA,
        "width": POINTS,
        "height": max(18 * len({value[name] for value in values}), 60),
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 2, "right": 78, "top": 4, "bottom": 4},
        "background": "#FFFFFF",
        "title": title,
        "data": {"values": values},
        "layer": layers,
        "config": {
            "font": font,
            "view": {"stroke": None},
            "axis": {"labelFontSize": 9, "labelColor": "#111111", "domain": False, "ticks": False},
            "text": {"fontSize": 9},
            "title": {"fontSize": 9, "fontWeight": "normal", "anchor": "start", "color": "#111111"},
        },
    }
