"""Bars as HTML: the lamps of a group side by side, or a figure against its target."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from components.lamp import COUNTED, css_class, in_words
from models.lamps import FACES, Lamp

GOOD_TO_BAD = tuple(reversed(COUNTED))
ROOM_FOR_A_NUMBER = 0.045
ROOM_FOR_A_SHAPE = 0.08


def lamp_bar(counts: Mapping[Lamp, int], longest: int | None = None) -> Markup:
    """One segment a lamp, done first, overdue last; wide segments carry shape and number. `longest` scales several bars alike."""
    total = sum(counts.values())
    if not total:
        return Markup('<div class="bar bar-empty">没有适用的举措</div>')
    segments = Markup("").join(_segment(lamp, counts[lamp], total) for lamp in GOOD_TO_BAD if counts.get(lamp))
    width = 100 * total / (longest or total)
    return Markup('<div class="bar" role="img" aria-label="{}" style="width:{:.1f}%">{}</div>').format(
        in_words(counts), width, segments
    )


def _segment(lamp: Lamp, count: int, total: int) -> Markup:
    share = count / total
    face = FACES[lamp]
    label = f"{face.shape} {count}" if share >= ROOM_FOR_A_SHAPE else str(count) if share >= ROOM_FOR_A_NUMBER else ""
    return Markup('<span class="segment {}" style="flex-grow:{}" title="{} {}">{}</span>').format(
        css_class(lamp), count, face.word, count, label
    )


def target_bar(value: float | None, target: float | None, met: bool | None) -> Markup:
    """A share from 0 to 1 with a tick at its target; nothing but the tick where there are no figures."""
    filled = Markup("")
    if value is not None:
        lamp = Lamp.DONE if met else Lamp.OVERDUE
        filled = Markup('<i class="{}" style="width:{:.2f}%"></i>').format(css_class(lamp), 100 * min(max(value, 0), 1))
    tick = Markup("")
    if target is not None:
        tick = Markup('<b style="left:{:.2f}%"></b>').format(100 * min(max(target, 0), 1))
    return Markup('<div class="gauge" aria-hidden="true">{}{}</div>').format(filled, tick)
