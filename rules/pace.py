"""序时进度: from the judged case of one measure × unit to each of its figures that is below the share of the time gone.

It stands beside the lamp and changes no lamp. A figure is held against the straight line from its start to its target
on the deadline. It starts at 0 where the measure is first reported; the share that is to increase starts at its
baseline, and so has to stay at it. Source: issue 15, 7 (our reading: docs/decisions/0013).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from models.lamps import IndicatorResult, Lamp, MeasureCase, Pace
from rules.lamp import TOLERANCE

WHOLE = 100
"""Per cent of a milestone."""
STILL_OPEN = (Lamp.NOT_REPORTED, Lamp.DUE_SOON, Lamp.ON_TRACK)
"""What is finished, doubtful or overdue is told by its lamp."""


@lru_cache(maxsize=4096)
def time_gone(start: date, deadline: date, as_of: date) -> float | None:
    """Return the share of the days from start to deadline, both included, that is over at the end of a day; None where
    the deadline comes before the start.
    """
    if deadline < start:
        return None
    gone = (as_of - start).days + 1
    return min(max(gone / ((deadline - start).days + 1), 0.0), 1.0)


def behind(case: MeasureCase, lamp: Lamp, start: date) -> tuple[Pace, ...]:
    """Return the figures that are behind the time, in the order of the measure's indicators; none without figures."""
    if lamp not in STILL_OPEN or case.deadline is None:
        return ()
    gone = time_gone(start, case.deadline, case.as_of)
    if gone is None:
        return ()
    late = [Pace(code, value, due, start, gone) for code, value, due in _figures(case, gone) if value < due - TOLERANCE]
    return tuple(late)


def _figures(case: MeasureCase, gone: float) -> Iterator[tuple[str | None, float, float]]:
    """(indicator, figure, what it would be by now) of each figure that there is."""
    if case.milestone is not None:
        if case.milestone.percent is not None:
            yield None, case.milestone.percent / WHOLE, gone
        return
    for result in case.indicators:
        if result.value is not None and result.target is not None:
            yield result.code, result.value, _due(result, result.target, gone)


def _due(result: IndicatorResult, target: float, gone: float) -> float:
    is_share = result.denominator is not None
    return target if result.increases and is_share else target * gone
