"""Charts: from values to an Altair chart, with direct labels, Chinese words, tool-tips that hold numerator and
denominator, and nothing that moves.

Ink on a quiet ground: colour is left to the lamps.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from threading import Lock
from typing import Any
from unicodedata import east_asian_width

import altair as alt
import pandas as pd
import pyarrow as pa
import streamlit as st
from altair.utils import schemapi

from components.elements.chart_numbers import numbers_of
from components.elements.context import shown_day
from components.elements.figures import figure, percent
from components.elements.offered_files import offered_address
from components.elements.rendering import render
from components.elements.templates import from_template
from models.definitions import Indicator, NumberFormat
from services.board.history import Point

INK, QUIET, RULE, FILL = "#1b2530", "#55616d", "#d6dce2", "#7f8d9b"
TYPE = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif'
SHARE, COUNT = ".1%", ",.0f"

SELECTION = "pick"
LONGEST_LINE = 28
"""Chinese characters of a title that fit a screen of 390 pixels."""
AFTER_A_MARK = re.compile("(?<=[；，、：])")

DRESS: dict[str, dict[str, Any]] = {
    # The library's menu is English, and so are its words for screen readers: title and finding, and the table behind
    # each chart, are read out instead.
    "usermeta": {"embedOptions": {"actions": False}},
    "config": {
        "font": TYPE,
        "aria": False,
        "mark": {"aria": False},
        "view": {"stroke": None},
        "axis": {
            "gridColor": RULE,
            "domainColor": RULE,
            "tickSize": 0,
            "labelColor": QUIET,
            "labelPadding": 6,
            "labelSeparation": 6,
            "labelFontSize": 12,
            "titleColor": QUIET,
            "titleFontWeight": "normal",
        },
        "title": {"anchor": "start", "fontSize": 13, "fontWeight": "normal", "color": QUIET, "offset": 12},
        "legend": {"labelColor": QUIET, "title": None, "orient": "top"},
    },
}
"""What every chart has in common. It is put to the specification: told to a chart it costs a copy of the whole chart a
line.
"""

AnyChart = alt.Chart | alt.LayerChart | alt.FacetChart


@dataclass(frozen=True)
class Pick:
    """What a click on a mark does: the table `table` is filtered by its column `column`, with what the mark holds in
    `field` of the chart's data; a second click takes the filter away.
    """

    field: str
    table: str
    column: str

    @property
    def parameter(self) -> str:
        return f"{self.table}_{self.column}"


@dataclass(frozen=True)
class ChartOf:
    """A chart that is made when it is wanted: of the same values it is the same."""

    make: Callable[..., AnyChart]
    values: tuple[Hashable, ...]
    options: tuple[tuple[str, Hashable], ...] = ()

    def made(self) -> AnyChart:
        return self.make(*self.values, **dict(self.options))


def chart_of(make: Callable[..., AnyChart], *values: Any, **options: Hashable) -> ChartOf:
    """Return the chart that `make` returns of these values; a list counts as what it holds now."""
    lasting = (tuple(value) if isinstance(value, list) else value for value in values)
    return ChartOf(make, tuple(lasting), tuple(sorted(options.items())))


def picture(chart: ChartOf, title: str, finding: str, pick: Pick | None = None) -> None:
    """Draw a chart with its title and what it shows, which together are its name to a screen reader, and the way to its
    numbers as a workbook.
    """
    finished = _finished_picture(chart, title, finding, pick.field if pick else "")
    with st.container(key=f"picture_{title}"):
        _draw_picture(finished, f"{title}：{finding}", pick)
        _offer_numbers(chart.made, title, finding)


def in_lines(words: str, longest: int = LONGEST_LINE) -> list[str]:
    """Return the words in lines that a phone shows whole, of at most so many Chinese characters each: broken after a
    mark where there is one. A chart does not break its own title; what is too long is cut.
    """
    lines = [""]
    for piece in AFTER_A_MARK.split(words):
        if lines[-1] and _breadth(lines[-1] + piece) > longest:
            lines.append("")
        for character in piece:
            if _breadth(lines[-1] + character) > longest:
                lines.append("")
            lines[-1] += character
    return lines


def _breadth(words: str) -> float:
    """Return about how many Chinese characters wide the words are."""
    return sum(1 if east_asian_width(character) in "WF" else 0.55 for character in words)


def _draw_picture(finished: dict[str, Any], name: str, pick: Pick | None) -> None:
    if pick is None:
        _draw_finished(finished, name)
        return
    # Its key holds what is chosen, so that the chart forgets its own selection once the address says it.
    key = f"{name} {st.query_params.get(pick.parameter, '')}"
    st.vega_lite_chart(
        finished,
        width="stretch",
        theme=None,
        alt=name,
        key=key,
        on_select=partial(_write_pick, key, pick),
        selection_mode=SELECTION,
    )


def _offer_numbers(chart: Callable[[], AnyChart], title: str, finding: str) -> None:
    """Offer the numbers of the chart; the workbook is made when it is asked for."""
    day = shown_day()
    href = offered_address(f"numbers {title}", f"{title} {day}.xlsx", lambda: numbers_of(chart(), title, finding, day))
    render(from_template("elements/chart_numbers.html", href=href, title=title))


def _write_pick(key: str, pick: Pick) -> None:
    """Put what the mark stands for into the address, from the table's first page on."""
    marks = st.session_state[key]["selection"].get(SELECTION, [])
    value = str(marks[0].get(pick.field, "")) if marks else ""
    st.query_params.pop(f"{pick.table}_page", None)
    if value and value != st.query_params.get(pick.parameter):
        st.query_params[pick.parameter] = value
    else:
        st.query_params.pop(pick.parameter, None)


def draw_chart(make: Callable[..., AnyChart], *values: Hashable) -> None:
    """Draw the chart that `make` returns of these values, as wide as its place: made and checked once for the same
    ones, whoever looks. Its description, which says what it shows, is its name to a screen reader.
    """
    finished = _finished(make, *values)
    title, description = finished["title"], finished["description"]
    with st.container(key=f"picture_{title}"):
        _draw_finished(finished, description)
        _offer_numbers(partial(make, *values), title, description)


def _draw_finished(finished: dict[str, Any], name: str | None = None) -> None:
    st.vega_lite_chart(finished, width="stretch", theme=None, alt=name)


@lru_cache(maxsize=256)
def _finished(make: Callable[..., AnyChart], *values: Hashable) -> dict[str, Any]:
    return _specification(make(*values))


@lru_cache(maxsize=256)
def _finished_picture(chart: ChartOf, title: str, finding: str, field: str) -> dict[str, Any]:
    """Return the specification with title and finding; a click chooses by this field of its rows, where one is named.
    After a write most pictures are what they were.
    """
    words = alt.TitleParams(
        in_lines(title), subtitle=in_lines(finding), fontWeight=600, color=INK, subtitleColor=QUIET, subtitleFontSize=12
    )
    made = chart.made().properties(title=words)
    return _specification(made.add_params(alt.selection_point(name=SELECTION, fields=[field])) if field else made)


def _specification(chart: AnyChart) -> dict[str, Any]:
    """Return the specification in the board's dress, with its rows beside it as bytes of Arrow."""
    datasets: dict[str, bytes] = {}
    with _one_at_a_time, alt.theme.enable("none"), alt.data_transformers.enable(BESIDE, datasets=datasets):
        specification: dict[str, Any] = chart.to_dict(validate=schemapi.DEBUG_MODE)
    return specification | DRESS | {"datasets": datasets}


def leave_charts_unchecked() -> None:
    """Look no more whether each chart is one that Vega-Lite knows, which takes a third of making it: tests have looked
    at every one.
    """
    schemapi.disable_debug_mode()


_one_at_a_time = Lock()
"""How Altair dresses charts and takes rows is set for all threads."""
BESIDE = "rows beside"


def _rows_beside(data: pd.DataFrame, datasets: dict[str, bytes]) -> dict[str, str]:
    """Put the rows aside and return the name by which the specification knows them."""
    table, written = pa.Table.from_pandas(data), pa.BufferOutputStream()
    with pa.ipc.new_stream(written, table.schema) as stream:
        stream.write_table(table)
    content = written.getvalue().to_pybytes()
    name = hashlib.sha256(content).hexdigest()
    datasets[name] = content
    return {"name": name}


alt.data_transformers.register(BESIDE, _rows_beside)  # type: ignore[arg-type]  # every row of ours is in a frame


def over_time(points: Sequence[Point], indicator: Indicator) -> AnyChart:
    """Return the district's figure at each month's end, its target as a broken line; every point says its value."""
    form = SHARE if indicator.number_format is NumberFormat.SHARE else COUNT
    frame = pd.DataFrame(
        [
            (f"{point.day:%-m月%-d日}", point.value, point.numerator, point.denominator, point.target)
            for point in points
        ],
        columns=["day", "value", "numerator", "denominator", "target"],
    ).astype(dict.fromkeys(("value", "numerator", "denominator", "target"), "float64"))
    base = alt.Chart(frame).encode(
        x=alt.X("day:O", sort=None, title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y(
            "value:Q",
            title=None,
            scale=alt.Scale(zero=True, padding=18),
            axis=alt.Axis(format=_round(form), tickCount=4),
        ),
        tooltip=[alt.Tooltip("day:O", title="截至"), *value_tooltip(indicator.title, form)],
    )
    line = base.mark_line(color=INK, strokeWidth=1.5, point=alt.OverlayMarkDef(color=INK, size=28))
    below = alt.expr("datum.value < datum.target ? 14 : -11")  # away from the target's line
    words = base.mark_text(dy=below, color=INK, fontSize=12).encode(text=alt.Text("value:Q", format=form))
    clear = base.mark_text(dy=below, stroke="#fff", strokeWidth=5, fontSize=12).encode(
        text=alt.Text("value:Q", format=form)
    )
    target = base.mark_line(color=QUIET, strokeDash=[4, 3], strokeWidth=1).encode(y=alt.Y("target:Q"))
    return alt.layer(target, clear, line, words).properties(
        height=150,
        title=f"{indicator.title}：各单位合计，虚线为目标",
        description=f"{indicator.title}：{_last_in_words(points[-1], form)}",
    )


def _last_in_words(point: Point, form: str) -> str:
    """Return “截至 8月22日 89.8%，目标 100.0%”: what a line over time has come to."""
    in_words = percent if form == SHARE else lambda number: "—" if number is None else figure(number)
    aim = "" if point.target is None else f"，目标 {in_words(point.target)}"
    return f"截至 {point.day:%-m月%-d日} {in_words(point.value)}{aim}"


def value_tooltip(title: str, form: str = SHARE) -> list[alt.Tooltip]:
    """Return the value with its numerator and denominator, from columns of these names."""
    return [
        alt.Tooltip("value:Q", title=title, format=form),
        alt.Tooltip("numerator:Q", title="分子", format=COUNT),
        alt.Tooltip("denominator:Q", title="分母", format=COUNT),
    ]


def _round(form: str) -> str:
    """Return the format without decimals: an axis needs no decimals."""
    return ".0%" if form == SHARE else form
