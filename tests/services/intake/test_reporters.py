"""Who reports which dataset for whom; what a unit may add to the bureau's list."""

from datetime import date
from typing import Any

import pytest

from models.people import Role
from rules.as_of import parse_instant
from services.intake.checked_workbook import CheckedWorkbook, Request
from services.intake.checking import check
from services.intake.upload import submit, withdraw_submission
from services.reporting.reports import reports_owed
from tests.services.conftest import Report, lamp, workbook

UNIT = "区人社局"
PROBLEM = {
    "问题编号": "W1",
    "责任单位": UNIT,
    "评估维度": "精准度",
    "问题描述": "地址不准确",
    "发现日期": "2023-06-20",
    "整改时限": "2023-08-31",
}
TICKET = {
    "工单编号": "T1",
    "受理时间": "2023-06-03",
    "工单类型": "投诉",
    "责任单位": UNIT,
    "办理时限": "2023-06-10",
    "办结时间": "2023-06-08",
}
AT = parse_instant("2023-08-02T09:00")


def given(dataset: str, rows: list[dict[str, Any]], month: str | None = None) -> CheckedWorkbook:
    return check(workbook(dataset, rows), "报送.xlsx", Request(dataset, UNIT, False, month))


def codes(checked: CheckedWorkbook) -> list[tuple[str | None, str]]:
    return [(problem.cell, problem.code) for problem in checked.report.problems if problem.severity == "error"]


def closed(day: str = "2023-08-02") -> tuple[float | None, float | None]:
    figure = lamp("6.1.1", UNIT, day).indicators[0]
    return figure.numerator, figure.denominator


@pytest.fixture
def listed(report: Report) -> None:
    """The bureau's list with two problems of the unit."""
    rows = [PROBLEM, PROBLEM | {"问题编号": "W2", "问题描述": "电话不通"}]
    report("assessment_problems", None, None, rows, "2023-07-01T09:00")


def test_a_unit_cannot_wipe_what_the_bureaus_list_says_about_it(listed: None, become: Any) -> None:
    become(Role.UNIT, UNIT)
    empty = given("assessment_problems", [])
    assert codes(empty) == [(None, "nothing-to-add")] and submit(empty, at=AT).submission is None
    become(Role.BUREAU)
    assert closed() == (0, 2)


@pytest.mark.long
def test_a_unit_adds_when_and_how_it_mended_a_problem_and_the_list_stays(listed: None, become: Any) -> None:
    become(Role.UNIT, UNIT)
    own = given("assessment_problems", [PROBLEM | {"整改完成日期": "2023-08-01", "整改说明": "已修改门牌号"}])
    number = submit(own, at=AT).submission
    become(Role.BUREAU)
    assert (closed("2023-08-01"), closed()) == ((0, 2), (1, 2))
    withdraw_submission(number or 0, reason="报错", at=parse_instant("2023-08-03T09:00"))
    assert closed("2023-08-03") == (0, 2)


def test_a_problem_that_is_not_listed_is_an_error_and_what_is_worded_otherwise_is_told(
    listed: None, become: Any
) -> None:
    become(Role.UNIT, UNIT)
    checked = given("assessment_problems", [PROBLEM | {"问题编号": "W9"}, PROBLEM | {"问题描述": "没有问题"}])
    assert codes(checked) == [("A2", "not-in-list")]
    assert [(problem.cell, problem.code) for problem in checked.report.problems if problem.severity == "warning"] == [
        ("D3", "kept-as-listed")
    ]


def test_what_a_unit_adds_is_no_report_of_its_own(listed: None, become: Any) -> None:
    become(Role.UNIT, UNIT)
    submit(given("assessment_problems", [PROBLEM | {"整改完成日期": "2023-08-01"}]), at=AT)
    become(Role.BUREAU)
    [line] = reports_owed(date(2023, 8, 2), unit=UNIT, dataset="assessment_problems")
    assert (line.records, line.revisions) == (2, 1)


@pytest.mark.long
def test_tickets_are_reported_by_whoever_answers_for_them_or_by_the_bureau(district: None, become: Any) -> None:
    become(Role.UNIT, UNIT)
    own = given("hotline_tickets", [TICKET], "2023-06")
    assert codes(own) == [(None, "not-reported-here")]
    assert "三维数字中心或管理局报送" in own.report.problems[0].message and submit(own, at=AT).submission is None
    become(Role.UNIT, "三维数字中心")
    theirs = [TICKET | {"责任单位": "三维数字中心"}]
    request = Request("hotline_tickets", "三维数字中心", False, "2023-06")
    assert submit(check(workbook("hotline_tickets", theirs), "工单.xlsx", request), at=AT).submission is not None
    become(Role.BUREAU)
    assert submit(given("hotline_tickets", [TICKET], "2023-06"), at=AT).submission is not None


def test_a_units_own_workbook_need_not_say_whose_its_rows_are(district: None, become: Any) -> None:
    row = {"实施编码": "A1", "办件量": 10, "办结量": 8}
    request = Request("monthly_cases", UNIT, False, "2023-06")
    become(Role.UNIT, UNIT)
    own = check(csv_of(row), "6月.csv", request)
    assert codes(own) == [] and submit(own, at=AT).records == 1


def csv_of(row: dict[str, Any]) -> bytes:
    return "\n".join((",".join(row), ",".join(map(str, row.values())))).encode()


RATING = {
    "办件编号": "R1",
    "事项名称": "社保登记",
    "责任单位": UNIT,
    "评价渠道": "移动端",
    "满意度": "非常不满意",
    "评价时间": "2023-06-12 09:00",
}


@pytest.fixture
def rated(report: Report) -> None:
    """The bureau's whole-district ledger of ratings, two of them of the unit."""
    report("reviews", None, "2023-06", [RATING, RATING | {"办件编号": "R2", "满意度": "满意"}], "2023-07-03T09:00")


def test_a_unit_cannot_leave_out_what_citizens_said_of_it_in_the_bureaus_ledger(rated: None, become: Any) -> None:
    become(Role.UNIT, UNIT)
    for rows in ([], [RATING | {"办件编号": "R2", "满意度": "满意"}]):
        own = given("reviews", rows, "2023-06")
        assert (None, "left-out") in codes(own) and submit(own, at=AT).submission is None
    assert "2 件（R1、R2）" in given("reviews", [], "2023-06").report.problems[0].message


@pytest.mark.long
def test_a_unit_cannot_say_otherwise_what_citizens_said_neither_then_nor_in_a_later_month(
    rated: None, become: Any
) -> None:
    become(Role.UNIT, UNIT)
    better = RATING | {"满意度": "非常满意"}
    both = [better, RATING | {"办件编号": "R2", "满意度": "满意"}]
    assert codes(given("reviews", both, "2023-06")) == [("G2", "said-by-others")]
    assert codes(given("reviews", [better], "2023-07")) == [("G2", "said-by-others")]
    more = [RATING, *both[1:], RATING | {"办件编号": "R3", "满意度": "满意"}]
    assert submit(given("reviews", more, "2023-06"), at=AT).records == 3


@pytest.mark.long
def test_the_bureau_may_correct_what_its_own_ledger_says(rated: None) -> None:
    assert submit(given("reviews", [RATING | {"满意度": "满意"}], "2023-06"), at=AT).records == 1
