"""Every public function of the services: listed, open to whom the table says, closed to everyone else before anything
is done.
"""

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from models.people import Role
from services.access.current_user import NotSignedIn
from services.access.permission import Forbidden
from services.intake.checked_workbook import Request
from services.proof.proof_rows import PartProof
from tests.permissions.conftest import DAY, OTHER, OWN, Known
from tests.permissions.services_walked import declared, functions, is_inside, is_of_reckoning
from tests.permissions.use_cases import REASONS, ROLES

FUNCTIONS = functions()
USE_CASES = {name: function for name, function in FUNCTIONS.items() if declared(function)}
Become = Callable[..., None]

READS: dict[str, Callable[[Known], tuple[Any, ...]]] = {
    "areas.breakdowns.area_breakdowns": lambda _: ("hotline", DAY),
    "bulletins.fact_check.lines_to_check": lambda _: (DAY, OWN),
    "bulletins.register.bulletins": lambda _: (DAY,),
    "plan.deadline_requests.deadline_requests": lambda _: (DAY,),
    "areas.spread.dataset_spread": lambda _: ("help_cases", DAY, OWN),
    "areas.breakdowns.placed": lambda _: ("special_items", DAY, "item_code", "item_name", ("reason",)),
    "milestones.assignment.assignment_history": lambda known: (known.measure, OWN, DAY),
    "settings.calendar.calendar_year": lambda _: (2023,),
    "cases.caseload.caseload": lambda _: ("tickets", DAY, OWN),
    "cases.caseload.caseloads": lambda _: (DAY, OWN),
    "cases.caseload.cases_of_item": lambda _: ("开办企业", [OWN], DAY),
    "cases.caseload.closed_cases": lambda _: ("tickets", DAY, OWN),
    "cases.caseload.overdue_by_kind": lambda _: (DAY, OWN),
    "board.district.district_as_of": lambda _: (DAY,),
    "board.district.opening_day": lambda _: (),
    "milestones.evidence.evidence_as_of": lambda _: (DAY, OWN),
    "milestones.evidence.evidence_content": lambda known: (known.own_evidence,),
    "reporting.exemptions.exemptions_as_of": lambda _: (DAY,),
    "intake.files.uploaded_file": lambda known: (known.own_submission,),
    "guides.accuracy.accuracy_as_of": lambda _: (DAY,),
    "guides.changes.changes_since_last": lambda _: (OWN, DAY),
    "guides.accuracy_trend.course": lambda _: (DAY, OWN),
    "guides.accuracy_trend.submissions": lambda _: (DAY, OWN),
    "guides.cross_checks.cross_check": lambda _: (DAY,),
    "guides.manual_checks.questions": lambda _: (OWN, DAY),
    "figures.guide_rule_settings.rule_book_as_of": lambda _: (DAY,),
    "figures.guide_rule_settings.rule_book_now": lambda _: (),
    "guides.todo.todo_workbook": lambda _: (OWN, DAY),
    "board.history.courses": lambda _: ([("active_rating_rate", "1.1.2")], DAY),
    "milestones.progress.assignments": lambda _: (DAY, OWN),
    "notices.deadline_calendar.deadline_calendar": lambda _: (DAY, OWN),
    "notices.meeting_pack.meeting_pack": lambda _: (DAY, date(2023, 7, 22), OWN),
    "instructions.instructions.instructions_as_of": lambda _: (DAY, OWN),
    "meetings.meetings.last_meeting_day": lambda _: (DAY,),
    "meetings.meetings.meetings_as_of": lambda _: (DAY,),
    "meetings.supervision_calendar.supervision_month": lambda _: ("2023-08", DAY),
    "rounds.rounds.rounds_as_of": lambda _: (DAY,),
    "talks.talks.talks_as_of": lambda _: (DAY, OWN),
    "notices.notices.notices_as_of": lambda _: (DAY, OWN),
    "notices.reminders.reminders_as_of": lambda _: (DAY, OWN),
    "notices.reminders.talks_suggested": lambda _: (DAY,),
    "notices.to_do.to_do": lambda _: (DAY,),
    "rectifications.ledger.rectifications_as_of": lambda _: (DAY, OWN),
    "proof.prove.prove": lambda known: (known.measure, OWN, DAY),
    "plan.indicators.described_indicators": lambda _: (),
    "plan_comparison.compare.compare_plans": lambda _: ("2023", "2023", DAY),
    "plan.in_force.areas_as_of": lambda _: (DAY,),
    "plan.in_force.current_plan_on": lambda _: (DAY,),
    "plan.in_force.plan_codes": lambda _: (),
    "plan.in_force.plans_listed": lambda _: (),
    "plan.versions.plan_versions": lambda _: ("2023", DAY),
    "plan.workbook.plan_workbook": lambda _: (),
    "proof.explain.explain_indicator": lambda _: ("ticket_on_time_rate", OWN, DAY),
    "proof.prove.prove_indicator": lambda _: ("ticket_on_time_rate", OWN, DAY),
    "areas.approval_days.approval_days": lambda _: (DAY,),
    "areas.rating_sign_rows.ratings_by_day": lambda _: (OWN, DAY),
    "areas.rating_sign_rows.reviews_showing": lambda _: ("bursts", OWN, DAY),
    "reporting.reports.reports_owed": lambda _: (DAY,),
    "reporting.workbook.reporting_workbook": lambda _: (DAY,),
    "proof.rows_shown.rows_shown": lambda _: (
        PartProof("reviews", "好差评明细", pd.DataFrame(columns=["id", "submission", "unit"])),
        None,
        0,
        30,
    ),
    "board.scorecard.assess": lambda _: (DAY,),
    "search.search.search": lambda _: ("登记", DAY),
    "settings.register.settings_as_of": lambda _: (DAY,),
    "settings.register.reading_limits": lambda _: (),
    "board.unjudged_figures.unjudged_figures": lambda _: (DAY, OWN),
    "intake.submissions.recent_submissions": lambda _: (DAY, OWN),
    "intake.submissions.submission_details": lambda known: (known.own_submission, DAY),
    "intake.templates.template": lambda _: ("reviews",),
    "guides.unit_guides.unit_guides": lambda _: (OWN, DAY),
    "spot_checks.marks.marks_as_of": lambda _: (DAY, OWN),
    "spot_checks.showing.drawn_of_unit": lambda _: ("号", DAY, OWN),
    "spot_checks.summaries.spot_checks_as_of": lambda _: (DAY, OWN),
    "units.changes.unit_history": lambda _: (DAY, OWN),
    "units.register.register_as_of": lambda _: (DAY,),
    "intake.checking.check": lambda _: ("单位\n".encode(), "空.csv", Request(unit=OWN)),
}
"""Arguments that exist in the sample; what is not here changes something, or needs a file of its own."""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_of_the_services_is_listed_with_its_roles_or_with_the_reason_why_it_needs_none(name: str) -> None:
    if name in USE_CASES:
        assert declared(USE_CASES[name]).roles == ROLES[name]
    else:
        assert is_inside(FUNCTIONS[name]) or name in REASONS or is_of_reckoning(name), (
            "state who may ask it with @requires_role"
        )


def test_nothing_is_listed_that_is_not_there() -> None:
    assert set(ROLES) == set(USE_CASES)
    assert set(REASONS) <= set(FUNCTIONS) - set(USE_CASES)


@pytest.mark.parametrize("name", USE_CASES)
def test_a_stranger_is_refused_before_anything_is_done(name: str, become: Become) -> None:
    become(None)
    with pytest.raises(NotSignedIn):
        USE_CASES[name]()


@pytest.mark.parametrize(
    ("name", "role"), [(name, role) for name in USE_CASES for role in Role if role not in ROLES[name]]
)
def test_a_role_that_is_not_listed_is_refused_before_anything_is_done(name: str, role: Role, become: Become) -> None:
    become(role, OWN if role is Role.UNIT else None)
    with pytest.raises(Forbidden):
        USE_CASES[name]()


@pytest.mark.parametrize(("name", "role"), [(name, role) for name in READS for role in ROLES[name]])
def test_a_role_that_is_listed_is_answered(name: str, role: Role, become: Become, known: Known) -> None:
    become(role, OWN if role is Role.UNIT else None)
    assert USE_CASES[name](*READS[name](known)) is not None


@pytest.mark.parametrize("name", [name for name, use_case in USE_CASES.items() if declared(use_case).own])
def test_a_unit_that_asks_for_another_is_refused_before_anything_is_done(name: str, become: Become) -> None:
    use_case = USE_CASES[name]
    become(Role.UNIT, OWN)
    given: dict[str, Any] = {parameter.name: None for parameter in inspect.signature(use_case).parameters.values()}
    with pytest.raises(Forbidden, match="只能查看和办理本单位的事项"):
        use_case(**given | {declared(use_case).own: OTHER})


def test_a_unit_account_without_a_unit_sees_nothing(become: Become, known: Known) -> None:
    become(Role.UNIT, None)
    with pytest.raises(Forbidden):
        USE_CASES["board.scorecard.assess"](DAY)
