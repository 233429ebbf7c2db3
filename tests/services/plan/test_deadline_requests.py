"""A unit asks for a later deadline before it is over; the bureau grants, which is a ruling, or refuses."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from models.deadline_requests import RequestState
from models.people import Role
from rules.as_of import parse_instant
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest
from services.board.district import district_as_of
from services.notices.to_do import to_do
from services.plan.deadline_requests import (
    ask_for_later_deadline,
    deadline_requests,
    decide_deadline,
    request_document,
)

Become = Callable[..., None]

UNIT, OTHER = "区人社局", "区住建局"
TASK, DEADLINE, LATER = "1.2", date(2023, 7, 30), date(2023, 8, 31)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def at(day: str) -> datetime:
    return parse_instant(f"2023-{day}T10:00")


@pytest.fixture
def ask(district: None, become: Become) -> Callable[..., int]:
    """The unit asks; afterwards the bureau is at work again."""

    def do(
        day: str = "07-20", unit: str = UNIT, task: str = TASK, until: date = LATER, reason: str = "系统改造"
    ) -> int:
        become(Role.UNIT, unit)
        try:
            return ask_for_later_deadline(
                task, unit, until=until, reason=reason, file_name="请示.pdf", content=PDF, at=at(day)
            )
        finally:
            become(Role.BUREAU)

    return do


def deadline(day: str) -> date | None:
    task = district_as_of(date.fromisoformat(f"2023-{day}")).plan.task(TASK)
    assert task is not None
    return task.deadline


def test_what_is_granted_is_a_ruling_from_then_on_and_earlier_days_stay_as_they_were(ask) -> None:
    number = ask()
    assert deadline("07-21") == DEADLINE
    decide_deadline(number, granted=True, reason="同意", at=at("07-24"))
    assert (deadline("07-23"), deadline("07-24")) == (DEADLINE, LATER)


def test_what_is_refused_changes_nothing_and_is_told_with_its_reason(ask) -> None:
    decide_deadline(ask(), granted=False, reason="理由不充分", at=at("07-24"))
    assert deadline("07-25") == DEADLINE
    [request] = deadline_requests(date(2023, 7, 25))
    assert (request.state, request.decision) == (RequestState.REFUSED, "理由不充分")


def test_a_list_as_of_an_earlier_day_shows_what_stood_then(ask) -> None:
    decide_deadline(ask(), granted=True, reason="同意", at=at("07-24"))
    assert deadline_requests(date(2023, 7, 19)) == []
    assert [request.state for request in deadline_requests(date(2023, 7, 20))] == [RequestState.OPEN]


def test_the_last_day_is_in_time_and_the_day_after_is_not(ask) -> None:
    ask("07-30")
    with pytest.raises(RefusedRequest, match="已过"):
        ask("07-31", unit=OTHER)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"until": DEADLINE}, "应晚于现行时限"),
        ({"reason": " "}, "理由"),
        ({"task": "6.2"}, "不承担"),
        ({"task": "2.1"}, "存疑"),
        ({"task": "9.9"}, "不承担"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence_and_nothing_is_stored(ask, entry: dict, words: str) -> None:
    with pytest.raises(RefusedRequest, match=words):
        ask(**entry)
    assert deadline_requests(date(2023, 12, 31)) == []


def test_one_request_at_a_time_and_one_decision_each(ask) -> None:
    number = ask()
    with pytest.raises(RefusedRequest, match="待审核"):
        ask("07-21")
    with pytest.raises(RefusedRequest, match="理由"):
        decide_deadline(number, granted=True, reason=" ", at=at("07-24"))
    decide_deadline(number, granted=False, reason="理由不充分", at=at("07-24"))
    with pytest.raises(RefusedRequest, match="已经审核过"):
        decide_deadline(number, granted=True, reason="同意", at=at("07-25"))
    ask("07-26")


def test_a_unit_sees_its_own_requests_alone(ask, become: Become) -> None:
    number = ask()
    ask(unit=OTHER)
    become(Role.UNIT, OTHER)
    assert [request.unit for request in deadline_requests(date(2023, 7, 21))] == [OTHER]
    with pytest.raises(Forbidden):
        request_document(number)
    become(Role.UNIT, UNIT)
    assert request_document(number) == ("请示.pdf", PDF)


def test_a_request_waits_in_the_bureaus_to_do_until_it_is_decided(ask) -> None:
    number = ask()
    assert [item.code for item in to_do(date(2023, 7, 21)) if item.what == "deadline-request"] == [str(number)]
    decide_deadline(number, granted=False, reason="理由不充分", at=at("07-24"))
    assert [item for item in to_do(date(2023, 7, 25)) if item.what == "deadline-request"] == []
