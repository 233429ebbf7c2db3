"""Addresses of the board's own pages, with the as-of date and the filters in the query: from values
to href or anchor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import parse_qs, urlencode, urlsplit

from markupsafe import Markup

from components.elements.templates import from_template
from services.access.permission import is_own, own_unit

Value = str | int | date | None
Address = Value | Sequence[str]


def address(page: str, /, **query: Address) -> str:
    """Return an address: `address("lamp", unit="区人社局")` → `/lamp?unit=%E5%8C%BA…`; what is None or empty is left
    out, a list stands as often as it has values.
    """
    given = {
        name: list(value) if isinstance(value, (list, tuple)) else str(value)
        for name, value in query.items()
        if value not in (None, "", [], ())
    }
    path = "/" if page == "board" else f"/{page}"
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def link(label: str | Markup, href: str, title: str = "", css: str = "", *, current: bool | None = None) -> Markup:
    """Return an anchor that screen.js follows without a reload; without it, an ordinary link in the same window.

    `current`: whether it is the one chosen of several. Only words where it would lead a unit's person to another unit.
    """
    is_followed = "unit=" not in href or own_unit() is None or is_own(_unit_in(href))
    return from_template(
        "elements/link.html", label=label, href=href if is_followed else "", title=title, css=css, current=current
    )


def _unit_in(href: str) -> str | None:
    return parse_qs(urlsplit(href).query).get("unit", [None])[0]


def choices(label: str, links: Iterable[Markup]) -> Markup:
    """Return links to choose between as one line; `label` says to a screen reader what is chosen."""
    return from_template("elements/choices.html", label=label, links=[choice for choice in links if choice])


def download(label: str, href: str, title: str = "", css: str = "") -> Markup:
    """Return a link that gives a file."""
    return from_template("elements/download.html", label=label, href=href, title=title, css=css)
