"""Which of a board's plans is the current one on a day, and which are in force: plans.md, section 1."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from rules.as_of import day_of


class Supervised(Protocol):
    """A plan with its days. `since`: from when it is known to the board; None: from the beginning."""

    begins: date
    ends: date
    since: datetime | None


AnyPlan = TypeVar("AnyPlan", bound=Supervised)


def plans_in_force(plans: Sequence[AnyPlan], end: datetime) -> list[AnyPlan]:
    """Return the plans that are supervised on the day before `end`, in their order."""
    day = _day_before(end)
    return [plan for plan in _known(plans, end) if plan.begins <= day <= plan.ends]


def current_plan(plans: Sequence[AnyPlan], end: datetime) -> AnyPlan | None:
    """Return the plan in force that began last; of several the first of the board, so that none changes for another.

    Between plans the last one that began; before all of them the first. None where none is known yet.
    """
    day = _day_before(end)
    in_force = plans_in_force(plans, end)
    if in_force:
        return max(in_force, key=lambda plan: plan.begins)
    known = _known(plans, end)
    begun = [plan for plan in known if plan.begins <= day]
    if begun:
        return max(begun, key=lambda plan: plan.begins)
    return min(known, key=lambda plan: plan.begins, default=None)


def _known(plans: Sequence[AnyPlan], end: datetime) -> list[AnyPlan]:
    return [plan for plan in plans if plan.since is None or plan.since < end]


def _day_before(end: datetime) -> date:
    return day_of(end - timedelta(microseconds=1))
