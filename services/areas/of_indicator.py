"""Which area an indicator belongs to: that of the measure judged by it, or that it is shown beside. From a code and the
plan in force to an area.
"""

from __future__ import annotations

from catalogue.areas import AREAS
from catalogue.areas import area_of as area_of_code
from catalogue.datasets import datasets_of_area
from catalogue.indicators import UNJUDGED_OF_MEASURE, datasets_of
from models.definitions import Area
from models.plan import Measure, Plan


def area_of(code: str, plan: Plan) -> Area:
    """Return the area of the measure that an indicator judges; without a plan the first area that reads what it reads,
    or, where none says so, the plan's first. KeyError for an unknown code.
    """
    judged = next((task.area for task in plan.tasks for measure in task.measures if _has(measure, code)), None)
    first_dataset = datasets_of(code)[0]
    reading = next((area for area in AREAS.shipped if first_dataset in datasets_of_area(area)), None)
    return area_of_code(judged or reading or next((task.area for task in plan.tasks), next(iter(AREAS))))


def _has(measure: Measure, code: str) -> bool:
    return any(target.indicator == code for target in measure.targets) or code in UNJUDGED_OF_MEASURE.get(
        measure.code, ()
    )
