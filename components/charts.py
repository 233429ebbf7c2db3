"""A line over time as an SVG picture: points in, an <img> out, with direct labels and nothing that moves or loads."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from markupsafe import Markup

from components.tables import figure, percent
from models.definitions import Indicator, Unit
from services.history import Point

WIDTH, HEIGHT, TOP, BOTTOM, SIDE = 600, 170, 24, 42, 50
INK, QUIET, RULE = "#1b2530", "#55616d", "#d6dce2"
STYLE = (
    f"text{{font:12px 'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif;fill:{INK};text-anchor:middle}}"
    f".quiet{{fill:{QUIET}}}.line{{fill:none;stroke:{INK};stroke-width:1.5}}circle{{fill:{INK}}}"
    f".ground{{stroke:{RULE}}}.target{{stroke:{QUIET};stroke-dasharray:4 3}}"
)
Place = tuple[float, float]


def over_time(points: Sequence[Point], indicator: Indicator) -> Markup:
    """The district's figure at each month's end, its target as a broken line. The text for screen readers holds every value."""
    title = f"{indicator.title}：各单位合计，虚线为目标"
    values = "；".join(f"{one.day:%-m月%-d日} {_said(one, indicator)}（{_parts(one)}）" for one in points if one.value is not None)
    return Markup(
        '<figure class="over-time"><figcaption>{}</figcaption><img alt="{}" width="{}" height="{}" src="data:image/svg+xml,{}"></figure>'
    ).format(title, values, WIDTH, HEIGHT, quote(picture(points, indicator)))


def picture(points: Sequence[Point], indicator: Indicator) -> str:
    """The SVG, from nought up; under each point its day, numerator and denominator."""
    known = [(one, one.value) for one in points if one.value is not None]
    highest = max([value for _, value in known] + [one.target or 0 for one in points], default=0) or 1
    places = [(_across(number, len(known)), _up(value, highest)) for number, (_, value) in enumerate(known)]
    marks = Markup("").join(_mark(one, place, indicator, highest) for (one, _), place in zip(known, places, strict=True))
    ground = HEIGHT - BOTTOM
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"><style>{}</style>'
        '<line class="ground" x1="0" x2="{}" y1="{}" y2="{}"/>{}<polyline class="line" points="{}"/>{}</svg>'
    ).format(
        WIDTH, HEIGHT, Markup(STYLE), WIDTH, ground, ground, _target(points, highest),  # noqa: S704 our own constant
        " ".join(f"{x:.1f},{y:.1f}" for x, y in places), marks,
    )


def _across(number: int, of: int) -> float:
    return SIDE + (WIDTH - 2 * SIDE) * (number / (of - 1) if of > 1 else 0.5)


def _up(value: float, highest: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / highest


def _target(points: Sequence[Point], highest: float) -> Markup:
    target = points[-1].target if points else None
    if target is None:
        return Markup("")
    y = f"{_up(target, highest):.1f}"
    return Markup('<line class="target" x1="0" x2="{}" y1="{}" y2="{}"/>').format(WIDTH, y, y)


def _mark(one: Point, place: Place, indicator: Indicator, highest: float) -> Markup:
    x, y = place
    words = y + 18 if _target_is_just_above(one, y, highest) else y - 8
    return Markup(
        '<circle cx="{0:.1f}" cy="{1:.1f}" r="3"/><text x="{0:.1f}" y="{2:.1f}">{3}</text>'
        '<text x="{0:.1f}" y="{4}">{5}</text><text class="quiet" x="{0:.1f}" y="{6}">{7}</text>'
    ).format(x, y, words, _said(one, indicator), HEIGHT - 24, f"{one.day:%-m月%-d日}", HEIGHT - 7, _parts(one))


def _target_is_just_above(one: Point, y: float, highest: float) -> bool:
    """Then the words go beneath the point, clear of the broken line."""
    return one.target is not None and 0 <= y - _up(one.target, highest) < 24


def _said(one: Point, indicator: Indicator) -> str:
    return percent(one.value) if indicator.unit is Unit.SHARE else figure(one.value or 0)


def _parts(one: Point) -> str:
    """“7,398／14,282”, or the bare count."""
    below = f"／{figure(one.denominator)}" if one.denominator is not None else ""
    return f"{figure(one.numerator or 0)}{below}"
