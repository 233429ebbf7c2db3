"""Puts HTML on the screen: from escaped parts to elements."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup


@dataclass(frozen=True)
class Parts:
    """Parts of a page in their order: HTML, and what draws itself (the filters of a table). They add up as HTML
    does.
    """

    parts: tuple[Markup | Callable[[], None], ...]

    def __add__(self, other: Content) -> Parts:
        return parts_of((self, other))

    def __radd__(self, other: Markup) -> Parts:
        return parts_of((other, self))


Content = Markup | Parts


def parts_of(contents: Iterable[Content]) -> Parts:
    """Return the contents one after the other."""
    return Parts(
        tuple(piece for content in contents for piece in (content.parts if isinstance(content, Parts) else (content,)))
    )


def render(*contents: Content) -> None:
    """Draw the contents, HTML that follows upon HTML as one element. Only Markup is taken, so that no unescaped value
    of a workbook can get here; nothing is drawn for nothing.
    """
    markup = Markup("")
    for part in parts_of(contents).parts:
        if isinstance(part, Markup):
            markup += part
            continue
        _draw(markup)
        part()
        markup = Markup("")
    _draw(markup)


def _draw(markup: Markup) -> None:
    if markup:
        st.html(markup)
