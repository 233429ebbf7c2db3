"""The forms of the pictures on area pages: rows in, an Altair chart with labels and Chinese tool-tips out.

Lengths begin at nought and tell numbers; greys from light to dark tell an order; red is what is overdue. Every channel
is given as what it is (alt.X, alt.ColorValue): for a bare word Altair looks through all that Vega-Lite knows, which is
a third of the time that a picture takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd

from components.elements.charts import COUNT, FILL, INK, QUIET, RULE, SHARE, AnyChart
from models.chart_data import Stack
from models.lamps import FACES, Lamp

LATE = FACES[Lamp.OVERDUE].fill
GREYS = ("#dfe4e9", "#c3ccd5", "#a3afbb", "#7f8d9b", "#3f4a55")
EDGE = FILL
"""Around what is lighter: a shape is told from the ground by a contrast of 3 : 1."""
ROW, THICK, TEXT = 24, 15, 12
LABELS = 2
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@dataclass(frozen=True, slots=True)
class Ramp:
    """From the colour of depth 0 to that of depth 1.

    Words on it are black up to the depth `turn`, white beyond, so that they stand out by 4.5 : 1 on every depth.
    """

    light: str
    dark: str
    turn: float

    @property
    def scale(self) -> alt.Scale:
        return alt.Scale(domain=[0, 1], range=[self.light, self.dark])

    @property
    def ink(self) -> Any:
        return alt.ColorValue("#000", condition={"test": f"datum.depth > {self.turn}", "value": "#fff"})


GREY_RAMP = Ramp("#f4f6f8", "#3f4a55", 0.74)
LATE_RAMP = Ramp("#fbf5f4", LATE, 0.785)

Titles = tuple[str, str]
"""What the rows and what the columns of a table of colours are."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its name; `whole`: of how many; `late`: overdue, in red; `words`: what stands behind the number."""

    name: str
    part: float
    whole: float | None = None
    late: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A step that so many came through, and what was lost on the way to it; `late`: lost by being overdue; `key`: what
    a click on it filters by.
    """

    name: str
    key: str
    part: float
    lost: float = 0
    reason: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a table of colours: `depth` 0 … 1: how dark; `shown` stands in it, `words` is its tool-tip."""

    row: str
    column: str
    depth: float
    shown: str
    words: str


@dataclass(frozen=True, slots=True)
class LampCell:
    """A field of a table of lamps, with the lamp's shape and a figure."""

    row: str
    column: str
    lamp: Lamp
    shown: str
    words: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """A share against its target."""

    name: str
    part: float | None
    whole: float | None
    target: float | None
    late: bool = False

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.part is not None and self.whole else None


@dataclass(frozen=True, slots=True)
class Span:
    """From one number to another, of one row: promised to statutory days."""

    name: str
    low: float
    high: float
    words: str
    tick: float | None = None


def bars(rows: Sequence[Bar], what: str, *, is_counted: bool = True) -> AnyChart:
    """Return a bar a row, its number beside it; `what`: what is counted; else only the row's words stand there."""
    frame = pd.DataFrame(
        [(row.name, row.part, row.whole, row.late, _labelled(row) if is_counted else row.words) for row in rows],
        columns=["name", "part", "whole", "late", "label"],
    )
    tooltip = [
        alt.Tooltip("name:N", title="类别"),
        alt.Tooltip("part:Q", title=what, format=COUNT if is_counted else ".1%"),
    ]
    if frame["whole"].notna().any():
        tooltip.append(alt.Tooltip("whole:Q", title="总数", format=COUNT))
    base = alt.Chart(frame).encode(y=_names(), tooltip=tooltip)
    most = max([row.part for row in rows], default=1) or 1
    x = alt.X("part:Q", title=None, axis=None, scale=alt.Scale(domain=[0, most * (1.4 if is_counted else 2.6)]))
    drawn = base.mark_bar(size=THICK).encode(
        x=x, color=alt.ColorValue(FILL, condition={"test": "datum.late", "value": LATE})
    )
    words = base.mark_text(align="left", dx=5, color=INK, fontSize=TEXT).encode(
        x=alt.X("part:Q"), text=alt.Text("label:N")
    )
    return alt.layer(drawn, words).properties(height=alt.Step(ROW))


def funnel(rows: Sequence[Stage], what: str) -> AnyChart:
    """Return the steps below one another: how many came through, and beside it how many were lost and why."""
    frame = pd.DataFrame(
        [(row.name, row.key, row.part, row.lost, row.part + row.lost, row.late, _lost(row)) for row in rows],
        columns=["name", "key", "part", "lost", "end", "late", "label"],
    )
    tooltip = [
        alt.Tooltip("name:N", title="环节"),
        alt.Tooltip("part:Q", title=what, format=COUNT),
        alt.Tooltip("lost:Q", title="未进入下一步", format=COUNT),
    ]
    base = alt.Chart(frame).encode(y=_names(), tooltip=tooltip)
    most = float(frame["end"].max()) or 1.0
    x = alt.X("part:Q", title=None, axis=None, scale=alt.Scale(domain=[0, most * 1.75]))
    through = base.mark_bar(size=THICK, color=FILL).encode(x=x)
    number = base.mark_text(align="left", dx=4, color=INK, fontSize=TEXT).encode(
        x=alt.XValue(0), text=alt.Text("part:Q", format=COUNT)
    )
    lost = (
        base.transform_filter("datum.lost > 0")
        .mark_bar(size=THICK, stroke=EDGE)
        .encode(
            x=alt.X("part:Q"),
            x2=alt.X2("end:Q"),
            color=alt.ColorValue(GREYS[0], condition={"test": "datum.late", "value": LATE}),
        )
    )
    words = base.mark_text(align="left", dx=6, color=INK, fontSize=TEXT).encode(
        x=alt.X("end:Q"), text=alt.Text("label:N")
    )
    return alt.layer(through, lost, number, words).properties(height=alt.Step(ROW))


def stacked(
    rows: Sequence[Stack], categories: Sequence[str], what: str, *, late: str = "", legend_columns: int = 0
) -> AnyChart:
    """Return a bar a row of the categories from light to dark, the one named `late` in red. `legend_columns`: names of
    categories side by side, 0: all of them.
    """
    frame = pd.DataFrame(
        [
            (row.label, category, part, row.total, index)
            for row in rows
            for index, (category, part) in enumerate(zip(categories, row.parts, strict=True))
            if part
        ],
        columns=["name", "category", "part", "total", "place"],
    )
    colours = [LATE if category == late else _grey(index, len(categories)) for index, category in enumerate(categories)]
    names = alt.Y("name:N", sort=[row.label for row in rows], title=None, axis=alt.Axis(labelLimit=150))
    bar = (
        alt.Chart(frame)
        .mark_bar(size=THICK, stroke=EDGE)
        .encode(
            y=names,
            x=alt.X("part:Q", title=what, axis=alt.Axis(tickCount=4, format=COUNT)),
            color=alt.Color(
                "category:N",
                scale=alt.Scale(domain=list(categories), range=colours),
                sort=list(categories),
                legend=alt.Legend(columns=legend_columns),
            ),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("name:N", title="名称"),
                alt.Tooltip("category:N", title="类别"),
                alt.Tooltip("part:Q", title=what, format=COUNT),
                alt.Tooltip("total:Q", title="合计", format=COUNT),
            ],
        )
    )
    return bar.properties(height=alt.Step(ROW - 4))


def diverging(rows: Sequence[Stack], good: Sequence[str], bad: Sequence[str]) -> AnyChart:
    """Return a row's shares: what is good to the right of nought, what is bad to the left of it."""
    places = []
    for row in rows:
        parts = dict(zip((*good, *bad), row.parts, strict=True))
        for side, words in ((1, good), (-1, bad)):
            at = 0.0
            for word in reversed(words) if side > 0 else words:
                share = (parts[word] or 0) / row.total if row.total else 0.0
                places.append((row.label, word, side * at, side * (at + share), share, parts[word], row.total))
                at += share
    frame = pd.DataFrame(places, columns=["name", "category", "start", "end", "share", "part", "total"])
    colours = [*reversed(GREYS[1 : 1 + len(good)]), "#8a5a00", "#4d3300"][: len(good) + len(bad)]
    order = [*good, *bad]
    bar = (
        alt.Chart(frame)
        .mark_bar(size=THICK, stroke=EDGE)
        .encode(
            y=alt.Y("name:N", sort=[row.label for row in rows], title=None),
            x=alt.X("start:Q", title=None, axis=alt.Axis(format=".0%", tickCount=6)),
            x2=alt.X2("end:Q"),
            color=alt.Color(
                "category:N", scale=alt.Scale(domain=order, range=colours), sort=order, legend=alt.Legend(columns=3)
            ),
            tooltip=[
                alt.Tooltip("name:N", title="月份"),
                alt.Tooltip("category:N", title="评价"),
                alt.Tooltip("share:Q", title="占比", format=SHARE),
                alt.Tooltip("part:Q", title="条数", format=COUNT),
                alt.Tooltip("total:Q", title="本人评价", format=COUNT),
            ],
        )
    )
    zero = alt.Chart(pd.DataFrame({"x": [0]})).mark_rule(color=INK).encode(x=alt.X("x:Q"))
    return alt.layer(bar, zero).properties(height=alt.Step(ROW))


def dots(rows: Sequence[tuple[str, date, int, bool]], what: str) -> AnyChart:
    """Return a dot a day and unit, as large as the number of that day; `True`: what the sign is about, in ink."""
    frame = pd.DataFrame(rows, columns=["name", "day", "part", "marked"])
    frame["day"] = pd.to_datetime(frame["day"])
    base = alt.Chart(frame).encode(
        x=alt.X(
            "day:T",
            title=None,
            scale=alt.Scale(padding=24),
            axis=alt.Axis(format="%-m月%-d日", grid=False, tickCount=4, labelAngle=0),
        ),
        y=alt.Y("name:N", title=None, sort=None),
        tooltip=[
            alt.Tooltip("name:N", title="责任单位"),
            alt.Tooltip("day:T", title="日期", format="%-m月%-d日"),
            alt.Tooltip("part:Q", title=what, format=COUNT),
        ],
    )
    circles = base.mark_circle(opacity=1).encode(
        size=alt.Size("part:Q", scale=alt.Scale(range=[12, 700]), legend=None),
        color=alt.ColorValue(FILL, condition={"test": "datum.marked", "value": INK}),
    )
    words = (
        base.transform_filter("datum.marked")
        .mark_text(dy=-18, color=INK, fontSize=TEXT)
        .encode(text=alt.Text("part:Q", format=COUNT))
    )
    return alt.layer(circles, words).properties(height=alt.Step(62))


def heat(
    cells: Sequence[Cell], rows: Sequence[str], columns: Sequence[str], of: Titles, *, is_late: bool = False
) -> AnyChart:
    """Return a table of colours: the darker, the larger the gap; in red where it is the share that is late."""
    frame = pd.DataFrame(
        [(cell.row, cell.column, cell.depth, cell.shown, cell.words) for cell in cells],
        columns=["row", "column", "depth", "shown", "words"],
    )
    ramp = LATE_RAMP if is_late else GREY_RAMP
    base = _grid(frame, rows, columns, of)
    fields = base.mark_rect(stroke="#fff").encode(color=alt.Color("depth:Q", scale=ramp.scale, legend=None))
    words = base.mark_text(fontSize=TEXT).encode(text=alt.Text("shown:N"), color=ramp.ink)
    return alt.layer(fields, words).properties(height=alt.Step(ROW))


def lamp_heat(cells: Sequence[LampCell], rows: Sequence[str], columns: Sequence[str], of: Titles) -> AnyChart:
    """Return a table of lamps, each on its tint with its shape, and what else is `shown`."""
    frame = pd.DataFrame(
        [(cell.row, cell.column, cell.lamp.value, cell.shown, cell.words) for cell in cells],
        columns=["row", "column", "lamp", "shown", "words"],
    )
    codes = [lamp.value for lamp in Lamp]
    tints = alt.Scale(domain=codes, range=[FACES[lamp].tint for lamp in Lamp])
    inks = alt.Scale(domain=codes, range=[FACES[lamp].colour for lamp in Lamp])
    base = _grid(frame, rows, columns, of)
    fields = base.mark_rect(stroke="#fff").encode(color=alt.Color("lamp:N", scale=tints, legend=None))
    words = base.mark_text(fontSize=TEXT).encode(
        text=alt.Text("shown:N"), color=alt.Color("lamp:N", scale=inks, legend=None)
    )
    return alt.layer(fields, words).resolve_scale(color="independent").properties(height=alt.Step(22))


def _grid(frame: pd.DataFrame, rows: Sequence[str], columns: Sequence[str], of: Titles) -> alt.Chart:
    return alt.Chart(frame).encode(
        x=alt.X("column:N", sort=list(columns), title=None, axis=alt.Axis(orient="top", labelAngle=0, labelLimit=90)),
        y=alt.Y("row:N", sort=list(rows), title=None, axis=alt.Axis(labelLimit=150)),
        tooltip=[
            alt.Tooltip("row:N", title=of[0]),
            alt.Tooltip("column:N", title=of[1]),
            alt.Tooltip("words:N", title="数值"),
        ],
    )


def bullets(rows: Sequence[Bullet]) -> AnyChart:
    """Return a share a row on the ground of the whole, with a stroke at its target; red where it is overdue."""
    frame = pd.DataFrame(
        [
            (
                row.name,
                row.value,
                row.part,
                row.whole,
                row.target,
                row.late,
                "无数据" if row.value is None else f"{row.value:.1%}（目标 {_target(row)}）",
            )
            for row in rows
        ],
        columns=["name", "value", "part", "whole", "target", "late", "label"],
    )
    base = alt.Chart(frame).encode(
        y=_names(),
        tooltip=[
            alt.Tooltip("name:N", title="指标"),
            alt.Tooltip("value:Q", title="数值", format=SHARE),
            alt.Tooltip("target:Q", title="目标", format=".4~p"),
            alt.Tooltip("part:Q", title="分子", format=COUNT),
            alt.Tooltip("whole:Q", title="分母", format=COUNT),
        ],
    )
    scale = alt.Scale(domain=[0, 1.45], nice=False)
    ground = (
        base.transform_calculate(all="1")
        .mark_bar(size=THICK + 4, color=RULE)
        .encode(x=alt.X("all:Q", title=None, axis=None, scale=scale))
    )
    bar = base.mark_bar(size=9).encode(
        x=alt.X("value:Q", title=None, scale=scale),
        color=alt.ColorValue(QUIET, condition={"test": "datum.late", "value": LATE}),
    )
    tick = base.mark_tick(color=INK, thickness=2, size=THICK + 6).encode(x=alt.X("target:Q"))
    words = base.mark_text(align="left", dx=6, color=INK, fontSize=TEXT).encode(
        x=alt.X("all:Q"), text=alt.Text("label:N")
    )
    words = words.transform_calculate(all="1")
    return alt.layer(ground, bar, tick, words).properties(height=alt.Step(ROW + 6))


def calendar(days: Sequence[tuple[date, float | None, str, str]]) -> AnyChart:
    """Return a field a day, weeks from left to right: (day, depth 0 … 1 or None for no report, what stands in it, its
    tool-tip).
    """
    frame = pd.DataFrame(
        [
            (
                day.isoformat(),
                _week_of(day),
                WEEKDAYS[day.weekday()],
                depth,
                shown,
                words,
            )
            for day, depth, shown, words in days
        ],
        columns=["day", "week", "weekday", "depth", "shown", "words"],
    )
    base = alt.Chart(frame).encode(
        x=alt.X("week:N", sort=None, title=None, axis=alt.Axis(orient="top", labelAngle=0, labelOverlap="parity")),
        y=alt.Y("weekday:N", sort=list(WEEKDAYS), title=None),
        tooltip=[alt.Tooltip("day:N", title="日期"), alt.Tooltip("words:N", title="当日")],
    )
    fields = (
        base.transform_filter("isValid(datum.depth)")
        .mark_rect(stroke="#fff")
        .encode(color=alt.Color("depth:Q", scale=GREY_RAMP.scale, legend=None))
    )
    holes = base.transform_filter("!isValid(datum.depth)").mark_rect(fill="#fff", stroke=LATE, strokeWidth=1.5)
    words = base.mark_text(fontSize=11).encode(text=alt.Text("shown:N"), color=GREY_RAMP.ink)
    return alt.layer(fields, holes, words).properties(height=alt.Step(21))


def _week_of(day: date) -> str:
    return f"{day - timedelta(days=day.weekday()):%-m月%-d日}"


def control_chart(rows: Sequence[tuple[str, float, float]], what: str, target: float | None) -> AnyChart:
    """Return a point a row (name, part, whole) by its share, with three standard errors about the share of all: what
    lies outside is no chance.
    """
    frame = pd.DataFrame(rows, columns=["name", "part", "whole"])
    mean = float(frame["part"].sum()) / (float(frame["whole"].sum()) or 1.0)
    frame["value"] = frame["part"] / frame["whole"]
    error = 3 * (mean * (1 - mean) / frame["whole"]) ** 0.5
    frame["mean"], frame["low"], frame["high"] = mean, (mean - error).clip(0, 1), (mean + error).clip(0, 1)
    frame["below"] = frame["value"] < frame["low"]
    named = frame["value"].nsmallest(LABELS).index
    frame["lowest"] = frame.index == frame["value"].idxmin()
    frame["label"] = frame["name"].where(frame["below"] & frame.index.isin(named), "")
    low = float(min(frame["low"].min(), frame["value"].min()))
    scale = alt.Scale(domain=[max(0.0, low - 0.08), 1.02], zero=False, nice=False)
    base = alt.Chart(frame).encode(
        x=alt.X("name:N", sort=None, title=None, axis=alt.Axis(labels=False, domain=True)),
        tooltip=[
            alt.Tooltip("name:N", title="责任单位"),
            alt.Tooltip("value:Q", title=what, format=SHARE),
            alt.Tooltip("part:Q", title="分子", format=COUNT),
            alt.Tooltip("whole:Q", title="分母", format=COUNT),
            alt.Tooltip("low:Q", title="控制下限", format=SHARE),
            alt.Tooltip("high:Q", title="控制上限", format=SHARE),
        ],
    )
    y = alt.Y("value:Q", title=None, scale=scale, axis=alt.Axis(format=".0%", tickCount=5))
    points = base.mark_point(filled=True, stroke=INK, strokeWidth=1, size=44, opacity=1).encode(
        y=y, fill=alt.FillValue("#fff", condition={"test": "datum.below", "value": INK})
    )
    limits = base.mark_bar(color=GREYS[0], width=7).encode(
        y=alt.Y("low:Q", scale=scale, title=None), y2=alt.Y2("high:Q")
    )
    middle = base.mark_rule(color=QUIET).encode(x=alt.XValue(0), x2=alt.X2Value("width"), y=alt.YDatum(mean))
    words = [  # the lowest below its point, the next above: they stand side by side
        base.mark_text(dx=7, dy=dy, align="left", color=INK, fontSize=11)
        .transform_filter(alt.datum.lowest == lowest)
        .encode(y=y, text=alt.Text("label:N"))
        for lowest, dy in ((True, 7), (False, -5))
    ]
    layers = [limits, middle, points, *words]
    if target is not None:
        layers.append(
            base.mark_rule(color=INK, strokeDash=[4, 3]).encode(
                y=alt.YDatum(target), x=alt.XValue(0), x2=alt.X2Value("width")
            )
        )
    return alt.layer(*layers).properties(height=230)


def pareto(rows: Sequence[Bar], what: str) -> AnyChart:
    """Return columns from the largest on, and the share that they make up together as a line."""
    frame = pd.DataFrame([(row.name, row.part, row.words) for row in rows], columns=["name", "part", "words"])
    frame["together"] = frame["part"].cumsum() / (frame["part"].sum() or 1)
    base = alt.Chart(frame).encode(
        x=alt.X("name:N", sort=None, title=None, axis=alt.Axis(labelAngle=-40)),
        tooltip=[
            alt.Tooltip("name:N", title="规则"),
            alt.Tooltip("words:N", title="要求"),
            alt.Tooltip("part:Q", title=what, format=COUNT),
            alt.Tooltip("together:Q", title="累计占比", format=SHARE),
        ],
    )
    drawn = base.mark_bar(color=FILL).encode(y=alt.Y("part:Q", title=None, axis=alt.Axis(tickCount=4, format=COUNT)))
    number = base.mark_text(dy=-6, color=INK, fontSize=11).encode(
        y=alt.Y("part:Q"), text=alt.Text("part:Q", format=COUNT)
    )
    line = base.mark_line(color=INK, strokeWidth=1.2, point=alt.OverlayMarkDef(color=INK, size=14)).encode(
        y=alt.Y(
            "together:Q",
            title=None,
            scale=alt.Scale(domain=[0, 1]),
            axis=alt.Axis(format=".0%", orient="right", grid=False, tickCount=4),
        )
    )
    return alt.layer(alt.layer(drawn, number), line).resolve_scale(y="independent").properties(height=220)


def ranges(rows: Sequence[Span], low: str, high: str, tick: str = "") -> AnyChart:
    """Return a line a row from its lower number (filled) to its higher one (hollow), and a stroke at a third."""
    frame = pd.DataFrame(
        [(row.name, row.low, row.high, row.words, row.tick) for row in rows],
        columns=["name", "low", "high", "words", "tick"],
    )
    base = alt.Chart(frame).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=150)),
        tooltip=[
            alt.Tooltip("name:N", title="名称"),
            alt.Tooltip("low:Q", title=low, format=",.1f"),
            alt.Tooltip("high:Q", title=high, format=",.1f"),
            *([alt.Tooltip("tick:Q", title=tick, format=",.1f")] if tick else []),
            alt.Tooltip("words:N", title="说明"),
        ],
    )
    most = max([1.0, *(max(row.low, row.high, row.tick or 0.0) for row in rows)])
    scale = alt.Scale(domain=[0, most * 1.3], nice=False)
    x = alt.X("low:Q", title=None, scale=scale, axis=alt.Axis(tickCount=5))
    line = base.mark_rule(color=FILL, strokeWidth=3).encode(x=x, x2=alt.X2("high:Q"))
    promised = base.mark_point(filled=True, color=INK, size=44, opacity=1).encode(x=x)
    statutory = base.mark_point(filled=True, fill="#fff", stroke=INK, size=44, opacity=1).encode(x=alt.X("high:Q"))
    words = base.mark_text(align="left", dx=9, color=INK, fontSize=TEXT).encode(
        x=alt.X("high:Q"), text=alt.Text("words:N")
    )
    stroke = (
        base.transform_filter("isValid(datum.tick)")
        .mark_tick(color=INK, thickness=2, size=14)
        .encode(x=alt.X("tick:Q"))
    )
    return alt.layer(line, stroke, promised, statutory, words).properties(height=alt.Step(18))


def _names() -> alt.Y:
    return alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=170, domain=False))


def _labelled(row: Bar) -> str:
    share = f"（{row.part / row.whole:.1%}）" if row.whole else ""
    return f"{row.part:,.0f}{share}{row.words}"


def _lost(row: Stage) -> str:
    return f"{row.reason} {row.lost:,.0f}" if row.lost else ""


def _target(row: Bullet) -> str:
    return "未设" if row.target is None else f"{100 * row.target:.4g}%"


def _grey(place: int, number: int) -> str:
    return GREYS[round((len(GREYS) - 1) * place / max(number - 1, 1))]
