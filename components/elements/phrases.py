"""Small pieces of a page that many tables and lists share: quiet words, words with a hint, lines below one another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from components.elements.templates import from_template

DAY = re.compile(r"(\d{4}-\d{2}-\d{2})")


def quiet(words: str | Markup, hint: str = "") -> Markup:
    """Return words that stand back; the pointer tells the `hint`."""
    return from_template("elements/span.html", css="quiet", words=words, hint=hint)


def beside(words: str | Markup) -> Markup:
    """Return what belongs to the words before it: a denominator, a place."""
    return from_template("elements/span.html", css="of", words=words, hint="")


def doubt(words: str) -> Markup:
    """Return what is in doubt, with the lamp's shape and colour."""
    return from_template("elements/doubt.html", words=words)


def with_hint(words: str | Markup, hint: str) -> Markup:
    """Return words of which the pointer tells more."""
    return from_template("elements/span.html", css="", words=words, hint=hint)


def as_typed(words: str | Markup) -> Markup:
    """Return what a person typed, spaces and English included, which no check of the screen's words looks at."""
    return from_template("elements/as_typed.html", words=words)


def whole_days(words: str) -> str | Markup:
    """Return the words with every day (2023-08-31) in one piece, which no line breaks at its hyphens."""
    before, *pieces = DAY.split(words)
    if not pieces:
        return words
    days = (from_template("elements/span.html", css="nowrap", words=day, hint="") for day in pieces[::2])
    return escape(before) + Markup("").join(day + escape(after) for day, after in zip(days, pieces[1::2], strict=True))


def lines(parts: Iterable[str | Markup]) -> Markup:
    """Return the parts below one another."""
    return from_template("elements/lines.html", parts=list(parts))


def with_line_below(words: str | Markup, *below: str | Markup) -> Markup:
    """Return words with smaller lines below them."""
    return from_template("elements/with_line_below.html", words=words, below=below)


def code(words: str, *, css: str = "", hint: str = "") -> Markup:
    """Return what is copied letter by letter: a digest, a password, the name of a variable."""
    return from_template("elements/code.html", words=words, css=css, hint=hint)


def listed(parts: Iterable[str | Markup]) -> Markup:
    """Return the parts with 、 between them."""
    return Markup("、").join(escape(part) for part in parts)
