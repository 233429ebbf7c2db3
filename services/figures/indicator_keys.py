"""What people call an indicator, and what the tables call it: of several that were declared under one code, whose is
meant.
"""

from __future__ import annotations

from catalogue.indicators import INDICATORS, UNJUDGED
from catalogue.register import declared_in_force
from models.definitions import plain_code
from models.plan import Plan


def key_of(plan: Plan, code: str) -> str | None:
    """Return the key of the indicator that this code means beside a plan: the one that judges a measure of it that day,
    the one that the plan declares, else the one that has the code as its key; None where nothing is called so.
    """
    targets = (target.indicator for task in plan.tasks for measure in task.measures for target in measure.targets)
    judging = next((key for key in targets if code in (key, plain_code(key))), None)
    if judging is not None:
        return judging
    key = declared_in_force().keys.get((plan.code, code), code)
    return key if key in INDICATORS or key in UNJUDGED else None
