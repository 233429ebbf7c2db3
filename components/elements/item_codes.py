"""Codes of items (事项) lead to the page of the item, wherever they stand."""

from __future__ import annotations

from components.elements.context import PageContext

HEADINGS = ("实施编码", "基本编码")


def item_page(heading: str, code: str | None, here: PageContext) -> str | None:
    """Return the address of the item's page, or None where there is no code or the column holds none."""
    return here.address("item", item=code) if code and heading in HEADINGS else None
