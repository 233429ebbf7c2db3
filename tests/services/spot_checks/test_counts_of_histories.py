"""What the database counts of spot checks equals what is read of them record by record, on histories made by chance."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from catalogue.spot_checks import KINDS
from data_access.database import Session, reading, writing
from data_access.plan_store import units
from data_access.rectifications import add
from data_access.spot_check_counts import undecided_elements
from data_access.spot_checks import add_entries, add_spot_check
from data_access.submissions import keep_file
from models.rectifications import Act, RectificationEntry, RectificationRow, RectificationState, Source
from models.spot_checks import (
    Element,
    Mark,
    Result,
    SpotCheck,
    SpotCheckAct,
    SpotCheckElementRow,
    SpotCheckFindingAct,
    SpotCheckResultRow,
    SpotCheckRow,
    State,
)
from models.tables import Report, Submission
from rules.as_of import EVER, day_of, end_of_day
from rules.duty import last_whole_month
from rules.spot_checks.results import result_of
from services.figures.district_state import DistrictState, district_state
from services.rectifications.ledger import closed_numbers, open_rectifications_in, rectifications_in
from services.spot_checks.checks_as_of import elements_in, spot_checks_in
from services.spot_checks.marks import marks_in
from services.spot_checks.summaries import failed_units, summaries_in

FIRST = datetime(2023, 1, 10, 1, tzinfo=UTC)
DAYS = (date(2023, 1, 20), date(2023, 2, 14), date(2023, 3, 20))
CHECKS, ELEMENTS = 40, 9


class History:
    """Checks, records, acts, rectifications and corrected reports; more than a person could do, in any order."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session, self.dice = session, random.Random(seed)  # noqa: S311 no secret
        self.units = units(session)
        self.file = keep_file(session, b"-")
        self.state = district_state(session, EVER)
        self.serial = 0

    def moment(self, after: datetime) -> datetime:
        """A few share one instant."""
        return after + timedelta(hours=self.dice.choice((0, 0, 1, 24, 30, 240)))

    def check(self, serial: int) -> None:
        dice, kind = self.dice, KINDS[self.dice.choice(list(KINDS))]
        at = FIRST + timedelta(days=dice.randrange(60))
        row = SpotCheckRow(
            plan="2023", year=2023, serial=serial, kind=kind.code, method="simple",
            as_of=day_of(at) - timedelta(days=1), at=at, by="-", seed="-",
            confidence=0.95, expected=0.5, size_by="number",
            population=99, digest="-",
            strata=[[unit_id, 9] for unit_id in self.units], population_file=self.file, attempt=1,
            double=dice.random() < 0.4,
        )  # fmt: skip
        elements = [
            SpotCheckElementRow(
                plan="2023", spot_check_id=0, position=index, key=f"{self.units[unit_id].name}|{index}",
                unit_id=unit_id, ticket=f"{index:064x}", claim=True, content="-", drawn_at=self.moment(at),
                questions=[question.code for question in kind.questions if dice.random() < 0.9],
            )
            for index in range(1, dice.randrange(1, ELEMENTS) + 1)
            for unit_id in [dice.choice(list(self.units))]
        ]  # fmt: skip
        check_id = add_spot_check(self.session, row, elements)
        least, most = dice.choice(((0, 0), (0, 5), (1, 5), (1, 5)))  # records of each
        for element in elements:
            self.records(element, kind, dice.randint(least, most))
        acts = dice.choice((["release"], ["release"], ["release"], ["void"], []))
        for act in acts:
            detail = {"reason": "-"} if act == "void" else {}
            entry = SpotCheckAct(
                plan="2023", spot_check_id=check_id, act=act, detail=detail, at=self.moment(at), by="-"
            )
            add_entries(self.session, [entry])
            if act == "release":
                [check] = spot_checks_in(self.session, self.state, EVER, {f"2023-{serial}"})
                for element in check.findings:
                    self.decisions(element, f"2023-{serial}", entry.at)

    def records(self, element: Any, kind: Any, number: int) -> None:
        questions = [question for question in kind.questions if question.code in element.questions]
        at = element.drawn_at
        for _ in range(number):
            at = self.moment(at)
            answers = {question.code: self.dice.random() < 0.6 for question in questions if self.dice.random() < 0.95}
            unable = self.dice.random() < 0.1
            add_entries(
                self.session,
                [
                    SpotCheckResultRow(
                        plan="2023", element_id=element.id, checker=self.dice.choice("甲乙丙丁"), checked_at=at,
                        answers=answers, unable=unable, result=result_of(questions, answers, unable).value,
                        at=at, by="-",
                    )
                ],
            )  # fmt: skip

    def decisions(self, element: Element, number: str, released_at: datetime) -> None:
        """After everything that was entered before."""
        at = max(released_at, *(record.at for record in element.records if record.at))
        for act in self.dice.choice((["confirm"], ["confirm", "settle"], ["accept", "confirm"], ["drop"], [], [])):
            counts_as = self.dice.choice(("pass", "unable")) if act == "drop" else None
            at = self.moment(at)
            entry = SpotCheckFindingAct(plan="2023", element_id=element.id, act=act, counts_as=counts_as, at=at, by="-")
            add_entries(self.session, [entry])
            if act == "confirm" and self.dice.random() < 0.5:
                self.rectification(f"spot-check:{number}:{element.key}", element.unit, self.moment(at))

    def rectification(self, source: str, unit: str, at: datetime) -> None:
        self.serial += 1
        row = RectificationRow(
            plan="2023", year=2023, serial=self.serial, unit_id=self.state.plan.unit_id(unit) or 0, issue="-",
            source=source, due=day_of(at), at=at,
            by="-", measure=self.dice.choice(("1.1.2", None)),
        )  # fmt: skip
        number = add(self.session, row)
        ways: tuple[list[Act], ...] = (
            [],
            [Act.ANSWER],
            [Act.ANSWER, Act.ACCEPT],
            [Act.ANSWER, Act.RETURN],
            [Act.ANSWER, Act.ACCEPT, Act.REOPEN],
            [Act.APPLY, Act.EXTEND, Act.WITHDRAW],
        )
        for act in self.dice.choice(ways):
            at = self.moment(at)
            add(self.session, RectificationEntry(plan="2023", rectification_id=number, act=act.value, at=at, by="-"))

    def report(self) -> None:
        """A report, the first or a further one, perhaps withdrawn."""
        at = FIRST + timedelta(days=self.dice.randrange(60))
        dataset = self.dice.choice(("reviews", "bad_reviews", "hotline_tickets", "guides", "help_cases", "approvals"))
        month = "" if dataset == "guides" else self.dice.choice(("2022-12", "2023-01"))
        row = Submission(
            dataset=dataset, month=month, sha256=self.file, file_name="-", accepted_at=at, by="-", records=0, sheets=[]
        )
        self.session.add(row)
        self.session.flush()
        self.session.add(
            Report(
                submission_id=row.id, dataset=dataset, unit_id=self.dice.choice(list(self.units)), month=month,
                revision=self.dice.randrange(1, 3), records=0, accepted_at=at,
                until=self.dice.choice((None, None, at + timedelta(days=9))),
            )
        )  # fmt: skip
        self.session.flush()


@pytest.fixture(params=range(3))
def history(request: pytest.FixtureRequest, district: None) -> None:
    with writing() as session:
        made = History(session, request.param)
        for serial in range(1, CHECKS + 1):
            made.check(serial)
        for _ in range(40):
            made.report()


@pytest.fixture
def evenings(history: None) -> Iterator[list[tuple[Session, DistrictState, date, tuple[SpotCheck, ...]]]]:
    """Of several days what stood at their end, read record by record."""
    with reading() as session:
        state = district_state(session, end_of_day(DAYS[-1]))
        yield [(session, state, day, spot_checks_in(session, state, end_of_day(day))) for day in DAYS]


Evenings = list[tuple[Session, DistrictState, date, tuple[SpotCheck, ...]]]


def counted(elements: tuple[Element, ...]) -> Counter[Result]:
    return Counter(element.result for element in elements)


@pytest.mark.long
def test_counts_of_checks_and_units_are_those_of_their_elements(evenings: Evenings) -> None:
    states: Counter[State] = Counter()
    for session, known, day, checks in evenings:
        end = end_of_day(day)
        summaries = summaries_in(session, known, end)
        assert [summary.number for summary in summaries] == [check.number for check in checks]
        for summary, check in zip(summaries, checks, strict=True):
            states[check.state] += 1
            assert (summary.state, summary.sample, summary.recorded, summary.results) == (
                check.state,
                len(check.elements),
                check.recorded,
                counted(check.elements),
            )
            open_findings = sum(element.decision is None for element in check.findings)
            assert summary.undecided == (open_findings if check.released_at else 0)
            assert (summary.released_at, summary.voided_at) == (check.released_at, check.voided_at)
        for unit_id, unit in known.plan.units.items():
            drew = {
                check.number: check for check in checks if any(element.unit == unit.name for element in check.elements)
            }
            for summary in summaries_in(session, known, end, unit_id):
                own = tuple(element for element in drew[summary.number].elements if element.unit == unit.name)
                assert (summary.state, summary.sample, summary.results) == (
                    drew.pop(summary.number).state,
                    len(own),
                    counted(own),
                )
            assert not drew
    assert states.keys() == set(State)


@pytest.mark.long
def test_open_findings_and_units_that_failed_are_those_read(evenings: Evenings) -> None:
    for session, known, day, checks in evenings:
        end = end_of_day(day)
        waiting = {
            (check.number, element.key)
            for check in checks
            if check.released_at and not check.voided_at
            for element in check.findings
            if element.decision is None
        }
        undecided = elements_in(session, known, end, undecided_elements(end))
        assert {(check.number, element.key) for check, element in undecided} == waiting
        for kind in KINDS:
            failed = {
                element.unit
                for check in checks
                if check.kind.code == kind and check.voided_at is None
                for element in check.elements
                if element.result is Result.FAIL
            }
            assert failed_units(session, known, kind, day) == failed


@pytest.mark.long
def test_marks_are_those_of_confirmed_findings_read_one_by_one(evenings: Evenings) -> None:
    number = 0
    for session, known, day, checks in evenings:
        marks = [mark for check in checks for mark in marks_read(session, check, known, day)]
        assert sorted(marks_in(session, day, known), key=str) == sorted(marks, key=str)
        for unit in known.plan.units.values():
            own = [mark for mark in marks if mark.unit == unit.name]
            assert sorted(marks_in(session, day, known, unit.name), key=str) == sorted(own, key=str)
        number += len(marks)
    assert number


def marks_read(session: Session, check: SpotCheck, state: DistrictState, day: date) -> Iterator[Mark]:
    """The marks of one check, by its elements and the reports as they are stored."""
    if check.kind.measure is None or check.state not in (State.RELEASED, State.CLOSED):
        return
    items = {item.number: item.course.state for item in rectifications_in(session, day, state)}
    for unit in {element.unit for element in check.elements}:
        own = [element for element in check.elements if element.unit == unit]
        failed = [
            element
            for element in own
            if element.is_confirmed
            and items.get(element.rectification or "") is not RectificationState.CLOSED
            and not is_corrected(session, check, element, state, day)
        ]
        if failed:
            checked = sum(element.result in (Result.PASS, Result.FAIL) for element in own)
            since = min(day_of(element.decision.at) for element in failed if element.decision)
            yield Mark(check.kind.measure, unit, check.number, len(failed), checked, since)


def is_corrected(session: Session, check: SpotCheck, element: Element, state: DistrictState, day: date) -> bool:
    assert element.decision is not None
    last_month = check.month_to or last_whole_month(check.as_of)
    end = end_of_day(day)
    return any(
        report.dataset == check.kind.dataset
        and state.plan.units[report.unit_id].name == element.unit
        and element.decision.at < report.accepted_at < end
        and (report.until is None or report.until >= end)
        and (not check.kind.monthly or (report.revision > 1 and report.month <= last_month))
        for report in session.query(Report).all()
    )


@pytest.mark.long
def test_open_rectifications_are_those_of_the_ledger_that_are_not_over(evenings: Evenings) -> None:
    for session, known, day, _ in evenings:
        ledger = rectifications_in(session, day, known)
        still_open = [item.number for item in ledger if not item.course.is_over]
        assert [item.number for item in open_rectifications_in(session, day, known)] == still_open
        closed = {item.number for item in ledger if item.course.state is RectificationState.CLOSED}
        assert closed_numbers(session, end_of_day(day), source=Source.SPOT_CHECK) == closed
