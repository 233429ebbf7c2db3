"""Long lists in pages: the page number lives in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st
from markupsafe import Markup

from components.elements.links import Value, address, link
from rules.asked_numbers import asked_number

Item = TypeVar("Item")


def page_number(name: str, pages: int) -> int:
    """The page asked for in the address, within 1 … pages."""
    return min(max(asked_number(st.query_params.get(name, "")) or 1, 1), max(pages, 1))


def one_page(items: Sequence[Item], number: int, size: int) -> Sequence[Item]:
    return items[(number - 1) * size : number * size]


def pager(page: str, name: str, number: int, total: int, size: int, /, **query: Value) -> Markup:
    """“第 2 页，共 5 页（第 21—40 条，共 93 条）” with links either way; nothing where one page holds all."""
    pages = -(-total // size)
    if pages <= 1:
        return Markup("")
    back = link("上一页", address(page, **{**query, name: number - 1})) if number > 1 else Markup("")
    on = link("下一页", address(page, **{**query, name: number + 1})) if number < pages else Markup("")
    first, last = (number - 1) * size + 1, min(number * size, total)
    return Markup('<nav class="pager">{}<span>第 {} 页，共 {} 页（第 {}—{} 条，共 {:,} 条）</span>{}</nav>').format(
        back, number, pages, first, last, total, on
    )
