"""The only cache: whole answers of the services, keyed by plain values and by the data version that each accepted write
raises.

They are kept as resources and shared between sessions without a copy: nobody may change one, nor a list or frame in it
(tests/pages/test_every_page.py holds every page to that).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import Any, TypeVar

import streamlit as st

import services.board.district
from catalogue.indicators import INDICATORS
from data_access.database import data_version, database_url
from models.cases import Case, Caseload
from models.lamps import IndicatorResult, Lamp, Scorecard, SubmissionSummary
from models.notices import Matter, Notice
from models.people import Person, Role
from models.plan import Measure
from rules.as_of import day_of
from rules.intake.normalised_values import NormalisedColumn
from services.access.chosen_plan import asking_of, chosen_plan
from services.access.clock import clock
from services.access.current_user import acting_as, current_user
from services.board import lamp_changes
from services.board import scorecard as scorecards
from services.board import unjudged_figures as shown
from services.board.district import District, district_as_of
from services.board.history import Point, courses, days_to_show, point
from services.board.lamp_changes import LampChange
from services.cases import caseload as cases
from services.intake import submissions
from services.intake.normalised_values import normalised_columns_of
from services.intake.submissions import SubmissionDetails, submission_details
from services.milestones import progress
from services.milestones.assignment import AssignmentHistory, assignment_history
from services.milestones.evidence import EvidenceFile, evidence_as_of
from services.milestones.progress import Assignment
from services.notices.meeting_pack import MeetingPack
from services.notices.meeting_pack import meeting_pack as pack_of
from services.notices.notices import notice_of, notices_as_of
from services.notices.reminders import SuggestedTalk, UnitReminder, reminders_as_of
from services.notices.reminders import talks_suggested as talks_to_suggest
from services.notices.to_do import ToDo
from services.notices.to_do import to_do as my_to_do
from services.notices.to_do import to_do_of_unit as unit_to_do
from services.plan.in_force import ListedPlan, current_plan_on, plans_listed
from services.proof.prove import FigureProof, LampProof, prove, prove_indicator
from services.rectifications.course import RectificationCourse, rectification_course
from services.rectifications.ledger import Ledger, rectifications_as_of
from services.reporting import reports as reporting
from services.reporting.exemptions import ExemptionInForce, exemptions_as_of
from services.reporting.reports import ReportOwed
from services.search.search import SearchResults
from services.search.search import search as find
from services.settings import calendar
from services.settings.calendar import CalendarYear

Answer = TypeVar("Answer")


def answer(ask: Callable[..., Answer], *key: Any) -> Answer:
    """Return `ask(*key)`, asked once per key, plan, data version and day, for every session of this process.

    Once also for each role, and each unit of a unit's people: what was kept was permitted to the same. It is asked by
    somebody who is nothing but that, so that nothing of a person is kept for others. Raises NotSignedIn.
    """
    person = current_user()
    question = ServiceQuestion(ask, key, chosen_plan(), person.role, person.unit)
    if not _is_ahead.get():
        _note(question)
    return question.answer()


_is_ahead: ContextVar[bool] = ContextVar("asked before anybody comes", default=False)


@contextmanager
def asking_ahead() -> Iterator[None]:
    """Let what is asked within be no visit's: it is kept, and not taken for what people look at."""
    token = _is_ahead.set(True)
    try:
        yield
    finally:
        _is_ahead.reset(token)


@dataclass(frozen=True)
class ServiceQuestion:
    """A question with whoever asked it, which can be asked again of a later version of the data."""

    ask: Callable[..., Any]
    key: tuple[Any, ...]
    plan: str | None
    role: Role
    unit: str | None

    def answer(self) -> Any:
        with acting_as(Person(self.role.word, self.role, self.unit)), asking_of(self.plan):
            question = self.ask.__module__, self.ask.__qualname__, self.key, self.plan, self.role, self.unit
            return _answer(repr((*question, database_url(), data_version(), day_of(clock()))), self)


MOST_NOTED = 128
MOST_KEPT = 384
"""Answers: what is noted, what is asked before anybody comes, and room for what is asked meanwhile."""
_noted: OrderedDict[ServiceQuestion, None] = OrderedDict()
_noting = Lock()


def _note(question: ServiceQuestion) -> None:
    with _noting:
        _noted[question] = None
        _noted.move_to_end(question)
        if len(_noted) > MOST_NOTED:
            _noted.popitem(last=False)


def questions_asked_lately() -> tuple[ServiceQuestion, ...]:
    """Return what visits of this process asked last, the latest first."""
    with _noting:
        return tuple(reversed(_noted))


def forget_questions() -> None:
    """Take nothing for asked lately any more: on another day other days are asked about."""
    with _noting:
        _noted.clear()


_made: ContextVar[list[ServiceQuestion] | None] = ContextVar("answers made", default=None)


@contextmanager
def noting_answers_made() -> Iterator[list[ServiceQuestion]]:
    """Give the list to which every question within is added of which the answer was not there yet."""
    made = list[ServiceQuestion]()
    token = _made.set(made)
    try:
        yield made
    finally:
        _made.reset(token)


@st.cache_resource(max_entries=MOST_KEPT, show_spinner=False)
def _answer(known_by: str, _question: ServiceQuestion) -> Any:
    """One argument, and that in words, is the key: Streamlit looks at the signature again for each, and at each value
    within.
    """
    if (made := _made.get()) is not None:
        made.append(_question)
    return _question.ask(*_question.key)


def forget_earlier_answers() -> None:
    """Give up what is kept; nobody can ask of an earlier version of the data, and of this one little is there yet."""
    _answer.clear()


def scorecard(as_of: date) -> Scorecard:
    return answer(scorecards.assess, as_of)


def district(as_of: date) -> District:
    return answer(district_as_of, as_of)


def plans() -> tuple[ListedPlan, ...]:
    """Return the plans on the board, by the day on which they begin."""
    return answer(plans_listed)


def current_plan(as_of: date) -> str | None:
    """Return the code of the plan that the day has unless the address names another."""
    return answer(current_plan_on, as_of)


def scorecard_before(earlier: date, as_of: date) -> Scorecard:
    """Return the board as it was on an earlier day, of the plan that the later one has."""
    if len(plans()) < 2:
        return scorecard(earlier)
    with asking_of(chosen_plan() or current_plan(as_of)):
        return scorecard(earlier)


def changes_between(earlier: date, as_of: date) -> tuple[LampChange, ...]:
    return lamp_changes.changes_of(scorecard_before(earlier, as_of), scorecard(as_of))


def opening_day() -> date:
    """Return the day that the board opens with. It is not shared: midnight turns it without a write."""
    return services.board.district.opening_day()


def history(indicator: str, measure: str, as_of: date) -> list[Point]:
    """Return one point a month end. Those of an area are asked for together: its page shows them all."""
    tasks = district(as_of).plan.tasks
    area = next(task.area for task in tasks if any(counted.code == measure for counted in task.measures))
    of_area = tuple(
        (target.indicator, counted.code)
        for task in tasks
        if task.area == area
        for counted in task.measures
        for target in counted.targets
    )
    return answer(courses, of_area, as_of)[indicator, measure]


def total(card: Scorecard, indicator: str, measure: Measure) -> Point:
    """Return the figure of all units of a measure on the card's day; of an average and its like the district's own."""
    if INDICATORS[indicator].kept_whole and not measure.district:
        return history(indicator, measure.code, card.as_of)[-1]
    return point(card, indicator, measure.code, district=measure.district)


def unjudged_figures(as_of: date, unit: str | None = None) -> Mapping[str, tuple[IndicatorResult, ...]]:
    """Return measure → the figures that no lamp looks at."""
    return answer(shown.unjudged_figures, as_of, unit)


def proof(measure: str, unit: str | None, as_of: date) -> LampProof:
    """Return the proof. Raises RefusedRequest where there is no such lamp, and no rows of the unit either."""
    return answer(prove, measure, unit, as_of)


def indicator_proof(code: str, unit: str | None, as_of: date) -> FigureProof:
    """Return the proof of a figure. Raises RefusedRequest for an unknown indicator or unit."""
    return answer(prove_indicator, code, unit, as_of)


def caseload(kind: str, as_of: date, unit: str | None = None) -> Caseload:
    """Return the caseload. Raises RefusedRequest for an unknown kind or unit."""
    return answer(cases.caseload, kind, as_of, unit)


def caseloads(as_of: date, unit: str | None = None) -> tuple[Caseload, ...]:
    """Return the cases of every kind. Raises RefusedRequest for an unknown unit."""
    return answer(cases.caseloads, as_of, unit)


def closed_cases(kind: str, as_of: date, unit: str | None, late: bool, offset: int, number: int) -> tuple[Case, ...]:
    """Return one page of the closed cases. Raises RefusedRequest for an unknown kind or unit."""
    return answer(cases.closed_cases, kind, as_of, unit, late, offset, number)


def overdue_by_kind(as_of: date, unit: str | None = None) -> dict[str, int]:
    """Return kind → how many are overdue. Raises RefusedRequest for an unknown unit."""
    return answer(cases.overdue_by_kind, as_of, unit)


def submission(number: int, as_of: date) -> SubmissionDetails:
    """Return the submission. Raises RefusedRequest for an unknown number."""
    return answer(submission_details, number, as_of)


def normalised_columns(number: int) -> tuple[NormalisedColumn, ...]:
    """Return what was read otherwise than typed. Raises RefusedRequest for an unknown number, and for a file that
    cannot be read any more.
    """
    return answer(normalised_columns_of, number)


def recent_submissions(as_of: date, unit: str | None = None) -> tuple[SubmissionSummary, ...]:
    return answer(submissions.recent_submissions, as_of, unit)


def reports_owed(as_of: date, unit: str | None = None) -> list[ReportOwed]:
    return answer(_reports_owed, as_of, unit)


def _reports_owed(as_of: date, unit: str | None) -> list[ReportOwed]:
    return reporting.reports_owed(as_of, unit=unit)


def reports_of_unit(as_of: date, unit: str) -> list[ReportOwed]:
    """Return the unit's reports with those of the month that is not over yet."""
    return answer(_reports_of_unit, as_of, unit)


def _reports_of_unit(as_of: date, unit: str) -> list[ReportOwed]:
    return reporting.reports_owed(as_of, unit=unit, running=True)


def exemptions(as_of: date) -> tuple[ExemptionInForce, ...]:
    return answer(exemptions_as_of, as_of)


def assignments(as_of: date) -> tuple[Assignment, ...]:
    return answer(progress.assignments, as_of)


def assignment(measure: str, unit: str, as_of: date) -> AssignmentHistory:
    """Return the assignment. Raises RefusedRequest where the unit does not answer for the measure."""
    return answer(assignment_history, measure, unit, as_of)


def evidence(as_of: date) -> tuple[EvidenceFile, ...]:
    return answer(evidence_as_of, as_of)


def month_ends(unit: str, as_of: date) -> list[Scorecard]:
    """Return the unit's lamps at each month's end of the year, and on the day."""
    return answer(_month_ends, unit, as_of)


def _month_ends(unit: str, as_of: date) -> list[Scorecard]:
    return scorecards.assess_days(days_to_show(as_of), unit=unit)


def lamp_at_month_ends(measure: str, unit: str, as_of: date) -> list[tuple[str, Lamp | None]]:
    """Return (day in words, lamp) at each month's end of the year and on the day; None before the unit bore it."""
    days = [(card.as_of, card.select(measure=measure)) for card in month_ends(unit, as_of)]
    return [(f"{day:%-m月%-d日}", rows[0].lamp if rows else None) for day, rows in days]


def calendar_year(year: int) -> CalendarYear:
    return answer(calendar.calendar_year, year)


def search(words: str, as_of: date) -> SearchResults:
    return answer(find, words, as_of)


def today() -> date:
    return services.board.district.today()


def current_version() -> int:
    return data_version()


def rectifications(as_of: date, unit: str | None = None) -> Ledger:
    """Return the rectifications. Raises RefusedRequest for an unknown unit."""
    return answer(rectifications_as_of, as_of, unit)


def rectification(number: str, as_of: date) -> RectificationCourse:
    """Return one rectification with its course. Raises RefusedRequest for an unknown number, or one opened later."""
    return answer(rectification_course, number, as_of)


def reminders(as_of: date, unit: str | None = None) -> tuple[UnitReminder, ...]:
    """Return the reminders due. Raises RefusedRequest for an unknown unit."""
    return answer(_reminders, as_of, unit)


def _reminders(as_of: date, unit: str | None) -> tuple[UnitReminder, ...]:
    return reminders_as_of(as_of, unit, card=scorecard(as_of))


def talks_suggested(as_of: date) -> tuple[SuggestedTalk, ...]:
    return answer(_talks_suggested, as_of)


def _talks_suggested(as_of: date) -> tuple[SuggestedTalk, ...]:
    return talks_to_suggest(as_of, card=scorecard(as_of))


def notices(as_of: date, unit: str | None = None) -> tuple[Notice, ...]:
    """Return the notices. Raises RefusedRequest for an unknown unit."""
    return answer(_notices, as_of, unit)


def _notices(as_of: date, unit: str | None) -> tuple[Notice, ...]:
    return notices_as_of(as_of, unit, card=scorecard(as_of))


def notice(number: str, as_of: date) -> tuple[Notice, tuple[Matter, ...]]:
    """Return the notice. Raises RefusedRequest for an unknown number, or one sent later."""
    return answer(notice_of, number, as_of)


def to_do(as_of: date, since: date | None = None) -> tuple[ToDo, ...]:
    """Return what waits for whoever looks; `since`: the last visit, where it is known."""
    person = current_user()
    # notices that nobody has received wait for the inspector who sent them
    return answer(_to_do, as_of, since, person.login if person.role is Role.INSPECTOR else "")


def _to_do(as_of: date, since: date | None, login: str) -> tuple[ToDo, ...]:
    with acting_as(replace(current_user(), login=login)):
        return my_to_do(as_of, since=since, card=scorecard(as_of))


def to_do_of_unit(as_of: date, unit: str) -> tuple[ToDo, ...]:
    """Return what waits for the unit. Raises RefusedRequest for an unknown unit."""
    return answer(unit_to_do, as_of, unit)


def meeting_pack(as_of: date, since: date, unit: str | None = None) -> MeetingPack:
    """Return the pack of a meeting. Raises RefusedRequest for an unknown unit."""
    return answer(pack_of, as_of, since, unit)
