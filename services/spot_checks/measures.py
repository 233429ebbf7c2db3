"""Which measures of a plan a kind of spot check bears on, and which kinds a plan gives occasion for."""

from __future__ import annotations

from catalogue.spot_checks import KINDS
from models.plan import Measure, Plan
from models.spot_checks import SpotCheckKind
from services.board.scorecard import counted_datasets


def measures_of(kind: SpotCheckKind, plan: Plan) -> tuple[str, ...]:
    """Return the codes of the measures beside which a finding is marked: the one that the kind names, where the plan
    has it in the area of the kind; else those that count the dataset drawn from.
    """
    if kind.dataset is None or (kind.measure is None and kind.code in KINDS.shipped):
        return ()
    named = [(task, measure) for task in plan.tasks for measure in task.measures if measure.code == kind.measure]
    if any(task.area == kind.area for task, _ in named):
        return tuple(measure.code for _, measure in named)
    return tuple(measure.code for measure in _measures(plan) if kind.dataset in counted_datasets(measure))


def areas_of(kind: SpotCheckKind, plan: Plan) -> frozenset[str]:
    """Return the areas of a plan whose lamps say something of the units drawn from."""
    if kind.area is None or any(task.area == kind.area for task in plan.tasks):
        return frozenset({kind.area} if kind.area else ())
    codes = measures_of(kind, plan)
    return frozenset(task.area for task in plan.tasks for measure in task.measures if measure.code in codes)


def kinds_of(plan: Plan) -> tuple[str, ...]:
    """Return the codes of the kinds whose dataset some measure of the plan counts, and of those of no dataset."""
    counted = {dataset for measure in _measures(plan) for dataset in counted_datasets(measure)}
    return tuple(
        code
        for code, kind in KINDS.items()
        if kind.dataset is None or kind.dataset in counted or measures_of(kind, plan)
    )


def _measures(plan: Plan) -> list[Measure]:
    return [measure for task in plan.tasks for measure in task.measures]
