"""Bars as HTML: the lamps of a group side by side, or a figure against its target."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from components.elements.lamp import COUNTED, css_class, in_words
from models.lamps import FACES, Lamp


def lamp_bar(counts: Mapping[Lamp, int]) -> Markup:
    """One segment a lamp, worst first, so that what is overdue starts on one line down a column.

    The style sheet leaves shape, then number, out of segments that are too narrow for them; the tool-tip has both.
    """
    if not any(counts.values()):
        return Markup('<div class="bar bar-empty">没有适用的举措</div>')
    segments = Markup("").join(_segment(lamp, counts[lamp]) for lamp in COUNTED if counts.get(lamp))
    return Markup('<div class="bar" role="img" aria-label="{}">{}</div>').format(in_words(counts), segments)


def _segment(lamp: Lamp, count: int) -> Markup:
    face, number = FACES[lamp], f"{count:,}"
    return Markup(
        '<span class="segment {} digits-{}" style="flex-grow:{}" title="{} {}"><i>{}</i><b>{}</b></span>'
    ).format(css_class(lamp), min(len(number), 4), count, face.word, number, face.shape, number)


def target_bar(value: float | None, target: float | None, lamp: Lamp) -> Markup:
    """A share from 0 to 1 in its lamp's colour with a tick at the target; nothing but the tick where there are no
    figures.
    """
    filled = Markup("")
    if value is not None:
        filled = Markup('<i class="{}" style="width:{:.2f}%"></i>').format(css_class(lamp), 100 * min(max(value, 0), 1))
    tick = Markup("")
    if target is not None:
        tick = Markup('<b style="left:{:.2f}%"></b>').format(100 * min(max(target, 0), 1))
    return Markup('<div class="gauge" aria-hidden="true">{}{}</div>').format(filled, tick)
