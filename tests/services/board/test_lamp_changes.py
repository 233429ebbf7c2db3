"""The lamps that a report turns are those that stand otherwise on the whole board."""

from datetime import date

import pytest

from services.board.lamp_changes import changes_of
from services.board.scorecard import assess
from tests.services.conftest import Report

HOTLINE = {
    "工单编号": "GD1",
    "工单类型": "投诉",
    "责任单位": "区人社局",
    "受理时间": "2023-01-10",
    "办理时限": "2023-01-20",
    "办结时间": "2023-01-20 18:00",
    "是否回访": "是",
    "是否解决": "是",
    "是否满意": "满意",
}


@pytest.mark.parametrize(
    ("dataset", "unit", "rows"),
    [
        (
            "monthly_cases",
            "区人社局",
            [{"实施编码": "A1", "责任单位": "区人社局", "办件量": 10, "办结量": 8, "推送量": 10}],
        ),
        (
            "progress",
            "区人社局",
            [
                {
                    "举措编号": "1.2.2",
                    "责任单位": "区人社局",
                    "进展状态": "已完成",
                    "进展情况": "办结",
                    "完成日期": "2023-01-20",
                }
            ],
        ),
    ],
)
def test_a_report_tells_every_lamp_that_it_turns_on_the_whole_board(
    report: Report, dataset: str, unit: str | None, rows: list[dict]
) -> None:
    before = assess(date(2023, 2, 3))
    turned = report(dataset, unit, "2023-01", rows, "2023-02-03T10:00").turned
    assert turned
    assert turned
    assert set(turned) == set(changes_of(before, assess(date(2023, 2, 3))))


@pytest.mark.long
def test_a_report_of_other_units_tells_the_lamp_of_the_unit_that_answers_for_the_whole_district(report: Report) -> None:
    calls = [{"日期": "2023-01-01", "呼入量": 100, "接通量": 99}]
    report("hotline_calls", "三维数字中心", "2023-01", calls, "2023-02-03T09:00")
    before = assess(date(2023, 2, 3))
    turned = report("hotline_tickets", None, "2023-01", [HOTLINE], "2023-02-03T10:00").turned
    assert ("6.2.1", "三维数字中心") in {(change.measure, change.unit) for change in turned}
    assert set(turned) == set(changes_of(before, assess(date(2023, 2, 3))))
