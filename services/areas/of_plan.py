"""What belongs to an area of a plan: the datasets that its page speaks of and the kinds of cases; a shipped area's are
shipped, any other's follow from what its measures count.
"""

from __future__ import annotations

from catalogue.areas import AREAS
from catalogue.cases import CASE_KINDS, kinds_of_area
from catalogue.datasets import datasets_of_area
from catalogue.datasets.progress import PROGRESS
from models.cases import CaseKind
from models.plan import Plan
from services.board.scorecard import counted_datasets


def datasets_of(area: str, plan: Plan) -> tuple[str, ...]:
    """Return the codes of the datasets of an area, in the order in which its measures count them."""
    if area in AREAS.shipped:
        return datasets_of_area(area)
    measures = (measure for task in plan.tasks if task.area == area for measure in task.measures)
    counted = dict.fromkeys(dataset for measure in measures for dataset in counted_datasets(measure))
    return tuple(dict.fromkeys((*counted, *datasets_of_area(area))))


def kinds_of(area: str, plan: Plan) -> tuple[CaseKind, ...]:
    """Return the kinds of cases of an area."""
    if area in AREAS.shipped:
        return kinds_of_area(area)
    datasets = datasets_of(area, plan)
    return tuple(kind for kind in CASE_KINDS.values() if kind.dataset in datasets)


def datasets_counted(area: str, plan: Plan) -> tuple[str, ...]:
    """Return the codes of those of its datasets that hold records of the work itself."""
    return tuple(code for code in datasets_of(area, plan) if code != PROGRESS.code)
