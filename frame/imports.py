"""What the pages need, imported before the first visit and kept out of the collector's sight."""

from __future__ import annotations

import gc
from importlib import import_module
from pkgutil import walk_packages

import components
from components.elements.charts import leave_charts_unchecked
from components.elements.templates import compile_templates

ALLOCATIONS = (20_000, 5, 5)
"""A page drawn makes hundreds of thousands of objects and leaves few that refer to themselves: with 700, as Python has
it, looking for these was an eighth of its time.
"""

IMPORTED_LATE = ("encodings.gb18030", "streamlit.emojis")
"""What is else imported when a page first needs it: a tenth of a second for the names of all emojis."""


def import_and_freeze() -> None:
    """Import all that pages need and compile their templates, so that the first visitor does not wait for it; what is
    imported lives for ever: walked by the collector in the midst of a page, it costs as much as the page.
    """
    for name in (*(module.name for module in walk_packages(components.__path__, "components.")), *IMPORTED_LATE):
        import_module(name)
    compile_templates()
    leave_charts_unchecked()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*ALLOCATIONS)
