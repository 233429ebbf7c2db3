"""Addresses of the board's own pages, with the as-of date and the filters in the query: values in, href or anchor out."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup

Value = str | int | date | None


def address(page: str, /, **query: Value) -> str:
    """`address("lamp", unit="区人社局")` → `/lamp?unit=%E5%8C%BA…`; what is None or empty is left out."""
    given = {name: str(value) for name, value in query.items() if value not in (None, "")}
    path = "/" if page == "board" else f"/{page}"
    return f"{path}?{urlencode(given)}" if given else path


def link(label: str | Markup, href: str, title: str = "", css: str = "") -> Markup:
    """An anchor that screen.js follows without a reload; without it, an ordinary link in the same window."""
    return Markup('<a class="board-link {}" href="{}" target="_self" title="{}">{}</a>').format(css, href, title, label)
