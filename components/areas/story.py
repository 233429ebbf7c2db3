"""What an area page wants of its area: a title from facts, and pictures with the table that a click on them filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from components.areas.sections.area_context import AreaContext


@dataclass(frozen=True)
class Story:
    """`finding` returns the title of the page, "" where the figures hold none; `draw` draws the pictures; `sections`
    draws every table of the area, for its second view and for the page of one unit. `filters_units`: its pictures
    filter the worst measure's units and have no table of their own.
    """

    finding: Callable[[AreaContext], str]
    draw: Callable[[AreaContext], None]
    sections: Callable[[AreaContext], None]
    filters_units: bool = False
