"""What the pages ask that are opened first, of all units, on the day that the board opens with. Asked before anybody
comes, it is there for whoever opens them first.

Everybody begins with 总览 and 待办. The bureau goes on to 进展, 案件时限, 催办, 报送情况 and the areas; an inspector or
leader who does so waits for what an area asks besides, half of its page at most.

It is the second list of what pages ask; tests/frame/test_first_pages.py opens each page and finds what is not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from catalogue.areas import areas_of_plan
from catalogue.cases import CASE_KINDS
from components.elements import cache
from components.elements.as_of import compared_with
from components.elements.context import PageContext, first_day
from components.notices.to_do import to_do_of
from models.people import Role
from services.access.current_user import current_user
from services.areas.approval_days import approval_days
from services.areas.breakdowns import area_breakdowns
from services.areas.of_plan import kinds_of
from services.guides.accuracy import accuracy_as_of
from services.plan.in_force import areas_as_of

Ask = Callable[[], object]


def first_questions(role: Role) -> Iterator[Ask]:
    """Yield what is to be asked, as somebody of that role, one answer after the other: some depend on those before."""
    here = PageContext("board", first_day(), current_user(), {})
    yield from _of_the_board(here)
    if role is Role.BUREAU:
        yield from _of_areas(here)
        yield from _of_lists(here.day)


def _of_the_board(here: PageContext) -> Iterator[Ask]:
    yield cache.plans
    yield partial(cache.answer, areas_as_of, here.day)
    yield partial(cache.district, here.day)
    yield partial(cache.scorecard, here.day)
    yield partial(cache.changes_between, compared_with(here), here.day)
    yield partial(to_do_of, here)


def _of_lists(day: date) -> Iterator[Ask]:
    yield partial(cache.caseload, next(iter(CASE_KINDS)), day)
    yield partial(cache.overdue_by_kind, day)
    yield partial(cache.rectifications, day)
    yield partial(cache.assignments, day)
    yield partial(cache.evidence, day)
    yield partial(cache.notices, day)
    yield partial(cache.reminders, day)
    yield partial(cache.reports_owed, day)
    yield partial(cache.exemptions, day)
    yield partial(cache.recent_submissions, day)


def _of_areas(here: PageContext) -> Iterator[Ask]:
    day, plan = here.day, here.district.plan
    yield partial(cache.unjudged_figures, day)
    for area in areas_of_plan(plan):
        judged = (
            (target.indicator, measure.code)
            for task in plan.tasks
            if task.area == area.code
            for measure in task.measures
            for target in measure.targets
        )
        for indicator, measure in judged:
            yield partial(cache.history, indicator, measure, day)
        yield partial(cache.answer, area_breakdowns, area.code, day, None)
        for kind in kinds_of(area.code, plan):
            yield partial(cache.caseload, kind.code, day)
    yield partial(cache.answer, approval_days, day)
    yield partial(cache.answer, accuracy_as_of, day)
