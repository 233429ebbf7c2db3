"""Addresses of the board's own pages, with the as-of date and the filters in the query: values in, href or anchor
out.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlencode, urlsplit

from markupsafe import Markup

from services.access.permission import is_own

Value = str | int | date | None


def address(page: str, /, **query: Value) -> str:
    """`address("lamp", unit="区人社局")` → `/lamp?unit=%E5%8C%BA…`; what is None or empty is left out."""
    given = {name: str(value) for name, value in query.items() if value not in (None, "")}
    path = "/" if page == "board" else f"/{page}"
    return f"{path}?{urlencode(given)}" if given else path


def link(label: str | Markup, href: str, title: str = "", css: str = "") -> Markup:
    """An anchor that screen.js follows without a reload; without it, an ordinary link in the same window.

    Only words where it would lead a unit's person to another unit.
    """
    if "unit=" in href and not is_own(parse_qs(urlsplit(href).query).get("unit", [None])[0]):
        return Markup('<span class="{}" title="{}">{}</span>').format(css, title, label)
    return Markup('<a class="board-link {}" href="{}" target="_self" title="{}">{}</a>').format(css, href, title, label)
