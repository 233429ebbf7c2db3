from dataclasses import replace
from datetime import date

import pytest

from models.lamps import IndicatorResult, MeasureCase, MilestoneState
from rules.lamp import judge, result
from rules.working_days import Calendar

AFTER, BEFORE = date(2023, 8, 22), date(2023, 7, 20)
CASE = MeasureCase(
    AFTER,
    date(2023, 7, 30),
    "7月30日前",
    titles={
        "zero_visit_share": "零跑动事项比例",
        "promised_time_cut": "承诺时限压缩比",
        "intermediary_selections": "中介选取次数",
    },
)
LATE = "；期限 7月30日前（2023-07-30）已过 23 天。"
NEAR = "；距期限 7月30日前（2023-07-30）还有 6 个工作日。"


def zero_visits(numerator: int | None, denominator: int | None) -> IndicatorResult:
    return result("zero_visit_share", numerator, denominator, 0.5)


def selections(number: int | None, baseline: int | None) -> IndicatorResult:
    return result("intermediary_selections", number, None, baseline, increases=True)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (zero_visits(12, 40), "零跑动事项比例 12/40＝30.0%，目标 ≥50%，未达标"),
        (zero_visits(None, None), "零跑动事项比例尚无数据，目标 ≥50%"),
        (selections(7, 9), "中介选取次数 7，目标大于上年同期 9，未达标"),
        (selections(None, 9), "中介选取次数尚无数据，目标比上年同期增长"),
        (result("promised_time_cut", 20.256, 40, 2 / 3), "承诺时限压缩比 20.26/40＝50.6%，目标 ≥66.67%，未达标"),
        (
            result("zero_visit_share", 1, 4, 0.3, increases=True),
            "零跑动事项比例 1/4＝25.0%，目标大于上年同期 30%，未达标",
        ),
    ],
)
def test_what_is_overdue_says_figures_target_and_days(official: Calendar, figure: IndicatorResult, words: str) -> None:
    assert judge(replace(CASE, indicators=(figure,)), official).reason == words + LATE


def test_a_share_just_missed_does_not_read_as_reached(official: Calendar) -> None:
    missed = replace(CASE, indicators=(result("zero_visit_share", 9999, 10000, 1.0),))
    assert "9999/10000＝99.99%，目标 ≥100%，未达标" in judge(missed, official).reason


def test_every_indicator_of_the_measure_is_named_and_what_does_not_apply_is_said(official: Calendar) -> None:
    case = replace(CASE, as_of=BEFORE, indicators=(zero_visits(12, 40), result("promised_time_cut", 0, 0, 2 / 3)))
    assert judge(case, official).reason == (
        "零跑动事项比例 12/40＝30.0%，目标 ≥50%，未达标；承诺时限压缩比分母为 0，不计" + NEAR
    )


def test_what_is_missing_is_named_by_dataset_and_month(official: Calendar) -> None:
    missing = (("好差评", "2022-12"), ("好差评", "2023-06"), ("办事指南", ""), ("好差评", "2023-07"))
    assert judge(replace(CASE, as_of=BEFORE, missing=missing), official).reason == (
        "缺报：好差评 2022年12月、2023年6月、7月；办事指南；期限 7月30日前（2023-07-30）。"
    )


def test_what_is_overdue_names_its_missing_reports_too(official: Calendar) -> None:
    case = replace(CASE, indicators=(zero_visits(12, 40),), missing=(("办事指南", ""),))
    assert "；缺报：办事指南；" in judge(case, official).reason


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (replace(CASE, doubt="责任单位存疑：方案未写明责任单位。"), "责任单位存疑：方案未写明责任单位。"),
        (replace(CASE, indicators=(selections(7, None),)), "目标存疑：中介选取次数要求比上年同期增长，基数尚未录入。"),
        (replace(CASE, deadline=None), "期限存疑：方案未写明完成时限。"),
        (replace(CASE, exemption="无行政许可事项"), "不适用：管理局已免除报送，理由：无行政许可事项。"),
        (
            replace(CASE, indicators=(zero_visits(0, 0),)),
            "不适用：已报数据中没有应计算的对象（零跑动事项比例的分母为 0）。",
        ),
        (
            replace(CASE, deadline_text="", indicators=(zero_visits(30, 40),)),
            "零跑动事项比例 30/40＝75.0%，目标 ≥50%，已达标；期限（2023-07-30）。",
        ),
    ],
)
def test_a_doubt_an_exemption_and_a_done_measure_say_so(official: Calendar, case: MeasureCase, words: str) -> None:
    assert judge(case, official).reason == words


@pytest.mark.parametrize(
    ("as_of", "state", "words"),
    [
        (AFTER, MilestoneState(), "尚未报告完成" + LATE),
        (
            BEFORE,
            MilestoneState(state="推进中", returned_reason="佐证材料不全"),
            "尚未报告完成（上报状态：推进中），曾被退回：佐证材料不全" + NEAR,
        ),
        (
            BEFORE,
            MilestoneState(state="推进中", returned_reason="佐证材料不全。"),
            "尚未报告完成（上报状态：推进中），曾被退回：佐证材料不全" + NEAR,
        ),
        (
            BEFORE,
            MilestoneState(state="已完成", returned_reason="截图未显示发布日期，请重新上传。"),
            "已报完成，被退回：截图未显示发布日期，请重新上传，待重新报送" + NEAR,
        ),
        (
            BEFORE,
            MilestoneState(latest_month_reported=False),
            "缺报：最近应报月份的进展月报未含本举措；期限 7月30日前（2023-07-30）。",
        ),
        (
            AFTER,
            MilestoneState(reported_done_on=date(2023, 8, 2), first_reported_at=date(2023, 8, 5)),
            "报告 2023-08-02 完成，晚于期限 3 天（2023-08-05 首次报送），待管理局核验" + LATE,
        ),
        (
            AFTER,
            MilestoneState(reported_done_on=date(2023, 7, 20), first_reported_at=date(2023, 7, 21)),
            "报告 2023-07-20 完成（2023-07-21 首次报送），待管理局核验；期限 7月30日前（2023-07-30）。",
        ),
        (
            AFTER,
            MilestoneState(verified_on=AFTER, completed_on=date(2023, 8, 2)),
            "2023-08-02 完成，晚于期限 3 天，2023-08-22 核验通过；期限 7月30日前（2023-07-30）。",
        ),
    ],
)
def test_a_milestone_says_when_it_was_completed_reported_and_verified(
    official: Calendar, as_of: date, state: MilestoneState, words: str
) -> None:
    assert judge(replace(CASE, as_of=as_of, milestone=state), official).reason == words


def test_without_a_deadline_the_reason_says_so_and_what_is_missing(official: Calendar) -> None:
    case = replace(CASE, deadline=None, deadline_text="长期坚持", open_ended=True)
    unmet = replace(case, indicators=(zero_visits(12, 40),), missing=(("好差评", "2023-07"),))
    assert judge(unmet, official).reason == (
        "零跑动事项比例 12/40＝30.0%，目标 ≥50%，未达标；缺报：好差评 2023年7月；方案写作“长期坚持”，不设期限。"
    )
    silent = replace(case, milestone=MilestoneState(latest_month_reported=False))
    assert judge(silent, official).reason == (
        "尚未报告完成；缺报：最近应报月份的进展月报未含本举措；方案写作“长期坚持”，不设期限。"
    )
