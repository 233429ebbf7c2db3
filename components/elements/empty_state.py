"""Short notices in the page: why a place is empty, and what to do about it."""

from __future__ import annotations

from markupsafe import Markup

from components.elements.templates import from_template


def empty_state(why: str, what_to_do: str = "") -> Markup:
    """Return one sentence why a place is empty and one what to do; never a blank place."""
    return from_template("elements/empty_state.html", why=why, what_to_do=what_to_do)


def note(sentence: str | Markup, css: str = "") -> Markup:
    """Return a quiet sentence."""
    return from_template("elements/note.html", sentence=sentence, css=css)


def section(title: str, detail: str | Markup = "", anchor: str = "") -> Markup:
    """Return a section's heading with its detail on the same line; `anchor` is what a link to it ends with."""
    return from_template("elements/section.html", title=title, detail=detail, anchor=anchor)


def subsection(title: str, detail: str | Markup = "", anchor: str = "") -> Markup:
    """Return a heading within a section."""
    return from_template("elements/subsection.html", title=title, detail=detail, anchor=anchor)
