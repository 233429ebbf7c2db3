"""Bars: the lamps of a group side by side, or a figure against its target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from components.elements.lamp import COUNTED, css_class, in_words
from components.elements.templates import from_template
from models.lamps import FACES, Lamp


@dataclass(frozen=True)
class Segment:
    """A piece of a bar: how many, in which lamp's colour, with which shape and word."""

    lamp: Lamp
    count: int
    words: str
    shape: str

    @property
    def css(self) -> str:
        return css_class(self.lamp)

    @property
    def number(self) -> str:
        return f"{self.count:,}"


def segment_bar(segments: Sequence[Segment], words: str, longest: int = 0) -> Markup:
    """Return the segments side by side, those of nothing left out; `words` say the same to a screen reader. `longest`:
    the number of the longest bar beside it, so that length tells number; 0: it stands alone.

    The style sheet leaves shape, then number, out of segments that are too narrow for them; the tool-tip has both.
    Where nothing is left, the words stand in the bar's place.
    """
    drawn = [segment for segment in segments if segment.count]
    number = sum(segment.count for segment in drawn)
    width = min(100.0, round(100 * number / longest, 1)) if longest else 100.0
    return from_template("elements/lamp_bar.html", segments=drawn, words=words, width=width)


def lamp_bar(counts: Mapping[Lamp, int], longest: int = 0) -> Markup:
    """Return one segment a lamp, worst first, so that what is overdue starts on one line down a column; `longest` as in
    segment_bar.
    """
    segments = [Segment(lamp, counts.get(lamp, 0), FACES[lamp].word, FACES[lamp].shape) for lamp in COUNTED]
    return segment_bar(segments, in_words(counts), longest)


def target_bar(value: float | None, target: float | None, lamp: Lamp) -> Markup:
    """Return a share from 0 to 1 in its lamp's colour with a tick at the target; nothing but the tick where there are
    no figures.
    """
    return _gauge(value, target, fill=css_class(lamp))


def share_bar(value: float | None, target: float | None = None) -> Markup:
    """Return a neutral bar of a share: no lamp's colour, which would speak of deadlines."""
    return _gauge(value, target, css="plain", hint=f"目标 {100 * target:.4g}%" if target is not None else "")


def _gauge(value: float | None, target: float | None, *, css: str = "", fill: str = "", hint: str = "") -> Markup:
    return from_template(
        "elements/gauge.html", value=_percent(value), target=_percent(target), css=css, fill=fill, hint=hint
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * min(max(share, 0), 1)
