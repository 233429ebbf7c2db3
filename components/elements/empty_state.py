"""Short notices in the page: why a place is empty, and what to do about it."""

from __future__ import annotations

from markupsafe import Markup


def empty_state(why: str, what_to_do: str = "") -> Markup:
    """One sentence why, one what to do; never a blank place."""
    return Markup('<p class="nothing">{}<span>{}</span></p>').format(why, what_to_do)


def note(sentence: str | Markup) -> Markup:
    return Markup('<p class="note">{}</p>').format(sentence)


def section(title: str, detail: str | Markup = "", anchor: str = "") -> Markup:
    """A section's heading with its detail on the same line; `anchor` is what a link to it ends with."""
    place = Markup(' id="{}"').format(anchor) if anchor else Markup("")
    return Markup('<h2 class="section"{}>{}<small>{}</small></h2>').format(place, title, detail)
