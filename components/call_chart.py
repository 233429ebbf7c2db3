"""Calls answered day by day as an SVG picture: a line of the share answered, the target drawn, days without a report left open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import quote

from markupsafe import Markup

from components.charts import INK, QUIET, RULE
from components.tables import percent
from services.area_hotline import CallDay

WIDTH, HEIGHT, TOP, BOTTOM, LEFT = 1000, 200, 14, 26, 46
STYLE = (
    f"text{{font:12px 'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif;fill:{QUIET}}}"
    f".line{{fill:none;stroke:{INK};stroke-width:1.5}}circle{{fill:{INK}}}.below{{fill:#fff;stroke:{INK};stroke-width:1.5}}"
    f".ground,.first{{stroke:{RULE}}}.target{{stroke:{INK};stroke-dasharray:4 3}}.hole{{fill:#e9edf0}}"
)


def calls_by_day(days: Sequence[CallDay], target: float) -> Markup:
    """The text for screen readers names the days below the target."""
    low = [one for one in days if _rate(one) < target]
    said = "；".join(f"{one.day:%-m月%-d日} {percent(_rate(one))}（{one.answered:,}／{one.calls:,}）" for one in low) or "各日均达标"
    return Markup(
        '<figure class="over-time across"><figcaption>每日接通率，虚线为目标 {:.0%}，空心点为未达标的日子，灰底为未报的日子</figcaption>'
        '<img alt="未达标：{}" width="{}" height="{}" src="data:image/svg+xml,{}"></figure>'
    ).format(target, said, WIDTH, HEIGHT, quote(_picture(days, target)))


def _picture(days: Sequence[CallDay], target: float) -> str:
    first, last = days[0].day, days[-1].day
    span = max((last - first).days, 1)
    floor = _floor(days, target)
    known = {one.day: one for one in days}
    every = [first + timedelta(days=number) for number in range(span + 1)]
    step = (WIDTH - LEFT - 8) / span
    holes = Markup("").join(_hole(_across(day, first, step), step) for day in every if day not in known)
    marks = Markup("").join(_mark(one, _across(one.day, first, step), floor, target) for one in days)
    lines = Markup("").join(_line(run, first, step, floor) for run in _runs(days))
    months = Markup("").join(_month(day, _across(day, first, step)) for day in every if day.day == 1 or day == first)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"><style>{}</style>{}'
        '<line class="ground" x1="{}" x2="{}" y1="{}" y2="{}"/>{}{}{}{}{}{}</svg>'
    ).format(WIDTH, HEIGHT, Markup(STYLE), holes, LEFT, WIDTH, HEIGHT - BOTTOM, HEIGHT - BOTTOM,  # noqa: S704 our own constant
             months, _level(floor, floor, "first"), _level(1.0, floor, "first"), _level(target, floor, "target"), lines, marks)


def _floor(days: Sequence[CallDay], target: float) -> float:
    """Where the scale begins: the twentieth below the lowest figure, so that a few percent can be told apart."""
    lowest = min([target, *(_rate(one) for one in days)])
    return max(int(lowest * 20 - 0.2) / 20, 0.0)


def _rate(one: CallDay) -> float:
    """A day without a call has nobody left waiting."""
    return one.answered / one.calls if one.calls else 1.0


def _across(day: date, first: date, step: float) -> float:
    return LEFT + (day - first).days * step


def _up(value: float, floor: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (min(value, 1.0) - floor) / (1 - floor)


def _level(value: float, floor: float, css: str) -> Markup:
    y = _up(value, floor)
    return Markup('<line class="{}" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/><text x="{}" y="{:.1f}" text-anchor="end">{:.0%}</text>').format(
        css, LEFT, WIDTH, y, y, LEFT - 6, y + 4, value)


def _mark(one: CallDay, x: float, floor: float, target: float) -> Markup:
    return Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(
        "below" if _rate(one) < target else "", x, _up(_rate(one), floor), 3.5 if _rate(one) < target else 2)


def _hole(x: float, step: float) -> Markup:
    return Markup('<rect class="hole" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>').format(x - step / 2, TOP, step, HEIGHT - BOTTOM - TOP)


def _month(day: date, x: float) -> Markup:
    return Markup('<line class="ground" x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}"/><text x="{3:.1f}" y="{4}">{5}</text>').format(
        x, TOP, HEIGHT - BOTTOM, x + 3, HEIGHT - 8, f"{day:%-m月%-d日}")


def _line(run: Sequence[CallDay], first: date, step: float, floor: float) -> Markup:
    points = " ".join(f"{_across(one.day, first, step):.1f},{_up(_rate(one), floor):.1f}" for one in run)
    return Markup('<polyline class="line" points="{}"/>').format(points)


def _runs(days: Sequence[CallDay]) -> list[list[CallDay]]:
    """Days that follow each other without a gap."""
    runs: list[list[CallDay]] = []
    for one in days:
        if runs and one.day - runs[-1][-1].day == timedelta(days=1):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs
