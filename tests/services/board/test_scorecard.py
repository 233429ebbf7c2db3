"""From reports to lamps, on real workbooks and a real database."""

from datetime import date

import pytest

from catalogue.indicators import INDICATORS
from data_access.database import reading
from models.lamps import Judgement, Lamp
from rules.as_of import end_of_day, parse_instant
from rules.lamp import judge
from services.board.scorecard import assess, assess_days, case_of, gather, lamps_of
from services.figures.district_state import district_state
from services.milestones.verification import verify
from services.plan.decisions import set_target, settle
from tests.services.conftest import Report, lamp

CASE = {"实施编码": "A1", "责任单位": "区人社局", "办件量": 10, "办结量": 8, "推送量": 10, "关联事项办件量": 9}
REVIEW = {
    "办件编号": "B1",
    "事项名称": "社保登记",
    "实施编码": "A1",
    "责任单位": "区人社局",
    "评价渠道": "移动端",
    "满意度": "满意",
    "评价时间": "2023-01-12 10:00",
}
ITEM = {"实施编码": "A1", "事项名称": "社保登记", "责任单位": "区人社局"}


def figures(measure: str, unit: str | None, as_of: str) -> list[tuple[float | None, float | None, bool | None]]:
    return [
        (indicator.numerator, indicator.denominator, indicator.met)
        for indicator in lamp(measure, unit, as_of).indicators
    ]


def test_every_unit_has_a_lamp_for_every_measure_it_answers_for_and_a_task_without_units_has_one(
    district: None,
) -> None:
    card = assess(date(2023, 2, 1))
    keys = [(lamp.measure, lamp.unit) for lamp in card.lamps]
    assert len(keys) == len(set(keys))
    assert ("1.1.1", "东关街道") in keys
    assert ("1.3.1", "东关街道") not in keys  # 部门 only
    assert [unit for measure, unit in keys if measure == "8.1.1"] == [None]
    assert [unit for measure, unit in keys if measure == "8.4.1"] == ["区住建局"]


def test_a_month_is_missing_only_from_the_day_after_its_due_day(district: None) -> None:
    assert lamp("2.3.2", "区人社局", "2023-02-06").lamp is Lamp.ON_TRACK  # 5 February is a Sunday
    assert lamp("2.3.2", "区人社局", "2023-02-07").lamp is Lamp.NOT_REPORTED


def test_without_figures_every_number_is_missing_and_never_zero(district: None) -> None:
    assert figures("2.3.2", "区人社局", "2023-02-01") == [(None, None, None)]


def test_a_reported_month_turns_the_lamp_on_the_day_it_is_accepted(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03T09:00")
    assert lamp("2.3.2", "区人社局", "2023-02-02").lamp is Lamp.ON_TRACK
    assert lamp("2.3.2", "区人社局", "2023-02-03").lamp is Lamp.DONE
    assert figures("2.3.2", "区人社局", "2023-02-03") == [(10, 10, True)]
    assert lamp("2.3.2", "区人社局", "2023-03-07").lamp is Lamp.NOT_REPORTED


def test_a_month_that_is_not_over_is_not_counted_yet(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-02", [CASE], "2023-02-20T09:00")
    assert figures("2.3.2", "区人社局", "2023-02-27") == [(None, None, None)]
    assert figures("2.3.2", "区人社局", "2023-02-28") == [(10, 10, True)]


@pytest.mark.long
def test_months_add_up_from_january_and_an_item_rated_twice_counts_once(report: Report) -> None:
    for month, day in (("2023-01", "2023-02-03"), ("2023-02", "2023-03-03")):
        report("monthly_cases", "区人社局", month, [CASE], f"{day}T09:00")
        report(
            "reviews",
            "区人社局",
            month,
            [REVIEW | {"办件编号": f"B{month}", "评价时间": f"{month}-12 10:00"}],
            f"{day}T10:00",
        )
    assert figures("1.1.2", "区人社局", "2023-03-04") == [(2, 16, False)]
    assert figures("1.1.1", "区人社局", "2023-03-04") == [(1, 1, True)]


def test_a_zero_report_counts_as_reported_and_leaves_nothing_to_count(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [], "2023-02-03T09:00")
    assert lamp("2.3.2", "区人社局", "2023-02-10").lamp is Lamp.NOT_APPLICABLE
    assert figures("2.3.2", "区人社局", "2023-02-10") == [(0, 0, None)]


@pytest.mark.long
def test_a_correction_counts_from_its_day_on_and_the_board_of_an_earlier_day_stays(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03T09:00")
    again = report("monthly_cases", "区人社局", "2023-01", [CASE | {"推送量": 4}], "2023-02-10T09:00")
    assert again.revision == 2
    assert figures("2.3.2", "区人社局", "2023-02-09") == [(10, 10, True)]
    assert figures("2.3.2", "区人社局", "2023-02-10") == [(4, 10, False)]


def test_the_deadline_day_is_in_time_and_the_day_after_is_late(report: Report) -> None:
    report("guides", "区人社局", None, {"事项": [ITEM | {"到办事现场次数": 1}]}, "2023-02-03T09:00")
    assert lamp("1.3.2", "区人社局", "2023-07-30").lamp is Lamp.DUE_SOON
    late = lamp("1.3.2", "区人社局", "2023-07-31")
    assert late.lamp is Lamp.OVERDUE
    assert "0/1" in late.reason


@pytest.mark.long
def test_a_target_met_after_the_deadline_is_done_all_the_same(report: Report) -> None:
    report("guides", "区人社局", None, {"事项": [ITEM | {"到办事现场次数": 0}]}, "2023-08-03T09:00")
    assert lamp("1.3.2", "区人社局", "2023-08-02").lamp is Lamp.OVERDUE
    assert lamp("1.3.2", "区人社局", "2023-08-03").lamp is Lamp.DONE


def test_a_bad_rating_counts_from_its_due_day_by_working_days(report: Report) -> None:
    row = {
        "差评编号": "C1",
        "责任单位": "区人社局",
        "事项名称": "社保登记",
        "差评时间": "2023-01-30 09:00",
        "是否实名": "是",
        "是否属实": "是",
        "是否回访": "是",
    }
    report("bad_reviews", "区人社局", "2023-01", [row], "2023-02-02T09:00")
    assert figures("1.1.3", "区人社局", "2023-02-05")[1] == (0, 0, None)
    assert figures("1.1.3", "区人社局", "2023-02-06")[1] == (0, 1, False)  # five working days on


@pytest.mark.long
def test_in_a_later_ledger_the_later_record_stands(report: Report) -> None:
    row = {
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
    report("help_cases", "区人社局", "2023-01", [row], "2023-02-02T09:00")
    report("help_cases", "区人社局", "2023-02", [row | {"实际办结日期": "2023-01-19"}], "2023-03-02T09:00")
    assert figures("7.1.1", "区人社局", "2023-03-01") == [(0, 1, False)]
    assert figures("7.1.1", "区人社局", "2023-03-02") == [(1, 1, True)]


def test_a_ledger_of_the_whole_district_speaks_for_the_units_in_it_alone(report: Report) -> None:
    report("monthly_cases", None, "2023-01", [CASE, CASE | {"责任单位": "东关街道", "推送量": 5}], "2023-02-03T09:00")
    assert figures("2.3.2", "东关街道", "2023-02-10") == [(5, 10, False)]
    assert lamp("2.3.2", "区住建局", "2023-02-10").lamp is Lamp.NOT_REPORTED


@pytest.mark.long
def test_a_case_that_a_later_district_ledger_gives_to_another_unit_leaves_the_first(report: Report) -> None:
    row = {
        "工单编号": "E1",
        "受理时间": "2023-01-10",
        "工单类型": "投诉",
        "责任单位": "区人社局",
        "办理时限": "2023-01-20",
    }
    report("hotline_tickets", None, "2023-01", [row], "2023-02-03T09:00")
    report("hotline_tickets", None, "2023-02", [row | {"责任单位": "东关街道"}], "2023-03-03T09:00")
    assert figures("6.2.1", "三维数字中心", "2023-03-02")[1] == (0, 1, False)
    assert figures("6.2.1", "三维数字中心", "2023-03-10")[1] == (0, 1, False)


@pytest.mark.long
def test_a_lead_unit_counts_the_records_of_the_whole_district(report: Report) -> None:
    row = {
        "工单编号": "E1",
        "受理时间": "2023-01-10",
        "工单类型": "投诉",
        "责任单位": "区人社局",
        "办理时限": "2023-01-20",
        "办结时间": "2023-01-20 18:00",
        "是否回访": "是",
        "是否解决": "是",
        "是否满意": "不满意",
    }
    report(
        "hotline_tickets",
        None,
        "2023-01",
        [row, row | {"工单编号": "E2", "责任单位": "东关街道", "办结时间": "2023-01-21"}],
        "2023-02-03T09:00",
    )
    assert figures("6.2.1", "三维数字中心", "2023-02-10")[1:] == [(1, 2, False), (2, 2, True), (0, 2, False)]


@pytest.mark.long
def test_the_same_item_code_in_two_units_fails_for_both(report: Report) -> None:
    code = "11620102013900000Q" + "3" + "442199806003"
    report("guides", "区人社局", None, {"事项": [ITEM | {"实施编码": code}]}, "2023-02-03T09:00")
    assert figures("2.3.1", "区人社局", "2023-02-03") == [(1, 1, True)]
    report(
        "guides", "区住建局", None, {"事项": [ITEM | {"实施编码": code, "责任单位": "区住建局"}]}, "2023-02-04T09:00"
    )
    assert figures("2.3.1", "区人社局", "2023-02-03") == [(1, 1, True)]
    assert figures("2.3.1", "区人社局", "2023-02-04") == [(0, 1, False)]
    assert figures("2.3.1", "区住建局", "2023-02-04") == [(0, 1, False)]


def progress(month: str, state: str, completed: str | None = None) -> list[dict[str, object]]:
    return [
        {"举措编号": "1.2.2", "责任单位": "区人社局", "进展状态": state, "完成日期": completed, "进展情况": "推进有序"}
    ]


@pytest.mark.long
def test_a_milestone_reported_done_waits_for_verification_and_is_then_done(report: Report) -> None:
    for month, day in (("2023-05", "2023-06-02"), ("2023-06", "2023-07-03")):
        report("progress", "区人社局", month, progress(month, "推进中"), f"{day}T09:00")
    assert lamp("1.2.2", "区人社局", "2023-07-04").lamp is Lamp.ON_TRACK
    report("progress", "区人社局", "2023-07", progress("2023-07", "已完成", "2023-07-10"), "2023-07-12T09:00")
    assert lamp("1.2.2", "区人社局", "2023-08-20").lamp is Lamp.TO_VERIFY
    verify("1.2.2", "区人社局", returned=None, at=parse_instant("2023-08-21T09:00"))
    assert lamp("1.2.2", "区人社局", "2023-08-20").lamp is Lamp.TO_VERIFY
    assert lamp("1.2.2", "区人社局", "2023-08-21").lamp is Lamp.DONE


@pytest.mark.long
def test_a_returned_milestone_is_overdue_after_the_deadline_until_it_is_verified_late(report: Report) -> None:
    report("progress", "区人社局", "2023-06", progress("2023-06", "已完成", "2023-06-20"), "2023-07-03T09:00")
    verify("1.2.2", "区人社局", returned="佐证不足", at=parse_instant("2023-07-20T09:00"))
    assert lamp("1.2.2", "区人社局", "2023-08-01").lamp is Lamp.OVERDUE
    report("progress", "区人社局", "2023-07", progress("2023-07", "已完成", "2023-08-03"), "2023-08-04T09:00")
    assert lamp("1.2.2", "区人社局", "2023-08-05").lamp is Lamp.OVERDUE
    verify("1.2.2", "区人社局", returned=None, at=parse_instant("2023-08-06T09:00"))
    assert lamp("1.2.2", "区人社局", "2023-08-06").lamp is Lamp.DONE_LATE


def test_a_doubt_lasts_until_the_day_it_is_settled(district: None) -> None:
    settle("2.1", deadline=date(2023, 12, 31), unit_words=None, reason="年度笔误", at=parse_instant("2023-03-01T09:00"))
    assert lamp("2.1.1", "区人社局", "2023-02-28").lamp is Lamp.DOUBT
    assert lamp("2.1.1", "区人社局", "2023-03-01").lamp is Lamp.NOT_REPORTED


def test_a_unit_that_is_assigned_later_owes_from_that_month_on(district: None) -> None:
    settle("8.1", deadline=None, unit_words=["东关街道"], reason="明确责任", at=parse_instant("2023-04-10T09:00"))
    settle("7.1", deadline=None, unit_words=["区人社局"], reason="调整", at=parse_instant("2023-01-01T00:00"))
    settle("7.2", deadline=None, unit_words=["区人社局"], reason="调整", at=parse_instant("2023-01-01T00:00"))
    assert lamp("8.1.1", None, "2023-04-09").lamp is Lamp.DOUBT
    assert lamp("8.1.1", "东关街道", "2023-04-20").lamp in (Lamp.NOT_REPORTED, Lamp.ON_TRACK)


def test_an_increase_is_in_doubt_until_its_baseline_is_entered(report: Report) -> None:
    row = {"月份": "2023-01", "责任单位": "区住建局", "供水办件量": 7, "供电办件量": 5}
    settle(
        "8.6", deadline=None, unit_words=["三维数字中心"], reason="明确牵头单位", at=parse_instant("2023-01-02T09:00")
    )
    report("engineering_monthly", None, "2023-01", [row], "2023-02-03T09:00")
    assert lamp("8.6.1", "三维数字中心", "2023-02-03").lamp is Lamp.DOUBT
    set_target("utility_cases", target=None, baseline=11, reason="上年同期", at=parse_instant("2023-02-04T09:00"))
    assert lamp("8.6.1", "三维数字中心", "2023-02-04").lamp is Lamp.DONE
    assert [
        (indicator.numerator, indicator.denominator, indicator.value, indicator.target)
        for indicator in lamp("8.6.1", "三维数字中心", "2023-02-04").indicators
    ] == [(12, None, 12, 11)]


@pytest.mark.long
def test_a_unit_whose_guides_pass_every_rule_is_done_and_the_rules_are_summed_by_measure(report: Report) -> None:
    report("guides", "区人社局", None, {"事项": [ITEM | {"到办事现场次数": 0}]}, "2023-02-03T09:00")
    assert set(INDICATORS["guide_accuracy_5_3_2"].figures) == {"G306", "G307"}
    settle(
        "5.1", deadline=date(2023, 8, 30), unit_words=["部门"], reason="比照 5.2", at=parse_instant("2023-01-02T09:00")
    )
    assert figures("5.3.2", "区人社局", "2023-02-03") == [(1, 1, True)]
    assert lamp("5.3.2", "区人社局", "2023-02-03").lamp is Lamp.DONE
    assert figures("5.1.3", "区人社局", "2023-02-03") == [(0, 1, False)]


@pytest.mark.long
def test_the_lamps_of_one_unit_are_those_of_the_whole_board(sample_database: str) -> None:
    """Every fourth unit, and those that answer for measures of the whole district."""
    days = [date(2023, 6, 30), date(2023, 8, 22)]
    boards = [assess(day) for day in days]
    with reading() as session:
        plan = district_state(session, end_of_day(days[-1])).plan
    leading = {unit for task in plan.tasks for unit in task.units if any(measure.district for measure in task.measures)}
    assert leading
    for unit in {unit.name for unit in [*plan.units.values()][::4]} | {plan.units[unit].name for unit in leading}:
        assert [card.lamps for card in assess_days(days, unit=unit)] == [
            tuple(board.select(unit=unit)) for board in boards
        ]


@pytest.mark.parametrize("day", ["2023-01-31", "2023-03-07", "2023-06-30", "2023-08-22", "2023-12-31"])
def test_units_judged_together_get_the_lamp_and_the_grounds_of_each_judged_by_itself(
    sample_database: str, day: str
) -> None:
    with reading() as session:
        facts = gather(session, date.fromisoformat(day))
    plan, calendar = facts.state.plan, facts.state.calendar
    by_itself = [
        (measure.code, unit_id and plan.units[unit_id].name, judge(case_of(facts, task, measure, unit_id), calendar))
        for task in plan.tasks
        for measure in task.measures
        for unit_id in task.units or (None,)
    ]
    assert [(row.measure, row.unit, Judgement(row.lamp, row.because)) for row in lamps_of(facts).lamps] == by_itself
    assert len({judgement.lamp for *_, judgement in by_itself}) > 1
