"""The targets in force that a section holds its figures against: read from the plan as of the day, never typed in."""

from __future__ import annotations

from components.areas.sections.area_context import AreaContext


def target_of(here: AreaContext, indicator: str) -> float | None:
    """Return the indicator's target, or None if the plan has no measure judged by it or no target has been entered."""
    measure = here.measure_of(indicator)
    return next((t.value for t in measure.targets if t.indicator == indicator), None) if measure else None
