"""The months of a figure as a line of small bars, with its target."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from components.elements.figures import figure, percent
from components.elements.phrases import quiet
from components.elements.templates import from_template
from services.board.history import Point


def sparkline(points: Sequence[Point], *, is_share: bool) -> Markup:
    """Return the points that have a value as bars; a dash where there is one or none."""
    known = [month for month in points if month.value is not None]
    if len(known) < 2:
        return quiet("—", "尚无走势")
    target = known[-1].target
    values = [month.value or 0.0 for month in known]
    most = max(*values, target or 0.0, 1.0 if is_share else 0.0) or 1.0
    words = "，".join(
        f"{month.day:%-m月%-d日} {percent(month.value) if is_share else figure(month.value or 0)}" for month in known
    )
    heights = [round(100 * max(value, 0.0) / most, 1) for value in values]
    height = None if target is None else round(100 * target / most, 1)
    return from_template("elements/sparkline.html", words=words, heights=heights, target=height)
