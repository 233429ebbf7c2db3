"""What a person is asked before a report is stored, and asked again where something was reported meanwhile."""

from datetime import datetime
from typing import Any

import pytest

from rules.as_of import parse_instant
from services.access.refusal import RefusedRequest
from services.intake.checked_workbook import CheckedWorkbook, Request
from services.intake.checking import check
from services.intake.questions import questions
from services.intake.replacing import replaced_rows
from services.intake.upload import earlier_submission, rehearse, submit
from services.milestones.progress import ProgressEntry, report_progress
from tests.services.conftest import Report, lamp, workbook

CASE = {"实施编码": "A1", "责任单位": "区人社局", "办件量": 10, "办结量": 8, "推送量": 10}
OTHER = CASE | {"实施编码": "A2", "责任单位": "东关街道"}
HELP = {
    "受理编号": "B1",
    "受理日期": "2023-01-03",
    "责任单位": "区人社局",
    "服务对象": "某公司",
    "对象类别": "企业",
    "帮办事项": "登记",
    "服务方式": "全程代办",
    "帮办员": "甲",
}
ROW = {"举措编号": "1.2.2", "责任单位": "区人社局", "进展状态": "推进中", "进展情况": "正在办理"}
LATER = parse_instant("2023-02-10")


def given(
    dataset: str, rows: list[dict[str, Any]], unit: str | None = "区人社局", month: str = "2023-01"
) -> CheckedWorkbook:
    return check(workbook(dataset, rows), "报送.xlsx", Request(dataset, unit, unit is None, month))


def question_texts(workbook_: CheckedWorkbook, at: datetime = LATER) -> dict[str, str]:
    return {question.code: question.text for question in questions(workbook_, at)}


def test_fewer_rows_than_stand_are_told_with_both_numbers(report: Report) -> None:
    sent = report("monthly_cases", "区人社局", "2023-01", [CASE, CASE | {"实施编码": "A2"}], "2023-02-03")
    text_of = question_texts(given("monthly_cases", [CASE]))
    assert f"本次 1 行，将取代区人社局已受理的 2 行（报送 {sent.submission}）" in text_of["replaces-more"]


def test_a_zero_report_over_rows_is_told(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03")
    assert "本次 0 行，将取代区人社局已受理的 1 行" in question_texts(given("monthly_cases", []))["replaces-more"]


def test_as_many_rows_another_month_or_nothing_before_is_nothing_to_ask(report: Report) -> None:
    assert not question_texts(given("monthly_cases", [CASE]))
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03")
    assert not question_texts(given("monthly_cases", [CASE | {"办件量": 11}]))
    assert not question_texts(given("monthly_cases", [], month="2023-02"), parse_instant("2023-03-10"))


def test_a_whole_district_ledger_is_held_against_each_unit_it_speaks_for(report: Report) -> None:
    report("monthly_cases", None, "2023-01", [CASE, CASE | {"实施编码": "A3"}, OTHER], "2023-02-03")
    text_of = question_texts(given("monthly_cases", [CASE, OTHER, OTHER | {"实施编码": "A4"}], unit=None))
    assert "本次 1 行，将取代区人社局已受理的 2 行" in text_of["replaces-more"]
    assert not question_texts(given("monthly_cases", [OTHER], unit=None))  # of 区人社局 it does not speak


@pytest.mark.long
def test_a_ledger_over_a_units_own_report_and_the_other_way_round_are_asked_with_numbers(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03")
    over_own = question_texts(given("monthly_cases", [CASE, OTHER], unit=None))["replaces-another-kind"]
    assert "全区台账中的 1 行，将取代区人社局自行报送的 1 行" in over_own
    report("monthly_cases", None, "2023-01", [CASE, OTHER], "2023-02-04")
    over_ledger = question_texts(given("monthly_cases", [CASE | {"办件量": 12}]))["replaces-another-kind"]
    assert "本次 1 行，将取代全区台账中区人社局的 1 行" in over_ledger


@pytest.mark.long
def test_what_came_in_after_the_question_is_asked_again_and_nothing_is_stored(report: Report) -> None:
    workbook_ = given("monthly_cases", [CASE])
    answered = questions(workbook_, LATER)
    report("monthly_cases", "区人社局", "2023-01", [CASE, CASE | {"实施编码": "A2"}], "2023-02-03")
    with pytest.raises(RefusedRequest, match="确认之前情况有变，没有入库：本次 1 行，将取代区人社局已受理的 2 行"):
        submit(workbook_, at=LATER, answered=answered)
    assert submit(workbook_, at=LATER, answered=questions(workbook_, LATER)).submission is not None


@pytest.mark.long
def test_where_nobody_can_be_asked_it_is_told_with_what_was_done(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [CASE, CASE | {"实施编码": "A2"}], "2023-02-03")
    done = submit(given("monthly_cases", [CASE]), at=LATER)
    assert [question.code for question in done.questions] == ["replaces-more"]


def test_a_month_that_is_not_over_is_asked_and_one_to_come_too(district: None) -> None:
    assert (
        "2023-02 还没有结束（今天是 2023-02-10）"
        in question_texts(given("monthly_cases", [CASE], month="2023-02"))["month-not-over"]
    )
    assert "还没有开始" in question_texts(given("monthly_cases", [CASE], month="2023-03"))["month-to-come"]


def test_last_months_file_under_this_months_name_is_one_question(district: None) -> None:
    text_of = question_texts(
        given("help_cases", [HELP, HELP | {"受理编号": "B2"}], month="2023-02"), parse_instant("2023-03-02")
    )
    assert "全部 2 行的“受理日期”都在 2023-01，没有一行在 2023-02" in text_of["last-month"]
    mixed = [HELP, HELP | {"受理编号": "B2", "受理日期": "2023-02-03"}]
    assert not question_texts(given("help_cases", mixed, month="2023-02"), parse_instant("2023-03-02"))


def test_last_months_file_names_the_rows_that_were_accepted_for_that_month(report: Report) -> None:
    sent = report("help_cases", "区人社局", "2023-01", [HELP, HELP | {"受理编号": "B2"}], "2023-02-03")
    rows = [HELP, HELP | {"受理编号": "B2"}, HELP | {"受理编号": "B3"}]
    text_of = question_texts(given("help_cases", rows, month="2023-02"), parse_instant("2023-03-02"))
    assert f"其中 2 行已随 2023-01 受理（报送 {sent.submission}：B1、B2）" in text_of["last-month"]


def test_a_file_of_two_earlier_months_is_asked_too(district: None) -> None:
    rows = [HELP, HELP | {"受理编号": "B2", "受理日期": "2023-02-03"}]
    text_of = question_texts(given("help_cases", rows, month="2023-03"), parse_instant("2023-04-02"))
    assert "都在 2023-01 至 2023-02，没有一行在 2023-03" in text_of["last-month"]


def test_last_months_figures_under_this_months_name_are_asked_where_no_column_tells_the_month(report: Report) -> None:
    sent = report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03")
    same = question_texts(given("monthly_cases", [CASE], month="2023-02"), parse_instant("2023-03-10"))
    assert f"1 行与 2023-01 已受理的（报送 {sent.submission}）完全相同" in same["last-month"]
    other = given("monthly_cases", [CASE | {"办件量": 11}], month="2023-02")
    assert not question_texts(other, parse_instant("2023-03-10"))


def test_completed_with_forty_per_cent_and_without_evidence_is_asked(district: None) -> None:
    done = ROW | {"进展状态": "已完成", "完成比例": 40, "完成日期": "2023-01-20"}
    text_of = question_texts(given("progress", [done]))
    assert "举措 1.2.2报为“已完成”，完成比例却不足 100%" in text_of["unfinished"]
    assert "还没有证明材料" in text_of["unproved"]


def test_a_workbook_that_takes_back_what_was_reported_on_screen_says_which_measure(district: None) -> None:
    at = parse_instant("2023-02-02T09:00")
    report_progress("区人社局", "2023-01", ProgressEntry("1.2.2", "已完成", "办结", completed_on=at.date()), at=at)
    assert "举措 1.2.2此前已报“已完成”或已在屏幕上填报" in question_texts(given("progress", [ROW]))["steps-back"]


def test_the_rows_that_come_go_and_change_are_named(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [CASE, CASE | {"实施编码": "A2"}], "2023-02-03")
    rows = replaced_rows(given("monthly_cases", [CASE | {"办件量": 12}, CASE | {"实施编码": "A3"}]), LATER)
    assert rows is not None and rows.keys == ("实施编码",)
    assert (rows.changes.added, rows.changes.removed, rows.changes.changed) == ((("A3",),), (("A2",),), (("A1",),))


def test_a_rehearsal_tells_the_lamps_that_turn_and_keeps_nothing(report: Report) -> None:
    workbook_ = given("monthly_cases", [CASE | {"推送量": 10}])
    turned = rehearse(workbook_, at=LATER)
    assert ("2.3.2", "区人社局") in {(change.measure, change.unit) for change in turned}
    assert earlier_submission(workbook_) is None
    assert turned == submit(workbook_, at=LATER).turned
    assert lamp("2.3.2", "区人社局", "2023-02-10").lamp in {
        change.after for change in turned if change.measure == "2.3.2"
    }


def test_the_same_file_is_known_before_it_is_confirmed_again(district: None) -> None:
    content, request = workbook("monthly_cases", [CASE]), Request("monthly_cases", "区人社局", False, "2023-01")
    number = submit(check(content, "一月.xlsx", request), at=LATER).submission
    assert number is not None and earlier_submission(check(content, "一月（再报）.xlsx", request)) == number
