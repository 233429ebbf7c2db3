"""A case or an item that two units tell of: what one reports, corrects or takes back is seen in the other's figures."""

import pytest

from rules.as_of import parse_instant
from services.intake.upload import withdraw_submission
from tests.services.conftest import Report, lamp

HELP = {
    "受理编号": "D1",
    "受理日期": "2023-01-10",
    "责任单位": "区人社局",
    "服务对象": "某公司",
    "对象类别": "企业",
    "帮办事项": "登记",
    "服务方式": "全程代办",
    "帮办员": "甲",
    "承诺办结日期": "2023-01-20",
}
OTHER = HELP | {"受理编号": "D2", "责任单位": "区住建局"}
ITEM = {"实施编码": "11620102013900000Q" + "3" + "442199806003", "事项名称": "社保登记", "责任单位": "区人社局"}
CASE = {"实施编码": "A1", "责任单位": "区人社局", "办件量": 10, "办结量": 8, "推送量": 10}


def figure(measure: str, unit: str, as_of: str) -> tuple[float | None, float | None]:
    indicator = lamp(measure, unit, as_of).indicators[0]
    return indicator.numerator, indicator.denominator


@pytest.mark.long
def test_a_district_ledger_takes_a_case_from_a_units_own_earlier_ledger(report: Report) -> None:
    report("help_cases", "区人社局", "2023-01", [HELP], "2023-02-03T09:00")
    report("help_cases", None, "2023-02", [HELP | {"责任单位": "区住建局"}], "2023-03-03T09:00")
    assert [figure("7.1.1", "区人社局", day) for day in ("2023-03-02", "2023-03-03")] == [(0, 1), (0, 0)]
    assert figure("7.1.1", "区住建局", "2023-03-03") == (0, 1)


@pytest.mark.long
def test_the_numbers_that_two_units_gave_in_ledgers_of_their_own_are_two_cases(report: Report) -> None:
    report("help_cases", "区人社局", "2023-01", [HELP], "2023-02-03T09:00")
    report("help_cases", "区住建局", "2023-02", [HELP | {"责任单位": "区住建局"}], "2023-03-03T09:00")
    assert [figure("7.1.1", unit, "2023-03-10") for unit in ("区人社局", "区住建局")] == [(0, 1), (0, 1)]


@pytest.mark.long
def test_a_corrected_ledger_gives_the_case_back_to_the_unit_it_was_taken_from(report: Report) -> None:
    report("help_cases", None, "2023-01", [HELP], "2023-02-03T09:00")
    report("help_cases", None, "2023-02", [HELP | {"责任单位": "区住建局"}], "2023-03-03T09:00")
    report("help_cases", None, "2023-02", [OTHER], "2023-03-10T09:00")
    assert [figure("7.1.1", "区人社局", day) for day in ("2023-03-02", "2023-03-03", "2023-03-10")] == [
        (0, 1),
        (0, 0),
        (0, 1),
    ]


@pytest.mark.long
def test_a_month_reported_late_does_not_count_a_case_that_has_gone_to_another_unit_since(report: Report) -> None:
    report("help_cases", None, "2023-02", [HELP | {"责任单位": "区住建局"}], "2023-03-03T09:00")
    report("help_cases", "区人社局", "2023-01", [HELP], "2023-03-20T09:00")
    assert figure("7.1.1", "区人社局", "2023-03-20") == (0, 0)


@pytest.mark.long
def test_history_restored_before_another_units_report_still_meets_it(report: Report) -> None:
    report("help_cases", None, "2023-02", [HELP | {"责任单位": "区住建局"}], "2023-03-03T09:00")
    report("help_cases", None, "2023-01", [HELP], "2023-02-03T09:00")
    assert [figure("7.1.1", "区人社局", day) for day in ("2023-02-10", "2023-03-02", "2023-03-03")] == [
        (0, 1),
        (0, 1),
        (0, 0),
    ]


@pytest.mark.long
def test_a_unit_that_reports_no_guides_any_more_frees_its_codes_for_the_other(report: Report) -> None:
    report("guides", "区人社局", None, {"事项": [ITEM], "材料": [], "流程": []}, "2023-02-03T09:00")
    report(
        "guides",
        "区住建局",
        None,
        {"事项": [ITEM | {"责任单位": "区住建局"}], "材料": [], "流程": []},
        "2023-02-04T09:00",
    )
    report("guides", "区住建局", None, {"事项": [], "材料": [], "流程": []}, "2023-02-06T09:00")
    assert [figure("2.3.1", "区人社局", day) for day in ("2023-02-03", "2023-02-04", "2023-02-06")] == [
        (1, 1),
        (0, 1),
        (1, 1),
    ]


@pytest.mark.long
def test_a_month_taken_back_before_a_later_correction_does_not_come_back_with_it(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03T09:00")
    wrong = report("monthly_cases", "区人社局", "2023-02", [CASE], "2023-03-03T09:00")
    report("monthly_cases", "区人社局", "2023-01", [CASE | {"推送量": 4}], "2023-03-20T09:00")
    withdraw_submission(wrong.submission or 0, reason="报错", at=parse_instant("2023-03-10T09:00"))
    assert [figure("2.3.2", "区人社局", day) for day in ("2023-03-09", "2023-03-10", "2023-03-20")] == [
        (20, 20),
        (10, 10),
        (4, 10),
    ]


@pytest.mark.long
def test_history_restored_before_a_withdrawal_keeps_it_withdrawn(report: Report) -> None:
    wrong = report("monthly_cases", "区人社局", "2023-02", [CASE], "2023-03-03T09:00")
    withdraw_submission(wrong.submission or 0, reason="报错", at=parse_instant("2023-03-10T09:00"))
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03T09:00")
    assert [figure("2.3.2", "区人社局", day) for day in ("2023-03-02", "2023-03-09", "2023-03-10")] == [
        (10, 10),
        (20, 20),
        (10, 10),
    ]
