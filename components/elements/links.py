"""Addresses of the board's own pages, with the as-of date and the filters in the query: values in, href or anchor
out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import parse_qs, urlencode, urlsplit

from markupsafe import Markup

from services.access.permission import is_own

Value = str | int | date | None
Address = Value | Sequence[str]


def address(page: str, /, **query: Address) -> str:
    """`address("lamp", unit="区人社局")` → `/lamp?unit=%E5%8C%BA…`; what is None or empty is left out, a list stands as
    often as it has values.
    """
    given = {
        name: list(value) if isinstance(value, (list, tuple)) else str(value)
        for name, value in query.items()
        if value not in (None, "", [], ())
    }
    path = "/" if page == "board" else f"/{page}"
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def link(label: str | Markup, href: str, title: str = "", css: str = "") -> Markup:
    """An anchor that screen.js follows without a reload; without it, an ordinary link in the same window.

    Only words where it would lead a unit's person to another unit.
    """
    if "unit=" in href and not is_own(parse_qs(urlsplit(href).query).get("unit", [None])[0]):
        return Markup('<span class="{}" title="{}">{}</span>').format(css, title, label)
    return Markup('<a class="board-link {}" href="{}" target="_self" title="{}">{}</a>').format(css, href, title, label)
