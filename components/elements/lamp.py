"""A lamp as HTML: shape, word and tint together, never the colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from models.lamps import FACES, Lamp, MeasureLamp, RollUp
from rules.lamp import roll_up

COUNTED = tuple(lamp for lamp in Lamp if lamp is not Lamp.NOT_APPLICABLE)


def css_class(lamp: Lamp) -> str:
    return f"lamp-{lamp.value.replace('_', '-')}"


def shape(lamp: Lamp) -> Markup:
    """The bare shape, for places where the word stands beside it or in the legend beneath."""
    return Markup('<span class="shape {}" aria-hidden="true">{}</span>').format(css_class(lamp), FACES[lamp].shape)


def chip(lamp: Lamp, detail: str = "") -> Markup:
    """Shape and word on the lamp's tint: “■ 逾期”."""
    said = f" {detail}" if detail else ""
    return Markup('<span class="chip {}">{}{}{}</span>').format(css_class(lamp), shape(lamp), FACES[lamp].word, said)


def tally(rows: Iterable[MeasureLamp]) -> RollUp:
    """How many rows stand on each lamp, and the worst of them."""
    return roll_up(row.lamp for row in rows)


def in_words(counts: Mapping[Lamp, int]) -> str:
    """“逾期 2、缺报 1，共 7 项”, worst first, for tool-tips and screen readers."""
    parts = [f"{FACES[lamp].word} {counts[lamp]}" for lamp in COUNTED if counts.get(lamp)]
    return f"{'、'.join(parts)}，共 {sum(counts.values()):,} 项" if parts else "没有适用的举措"


def legend() -> Markup:
    """The words of the lamps with their shapes, once near a table that shows shapes."""
    items = Markup(" ").join(chip(lamp) for lamp in COUNTED)
    return Markup('<p class="legend" aria-label="图例">{}</p>').format(items)


def css_rules() -> str:
    """The colours of models.lamps.FACES as CSS variables, so that they are written down once."""
    return "".join(
        f".{css_class(lamp)}{{--lamp:{face.colour};--tint:{face.tint};--fill:{face.fill};--on-fill:{face.on_fill}}}\n"
        for lamp, face in FACES.items()
    )
