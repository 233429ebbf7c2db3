"""突变 at upload: a sentence is asked for on screen and kept; the command line takes one or tells that it lacks."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from models.audit import AuditQuestion
from models.people import Role
from rules.as_of import parse_instant
from services.access.refusal import RefusedRequest
from services.audit.search import find_acts
from services.intake.checked_workbook import CheckedWorkbook, Request
from services.intake.checking import check
from services.intake.questions import questions
from services.intake.submissions import submission_details
from services.intake.sudden_changes import sudden_changes_as_of
from services.intake.upload import submit
from tests.services.conftest import Report, workbook

UNIT = "区人社局"
AT = parse_instant("2023-03-03T09:00")
WHY = "2月起集中办理退休认证"


def case(number: int) -> dict:
    return {"实施编码": "A1", "责任单位": UNIT, "办件量": number, "办结量": number}


def checked(number: int, month: str = "2023-02") -> CheckedWorkbook:
    content = workbook("monthly_cases", [case(number)])
    return check(content, "办件.xlsx", Request("monthly_cases", UNIT, False, month))


@pytest.fixture
def january(report: Report) -> None:
    report("monthly_cases", UNIT, "2023-01", [case(40)], "2023-02-03T09:00")


def question_texts(book: CheckedWorkbook) -> list[str]:
    return [question.text for question in questions(book, AT) if question.code == "sudden-change"]


def test_half_more_than_the_month_before_asks_for_a_sentence(january: None) -> None:
    [text] = question_texts(checked(80))
    assert "办件量 2023-02 为 80，2023-01 为 40，增加 40（100%）" in text and "请写一句话说明原因" in text
    assert question_texts(checked(59)) == []


def test_the_first_month_has_no_history_to_be_held_against(district: None) -> None:
    assert question_texts(checked(5000)) == []


@pytest.mark.long
def test_on_screen_it_is_not_stored_without_a_sentence_and_with_one_it_is_kept(january: None) -> None:
    book = checked(80)
    with pytest.raises(RefusedRequest, match="说明原因后再报送"):
        submit(book, at=AT, answered=questions(book, AT), explanation=" ")
    done = submit(book, at=AT, answered=questions(book, AT), explanation=WHY)
    assert submission_details(done.submission or 0, date(2023, 3, 3)).explanation == WHY
    assert find_acts(AuditQuestion(action="import at")).acts[0].detail["reason"] == WHY


@pytest.mark.long
def test_where_nobody_is_asked_it_is_stored_and_told(january: None) -> None:
    done = submit(checked(80), at=AT)
    assert done.submission is not None and [question.code for question in done.questions] == ["sudden-change"]
    assert [change.explanation for change in sudden_changes_as_of(date(2023, 3, 3))] == ["", ""]


@pytest.mark.long
def test_what_stands_is_listed_with_its_sentence_as_of_the_day_and_for_the_unit_alone(
    january: None, become: Callable[..., None]
) -> None:
    submit(checked(80), at=AT, explanation=WHY)
    assert sudden_changes_as_of(date(2023, 3, 2)) == ()
    changes = sudden_changes_as_of(date(2023, 3, 3))
    assert [(change.title, change.change.value, change.explanation) for change in changes] == [
        ("办件量", 80, WHY),
        ("办结量", 80, WHY),
    ]
    become(Role.UNIT, "区住建局")
    assert sudden_changes_as_of(date(2023, 3, 3)) == ()


@pytest.mark.long
def test_five_months_that_hardly_differ_make_a_small_step_a_sudden_one(report: Report) -> None:
    for month, number in enumerate((100, 102, 98, 101), 1):
        sent = datetime(2023, month + 1, 3, 1, tzinfo=AT.tzinfo)
        report("monthly_cases", UNIT, f"2023-{month:02d}", [case(number)], sent.isoformat())
    later = AT + timedelta(days=95)
    texts = [question.text for question in questions(checked(110, "2023-05"), later) if question.needs_words]
    assert texts and "稳健 z 值 6.4" in texts[0]
