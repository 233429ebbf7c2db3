"""The search box in the head of every page: an ordinary form of one field, which screen.js follows without a reload."""

from __future__ import annotations

from markupsafe import Markup

from components.elements.context import PLAN, PageContext
from components.elements.templates import from_template
from rules.search_words import LONGEST

PAGE = "search"
WORDS = "q"


def search_box(here: PageContext) -> Markup:
    """Return the box; on the page of what was found it holds the words that were looked for."""
    words = here.parameter(WORDS) if here.page == PAGE else ""
    carried = {name: here.parameter(name) for name in ("as_of", PLAN) if here.parameter(name)}
    return from_template("elements/search_box.html", carried=carried, words=words, longest=LONGEST)
