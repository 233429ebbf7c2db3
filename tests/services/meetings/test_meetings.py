"""Meetings: called, their questions edited, what was taken on there becomes rectifications that the next pack shows."""

from datetime import date

import pytest

from models.meetings import Promise
from models.people import Role
from rules.as_of import parse_instant
from rules.notices.questions import QuestionRule
from services.access.refusal import RefusedRequest
from services.meetings.meetings import (
    call_meeting,
    cancel_meeting,
    commit_at_meeting,
    enter_questions,
    last_meeting_day,
    meetings_as_of,
)
from services.meetings.packs import pack_of_meeting
from services.notices.documents import pack_file
from services.notices.meeting_pack import link_of, meeting_pack
from services.rectifications.acts import accept, answer
from services.rectifications.ledger import rectifications_as_of

UNIT, OTHER = "区人社局", "东关街道"
CALLED, HELD = parse_instant("2023-08-01T09:00"), parse_instant("2023-08-15T16:00")
DAY, NEXT = date(2023, 8, 15), date(2023, 9, 12)
PROMISE = Promise(UNIT, "增设咨询座席", date(2023, 8, 31))


def called() -> str:
    return call_meeting("八月督查会议", DAY, [OTHER, UNIT], at=CALLED).number


def test_a_meeting_compares_with_the_one_before_and_the_first_with_thirty_days_before(district) -> None:
    assert call_meeting("八月督查会议", DAY, [UNIT], at=CALLED).since == date(2023, 7, 16)
    second = call_meeting("九月督查会议", NEXT, [UNIT], at=HELD)
    assert second.since == DAY
    assert (last_meeting_day(NEXT), last_meeting_day(date(2023, 9, 13))) == (DAY, NEXT)


def test_what_is_taken_on_becomes_a_rectification_with_its_day_and_the_meeting_as_its_source(district) -> None:
    number = called()
    [standing] = commit_at_meeting(number, [PROMISE], at=HELD)
    [item] = rectifications_as_of(DAY).rectifications
    assert (item.number, item.unit, item.issue, item.course.due) == (
        standing.number,
        UNIT,
        "增设咨询座席",
        PROMISE.due,
    )
    assert item.source == f"instruction:会议 {number}"
    [meeting] = meetings_as_of(DAY)
    assert [commitment.number for commitment in meeting.commitments] == [item.number]


def test_the_next_pack_shows_what_was_promised_and_whether_it_was_kept(district, become) -> None:
    [fulfilled, broken] = [
        standing.number
        for standing in commit_at_meeting(called(), [PROMISE, Promise(OTHER, "修复自助机", PROMISE.due)], at=HELD)
    ]
    become(Role.UNIT, UNIT)
    answer(fulfilled, text="已增设", at=parse_instant("2023-08-30T10:00"))
    become(Role.BUREAU)
    accept(fulfilled, at=parse_instant("2023-09-01T10:00"))
    pages = {page.unit: page for page in meeting_pack(NEXT, DAY).units}
    in_time = {item.rectification.number: item.in_time for unit in (UNIT, OTHER) for item in pages[unit].commitments}
    assert in_time == {fulfilled: True, broken: False}


def test_what_was_settled_before_the_last_meeting_is_promised_no_more(district, become) -> None:
    [standing] = commit_at_meeting(called(), [PROMISE], at=HELD)
    become(Role.UNIT, UNIT)
    answer(standing.number, text="已增设", at=parse_instant("2023-08-25T10:00"))
    become(Role.BUREAU)
    accept(standing.number, at=parse_instant("2023-08-26T10:00"))

    def promised(as_of: date, since: date) -> list[str]:
        return [
            commitment.rectification.number
            for page in meeting_pack(as_of, since, UNIT).units
            for commitment in page.commitments
        ]

    assert promised(date(2023, 8, 14), date(2023, 8, 1)) == []  # not made yet
    assert promised(NEXT, DAY) == [standing.number]
    assert promised(date(2023, 10, 10), NEXT) == []


@pytest.mark.long
def test_questions_found_by_rule_stand_until_somebody_edits_them_and_one_left_as_it_was_keeps_its_link(
    district,
) -> None:
    number = call_meeting("九月督查会议", NEXT, [UNIT, OTHER], at=CALLED).number
    pages = {page.unit: page for page in pack_of_meeting(number, NEXT).pack.units}
    by_rule = pages[UNIT].questions
    assert (
        by_rule
        == {page.unit: page for page in meeting_pack(NEXT, pack_of_meeting(number, NEXT).pack.since).units}[
            UNIT
        ].questions
    )
    enter_questions(number, UNIT, [by_rule[0].text, "窗口为何只开一半？", " "], at=HELD)
    first, second = {page.unit: page for page in pack_of_meeting(number, NEXT).pack.units}[UNIT].questions
    assert first == by_rule[0]
    assert (second.rule, second.text) == (QuestionRule.ENTERED, "窗口为何只开一半？")
    assert link_of(second, UNIT, NEXT).startswith("/unit?unit=")
    assert {page.unit: page for page in pack_of_meeting(number, date(2023, 8, 14)).pack.units}[UNIT].questions != (
        first,
        second,
    )


def test_the_pack_holds_the_units_that_come_and_its_document_is_the_same_each_time(district) -> None:
    number = call_meeting("九月督查会议", NEXT, [UNIT], at=CALLED).number
    pack = pack_of_meeting(number, date(2023, 10, 9)).pack
    assert ([page.unit for page in pack.units], pack.as_of) == ([UNIT], date(2023, 9, 11))
    assert pack_file(pack) == pack_file(pack_of_meeting(number, date(2023, 10, 9)).pack)


def test_a_unit_sees_the_meetings_it_comes_to_with_its_own_commitments_and_no_question(district, become) -> None:
    number = called()
    commit_at_meeting(number, [PROMISE, Promise(OTHER, "修复自助机", PROMISE.due)], at=HELD)
    enter_questions(number, OTHER, ["为何停用？"], at=HELD)
    become(Role.UNIT, UNIT)
    [meeting] = meetings_as_of(DAY)
    assert (meeting.units, meeting.questions) == ((UNIT,), {})
    assert [item.unit for item in meeting.commitments] == [UNIT]
    become(Role.UNIT, "区住建局")
    assert meetings_as_of(DAY) == ()


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda number: call_meeting(" ", DAY, [UNIT]), "请写明会议名称"),
        (lambda number: call_meeting("会", DAY, []), "请至少选择一个参会单位"),
        (lambda number: call_meeting("会", DAY, ["没有局"]), "单位名册中没有“没有局”"),
        (lambda number: call_meeting("会", DAY, [UNIT], since=DAY), "应早于会议日期"),
        (lambda number: commit_at_meeting(number, [PROMISE], at=CALLED), "会议于 2023-08-15 召开"),
        (lambda number: commit_at_meeting(number, [], at=HELD), "请至少写明一项交办事项"),
        (lambda number: commit_at_meeting(number, [Promise("区住建局", "改", PROMISE.due)], at=HELD), "不在会议"),
        (lambda number: commit_at_meeting(number, [Promise(UNIT, "改", DAY)], at=HELD), "应晚于立项日期"),
        (lambda number: enter_questions(number, UNIT, ["问" * 501], at=HELD), "每项最多写 500 个字"),
        (
            lambda number: enter_questions(number, UNIT, ["问"], at=parse_instant("2023-08-16T09:00")),
            "问题不能再改",
        ),
        (lambda number: enter_questions("2023-9", UNIT, ["问"], at=HELD), "没有编号为 2023-9 的督查会议"),
        (lambda number: enter_questions("八月", UNIT, ["问"], at=HELD), "“八月”不是会议编号"),
        (lambda number: cancel_meeting(number, reason=" ", at=HELD), "请写明取消会议的理由"),
        (lambda number: cancel_meeting(number, reason="改", at=parse_instant("2023-07-01T09:00")), "不能早于会议登记"),
        (lambda number: pack_of_meeting("2023-9", DAY), "没有编号为 2023-9 的督查会议"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence_and_nothing_is_stored(district, act, words) -> None:
    number = called()
    before = meetings_as_of(NEXT), rectifications_as_of(NEXT)
    with pytest.raises(RefusedRequest, match=words):
        act(number)
    assert (meetings_as_of(NEXT), rectifications_as_of(NEXT)) == before


def test_a_meeting_called_off_stays_in_the_list_and_nothing_is_entered_of_it(district) -> None:
    number = called()
    cancel_meeting(number, reason="改为书面调度", at=CALLED)
    [meeting] = meetings_as_of(DAY)
    assert (meeting.cancelled, meeting.state_on(DAY)) == ("改为书面调度", "已取消")
    with pytest.raises(RefusedRequest, match="已取消"):
        commit_at_meeting(number, [PROMISE], at=HELD)
    assert last_meeting_day(NEXT) == date(2023, 8, 13)
