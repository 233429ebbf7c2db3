"""进展: a form becomes an ordinary submission; the bureau verifies or returns; the history tells it all."""

from datetime import date

import pytest

from models.lamps import Lamp
from models.people import Role
from rules.as_of import parse_instant
from services.access.refusal import RefusedRequest
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.intake.files import uploaded_file
from services.intake.upload import withdraw_submission
from services.milestones.assignment import assignment_history
from services.milestones.evidence import attach
from services.milestones.progress import ProgressEntry, assignments, report_progress
from services.milestones.verification import verify, verify_several
from services.plan.decisions import settle
from services.proof.prove import prove
from tests.services.conftest import lamp

UNIT = "区人社局"


def milestones():
    return [assignment.measure for assignment in assignments(date(2023, 7, 31), UNIT)]


def say(measure, state="推进中", month="2023-06", at="2023-07-03 10:00", account="正在梳理", **more):
    return report_progress(UNIT, month, ProgressEntry(measure, state, account, **more), at=parse_instant(at))


def test_a_form_becomes_a_workbook_that_can_be_downloaded_and_checks_clean(district):
    done = say(milestones()[0])
    name, content = uploaded_file(done.submission)
    again = check(content, name, Request("progress", UNIT, False, "2023-06")).report
    assert again.accepted and len(again.frames["progress"]) == 1


@pytest.mark.long
def test_the_form_carries_forward_the_other_rows_of_that_month(district):
    first, second = milestones()[:2]
    say(first, percent=0)
    done = say(second, at="2023-07-03 11:00")
    rows = done.report.frames["progress"]
    assert (done.records, done.revision, set(rows["measure"])) == (2, 2, {first, second})
    assert list(rows[rows["measure"] == first]["percent"]) == [0]


@pytest.mark.long
def test_rows_of_a_workbook_are_carried_forward_too(report, become):
    become(Role.UNIT, UNIT)
    first, second = milestones()[:2]
    row = {"举措编号": first, "责任单位": UNIT, "进展状态": "推进中", "进展情况": "见附件", "责任人": "甲"}
    report("progress", UNIT, "2023-06", [row], "2023-07-02")
    say(second)
    latest = {assignment.measure: assignment.latest for assignment in assignments(date(2023, 7, 5), UNIT)}
    assert (latest[first].account, latest[first].person) == ("见附件", "甲")


@pytest.mark.long
def test_a_second_entry_for_the_same_measure_replaces_the_first(district):
    first = milestones()[0]
    say(first)
    say(first, account="已完成一半", at="2023-07-04")
    assert (
        next(
            assignment.latest.account
            for assignment in assignments(date(2023, 7, 5), UNIT)
            if assignment.measure == first
        )
        == "已完成一半"
    )


@pytest.mark.long
def test_going_back_to_earlier_words_is_a_new_revision(district):
    first = milestones()[0]
    say(first)
    say(first, account="写错了", at="2023-07-04")
    done = say(first, at="2023-07-05")
    assert not done.unchanged and done.revision == 3


def test_the_same_entry_twice_is_refused(district):
    say(milestones()[0])
    with pytest.raises(RefusedRequest, match="内容相同"):
        say(milestones()[0], at="2023-07-04")


def test_the_proof_of_a_form_leads_to_its_submission(district):
    first = milestones()[0]
    done = say(first)
    assert [submission.id for submission in prove(first, UNIT, date(2023, 7, 5)).submissions] == [done.submission]


def test_done_needs_a_day_of_completion_that_is_not_to_come(district):
    with pytest.raises(RefusedRequest, match="完成日期"):
        say(milestones()[0], "已完成")
    with pytest.raises(RefusedRequest, match="不能晚于今天"):
        say(milestones()[0], "已完成", completed_on=date(2023, 7, 4))


def test_a_day_of_completion_is_given_only_for_what_is_done(district):
    with pytest.raises(RefusedRequest, match="已完成"):
        say(milestones()[0], completed_on=date(2023, 7, 1))


def test_a_month_that_has_not_begun_cannot_be_reported(district):
    with pytest.raises(RefusedRequest, match="尚未开始"):
        say(milestones()[0], month="2023-08")


def test_a_unit_reports_only_measures_that_it_answers_for(district):
    with pytest.raises(RefusedRequest, match="不承担"):
        report_progress(
            "三维数字中心",
            "2023-06",
            ProgressEntry(milestones()[0], "推进中", "有进展"),
            at=parse_instant("2023-07-03"),
        )


def test_an_entry_needs_words(district):
    with pytest.raises(RefusedRequest, match="进展情况"):
        say(milestones()[0], account=" ")


def done_in_time():
    return next(
        milestone
        for milestone in milestones()
        if (lamp(milestone, UNIT, "2023-07-05").deadline or date.min) > date(2023, 7, 5)
        and lamp(milestone, UNIT, "2023-07-05").lamp is not Lamp.DOUBT
    )


@pytest.mark.long
def test_reported_done_waits_for_the_bureau_and_turns_by_its_decision(district):
    code = done_in_time()
    say(code, "已完成", completed_on=date(2023, 7, 1))
    assert lamp(code, UNIT, "2023-07-03").lamp is Lamp.TO_VERIFY
    verify(code, UNIT, returned="缺少盖章文件", at=parse_instant("2023-07-04"))
    assert lamp(code, UNIT, "2023-07-04").lamp is not Lamp.TO_VERIFY
    say(code, "已完成", completed_on=date(2023, 7, 1), account="补充盖章文件", at="2023-07-05")
    verify(code, UNIT, returned=None, at=parse_instant("2023-07-06"))
    assert lamp(code, UNIT, "2023-07-06").lamp is Lamp.DONE


@pytest.mark.long
def test_whoever_decides_second_is_told_who_was_first_and_what_was_decided(district):
    code = done_in_time()
    say(code, "已完成", completed_on=date(2023, 7, 1))
    verify(code, UNIT, returned="缺少盖章文件", at=parse_instant("2023-07-04 09:30"))
    for returned in (None, "缺少印章"):
        with pytest.raises(RefusedRequest, match="已由管理局于 2023-07-04 09:30 退回，理由：缺少盖章文件"):
            verify(code, UNIT, returned=returned, at=parse_instant("2023-07-04 09:31"))
    say(code, "已完成", completed_on=date(2023, 7, 1), account="补充盖章文件", at="2023-07-05")
    verify(code, UNIT, returned=None, at=parse_instant("2023-07-06 10:00"))
    with pytest.raises(RefusedRequest, match="已由管理局于 2023-07-06 10:00 核验通过"):
        verify(code, UNIT, returned=None, at=parse_instant("2023-07-06 10:01"))


@pytest.mark.long
def test_several_are_verified_at_once_only_with_evidence_and_a_reason_and_all_or_none(district):
    code, other = milestones()[:2]
    for measure in (code, other):
        say(measure, "已完成", completed_on=date(2023, 7, 1))
    attach(code, UNIT, "通知.pdf", b"%PDF-1.7 x", at=parse_instant("2023-07-03 12:00"))
    at = parse_instant("2023-07-06")
    for chosen, reason, words in (
        ([(code, UNIT), (other, UNIT)], "材料齐全", "没有证明材料"),
        ([(code, UNIT)], " ", "理由"),
        ([], "材料齐全", "请先选择"),
    ):
        with pytest.raises(RefusedRequest, match=words):
            verify_several(chosen, reason, at=at)
    assert lamp(code, UNIT, "2023-07-06").lamp is Lamp.TO_VERIFY
    assert verify_several([(code, UNIT)], "材料齐全", at=at) == 1
    assert lamp(code, UNIT, "2023-07-06").lamp in (Lamp.DONE, Lamp.DONE_LATE)
    assert any("材料齐全" in event.words for event in assignment_history(code, UNIT, date(2023, 7, 31)).events)


@pytest.mark.long
def test_the_history_tells_reports_evidence_decisions_rulings_and_lamps_newest_first(district):
    code = done_in_time()
    say(code, "已完成", completed_on=date(2023, 7, 1))
    attach(code, UNIT, "通知.pdf", b"%PDF-1.7 x", at=parse_instant("2023-07-03 12:00"))
    verify(code, UNIT, returned="缺少盖章文件", at=parse_instant("2023-07-04"))
    task = assignment_history(code, UNIT, date(2023, 7, 31)).task.code
    settle(task, deadline=date(2023, 12, 1), unit_words=None, reason="推迟", at=parse_instant("2023-07-05"))
    events = assignment_history(code, UNIT, date(2023, 7, 31)).events
    assert [event.what for event in events if event.what != "红绿灯"] == ["核定存疑", "退回", "证明材料", "报送"]
    assert any(event.what == "红绿灯" and event.words.endswith("待核验") for event in events)


def test_the_history_of_an_earlier_day_knows_nothing_of_what_came_later(district):
    code = done_in_time()
    say(code)
    verified = assignment_history(code, UNIT, date(2023, 7, 2))
    assert verified.events == () and verified.latest is None


@pytest.mark.long
def test_a_withdrawn_report_stays_in_the_history_and_no_longer_stands(district):
    code = done_in_time()
    done = say(code)
    withdraw_submission(done.submission, reason="填错", at=parse_instant("2023-07-04"))
    history = assignment_history(code, UNIT, date(2023, 7, 31))
    assert history.latest is None
    assert {"报送", "撤回"} <= {event.what for event in history.events}


def test_the_two_named_people_are_those_last_reported(district, become):
    become(Role.UNIT, UNIT)
    code = done_in_time()
    say(code, leader="张局", person="李科")
    history = assignment_history(code, UNIT, date(2023, 7, 31))
    assert (history.leader, history.person) == ("张局", "李科")


def test_a_unit_that_does_not_answer_for_a_measure_has_no_history_of_it(district):
    with pytest.raises(RefusedRequest, match="不承担"):
        assignment_history(done_in_time(), "三维数字中心", date(2023, 7, 31))


def returned(code, day):
    return next(
        assignment.returned for assignment in assignments(date.fromisoformat(day), UNIT) if assignment.measure == code
    )


@pytest.mark.long
def test_what_was_returned_is_told_with_its_reason_until_it_is_reported_done_again(district):
    code = done_in_time()
    say(code, "已完成", completed_on=date(2023, 7, 1))
    verify(code, UNIT, returned="缺少盖章文件", at=parse_instant("2023-07-04"))
    assert (returned(code, "2023-07-03"), returned(code, "2023-07-04")) == (None, "缺少盖章文件")
    say(code, "已完成", completed_on=date(2023, 7, 3), at="2023-07-05", account="已盖章")
    assert returned(code, "2023-07-05") is None


@pytest.mark.long
def test_what_was_returned_and_then_verified_is_returned_no_more(district):
    code = done_in_time()
    say(code, "已完成", completed_on=date(2023, 7, 1))
    verify(code, UNIT, returned="缺少盖章文件", at=parse_instant("2023-07-04"))
    say(code, "已完成", completed_on=date(2023, 7, 3), at="2023-07-05", account="已盖章")
    verify(code, UNIT, returned=None, at=parse_instant("2023-07-06"))
    assert returned(code, "2023-07-31") is None
