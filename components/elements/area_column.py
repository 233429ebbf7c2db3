"""领域 as a column: what a table of measures, cases or rectifications is narrowed by."""

from __future__ import annotations

from collections.abc import Callable

from catalogue.areas import area_of
from components.elements.context import PageContext
from components.elements.table import Column, Row, Width


def area_column(area: Callable[[Row], str | None], *, only_exported: bool = True) -> Column[Row]:
    """Return the column, which the screen has as a filter alone unless it is said otherwise. `area`: row → its code."""

    def title(row: Row) -> str | None:
        code = area(row)
        return area_of(code).title if code else None

    return Column("area", "领域", title, width=Width.UNBROKEN, is_filter=True, only_exported=only_exported)


def area_of_measure(here: PageContext) -> Callable[[str], str | None]:
    """Return what tells the area of a measure's code under the plan of the day."""
    areas = {measure.code: task.area for task in here.district.plan.tasks for measure in task.measures}
    return areas.get
