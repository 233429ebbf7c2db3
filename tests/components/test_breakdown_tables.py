"""Bars and their numbers: never a bar without its figures, never nought for what is missing."""

from datetime import date

from components.areas.call_chart import calls_by_day
from components.elements.breakdown_tables import (
    FIRST_SHOWN,
    MOST_RECORDS,
    ShareOf,
    ShareWords,
    amounts,
    bar,
    records,
    shares,
    stacks,
    with_target,
)
from components.elements.context import PageContext
from models.chart_data import Placed, Share, Stack
from services.areas.hotline import CallDay
from tests.conftest import BUREAU


def test_a_share_shows_numerator_denominator_and_percentage():
    shown = shares([Share("甲局", 1, 4)], ShareWords("单位", "零跑动／事项"))
    assert "25.0%" in shown and '1<span class="of">／4</span>' in shown


def test_a_blank_denominator_is_no_share_and_draws_no_bar():
    shown = shares([Share("甲局", 0, 0)], ShareWords("单位", "零跑动／事项"))
    assert "—" in shown and "0.0%" not in shown and "<i " not in shown


def test_what_was_not_reported_is_not_nought():
    assert "未报" in stacks([Stack("6月", (None, 2))], "月份", ("供水", "供电"))
    assert "未报" in amounts([Share("6月", None, None)], "月份", "次数")


def test_a_bar_never_runs_over_and_marks_its_target():
    assert "width:100.0%" in bar(1.7)
    assert 'left:95.0%" title="目标 95%"' in bar(0.5, 0.95)


def test_a_stack_names_each_piece_and_can_give_the_first_ones_share():
    shown = stacks([Stack("甲局", (1, 3))], "单位", ("是", "否"), last=ShareOf("进驻比例"))
    assert 'title="是 1"' in shown and "25.0%" in shown and "进驻比例" in shown


def test_a_share_of_less_than_the_total_says_of_how_much():
    shown = stacks(
        [Stack("甲局", (2, 2, 5))],
        "单位",
        ("0 次", "1 次", "未填"),
        last=ShareOf("零跑动占比", lambda row: row.first(among=2)),
    )
    assert '2<span class="of">／4</span>&ensp;50.0%' in shown and "22.2%" not in shown


def test_a_heading_says_what_is_asked_for_where_a_target_is_in_force():
    assert "目标 ≥ 40%" in with_target("即办件占比", 0.4) and with_target("即办件占比", None) == "即办件占比"


def test_long_lists_open_on_demand_and_say_how_many_rows_there_are():
    rows = [Share(f"单位{number}", 1, 2) for number in range(FIRST_SHOWN + 3)]
    assert "其余 3 行" in shares(rows, ShareWords("单位", "甲／乙"))
    assert "其余" not in shares(rows[:FIRST_SHOWN], ShareWords("单位", "甲／乙"))


def test_very_long_lists_of_records_say_what_they_leave_out():
    one = Placed("甲局", "A", "事项", "", 3, "表.xlsx", "事项", "A2")
    shown = records([one] * (MOST_RECORDS + 5), "编码", "说明", PageContext("maturity", date(2023, 8, 22), BUREAU, {}))
    assert "其余 5 项请按责任单位查看" in shown and "/submission?number=3" in shown and "事项 A2" in shown


def test_values_of_workbooks_are_escaped():
    assert "<script>" not in shares([Share("<script>", 1, 2)], ShareWords("单位", "甲／乙"))


def test_the_chart_of_calls_has_every_day_with_its_figures_and_leaves_a_day_without_a_report_open():
    days = [
        CallDay(date(2023, 7, 1), 10, 10, 1),
        CallDay(date(2023, 7, 2), 10, 9, 1),
        CallDay(date(2023, 7, 4), 10, 10, 1),
    ]
    chart = calls_by_day(days, 0.95).to_dict()
    rows = next(iter(chart["datasets"].values()))
    assert [(row["day"][:10], row["value"], row["numerator"], row["denominator"]) for row in rows] == [
        ("2023-07-01", 1.0, 10, 10),
        ("2023-07-02", 0.9, 9, 10),
        ("2023-07-03", None, None, None),
        ("2023-07-04", 1.0, 10, 10),
    ]
    assert {row["target"] for row in rows} == {0.95}
