"""Which area an indicator belongs to: that of the measure judged by it, or that it is shown beside. A code and the plan
in force in, an area out.
"""

from __future__ import annotations

from catalogue.areas import AREAS
from catalogue.indicators import SHOWN_BESIDE, datasets_of
from models.definitions import Area
from models.plan import Measure, Plan


def area_of(code: str, plan: Plan) -> Area:
    """Without a plan the first area that reads what the indicator reads. KeyError for an unknown code."""
    found = next((task.area for task in plan.tasks for measure in task.measures if _has(measure, code)), None)
    return AREAS[found] if found else next(area for area in AREAS.values() if datasets_of(code)[0] in area.datasets)


def _has(measure: Measure, code: str) -> bool:
    return any(target.indicator == code for target in measure.targets) or code in SHOWN_BESIDE.get(measure.code, ())
