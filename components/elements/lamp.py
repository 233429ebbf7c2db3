"""A lamp: shape, word and tint together, never the colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from components.elements.templates import from_template
from models.lamps import FACES, Lamp, MeasureLamp, RollUp
from rules.lamp import roll_up

COUNTED = tuple(lamp for lamp in Lamp if lamp is not Lamp.NOT_APPLICABLE)


def css_class(lamp: Lamp) -> str:
    return f"lamp-{lamp.value.replace('_', '-')}"


def shape(lamp: Lamp) -> Markup:
    """Return the bare shape, for places where the word stands beside it or in the legend beneath."""
    return from_template("elements/shape.html", css=css_class(lamp), shape=FACES[lamp].shape)


def chip(lamp: Lamp, detail: str = "") -> Markup:
    """Return shape and word on the lamp's tint: “■ 逾期”."""
    return word_chip(lamp, f"{FACES[lamp].word} {detail}".rstrip())


def word_chip(lamp: Lamp, words: str, shape: str | None = None) -> Markup:
    """Return other words on a lamp's tint, with the lamp's shape or another: “■ 错误”."""
    marked = FACES[lamp].shape if shape is None else shape
    return from_template("elements/chip.html", css=css_class(lamp), shape=marked, words=words)


def tally(rows: Iterable[MeasureLamp]) -> RollUp:
    """Return how many rows each lamp has, and the worst of them."""
    return roll_up(row.lamp for row in rows)


def in_words(counts: Mapping[Lamp, int]) -> str:
    """Return “逾期 2、缺报 1，共 7 项”, worst first, for tool-tips and screen readers."""
    parts = [f"{FACES[lamp].word} {counts[lamp]}" for lamp in COUNTED if counts.get(lamp)]
    return f"{'、'.join(parts)}，共 {sum(counts.values()):,} 项" if parts else "没有适用的举措"


def legend(chips: Iterable[Markup] = ()) -> Markup:
    """Return the words of the lamps, or of other marks, with their shapes, once near a table that shows shapes."""
    return from_template("elements/legend.html", chips=list(chips) or [chip(lamp) for lamp in COUNTED])


def css_rules() -> str:
    """Return the colours of models.lamps.FACES as CSS variables, so that they are written down once."""
    return "".join(
        f".{css_class(lamp)}{{--lamp:{face.colour};--tint:{face.tint};--fill:{face.fill};--on-fill:{face.on_fill}}}\n"
        for lamp, face in FACES.items()
    )
