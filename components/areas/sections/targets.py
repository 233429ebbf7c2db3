"""The targets in force that a section holds its figures against: read from the plan as of the day, never typed in."""

from __future__ import annotations

from components.areas.sections.area_context import AreaContext


def target_of(here: AreaContext, measure: str, indicator: str) -> float | None:
    """None where the plan has no such measure, or no target of it has been entered."""
    found = here.district.plan.measure(measure)
    return next((one.value for one in found.targets if one.indicator == indicator), None) if found else None
