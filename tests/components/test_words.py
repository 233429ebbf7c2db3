"""Figures, targets, months, days and addresses in words."""

from datetime import date

import pytest

from catalogue.indicators import INDICATORS
from components.board.deadlines import distance
from components.elements.charts import over_time
from components.elements.context import parse_day
from components.elements.figures import figure, percent, ratio, target_in_words, value_in_words
from components.elements.links import address
from components.reporting.missing_reports import months_in_words
from components.upload.progress import in_words
from models.lamps import IndicatorResult
from services.board.history import Point

SHARE, COUNT = INDICATORS["zero_visit_share"], INDICATORS["utility_cases"]


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (["2023-01", "2023-02", "2023-03", "2023-05"], "1—3、5月"),
        (["2023-07"], "7月"),
        (["2023-06", "2023-04"], "4、6月"),
    ],
)
def test_months_that_follow_each_other_are_told_as_a_run(months, words):
    assert months_in_words(months) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2023, 7, 30), "已过 23 天"),
        (date(2023, 8, 22), "今日"),
        (date(2023, 8, 30), "6 个工作日"),
        (None, "—"),
    ],
)
def test_the_deadline_day_itself_is_not_past(day, words):
    assert distance(day, date(2023, 8, 22), lambda _: 6) == words


def test_below_zero_stands_a_minus_sign():
    assert (percent(-0.2), figure(-1204), figure(-0.5)) == ("−20.0%", "−1,204", "−0.50")


def test_no_figure_is_no_data_and_never_zero_per_cent():
    assert "无数据" in ratio(None, None) and percent(None) == "—"
    assert value_in_words(IndicatorResult("", None, None, None, 0.5, None), SHARE) == "—"


def test_a_rate_shows_its_numerator_and_denominator():
    assert ratio(12, 40).striptags() == "12／40" and ratio(1204, None).striptags() == "1,204"


def test_targets_are_told_as_they_are_met():
    assert target_in_words(IndicatorResult("", 1, 2, 0.5, 2 / 3, False), SHARE) == "≥ 66.67%"
    assert target_in_words(IndicatorResult("", 9, None, 9, 8, True, True), COUNT) == "高于 8"
    assert target_in_words(IndicatorResult("", 9, None, 9, None, None, True), COUNT) == "基数未录入"


def test_an_address_carries_only_what_is_given():
    assert address("lamp", unit="区人社局", as_of=None) == "/lamp?unit=%E5%8C%BA%E4%BA%BA%E7%A4%BE%E5%B1%80"
    assert address("board") == "/"


@pytest.mark.parametrize("text", [None, "", "2023-02-30", "昨天", "2023-8-1x"])
def test_what_is_no_day_is_no_day(text):
    assert parse_day(text) is None


def test_a_line_over_time_carries_its_values_days_numerators_and_target():
    points = [Point(date(2023, 6, 30), 30, 40, 0.5), Point(date(2023, 7, 31), 36, 40, 0.5)]
    chart = over_time(points, SHARE).to_dict()
    values = next(iter(chart["datasets"].values()))
    assert [(row["day"], row["value"], row["numerator"], row["denominator"], row["target"]) for row in values] == [
        ("6月30日", 0.75, 30, 40, 0.5),
        ("7月31日", 0.9, 36, 40, 0.5),
    ]


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (("读取", 0, 2_300_000), "正在读取（2.2 MB）…"),
        (("读取", 0, 900), "正在读取…"),
        (("检查", 0, 60_001), "正在检查（60,001 行）…"),
        (("存储", 15_000, 60_000), "正在入库（15,000 / 60,000 行），请勿关闭页面…"),
        (("存储", 60_000, 60_000), "60,000 行均已写入，正在重新计算红绿灯，请勿关闭页面…"),
    ],
)
def test_the_intake_of_a_large_file_says_how_far_it_is(progress, words):
    assert in_words(*progress) == words
