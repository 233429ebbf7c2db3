"""The numbers of a picture as a workbook: every form of picture tells them under Chinese headings."""

import io
import re
from datetime import date

import openpyxl
import pytest

from components.areas.call_chart import calls_by_day
from components.areas.pictures import (
    Bar,
    Bullet,
    Cell,
    LampCell,
    Span,
    Stage,
    bars,
    bullets,
    calendar,
    control_chart,
    diverging,
    dots,
    funnel,
    heat,
    lamp_heat,
    pareto,
    ranges,
    stacked,
)
from components.elements.chart_numbers import numbers_of
from models.chart_data import Stack
from models.lamps import Lamp
from services.areas.hotline import CallDay

DAY = date(2023, 8, 22)
OF = ("责任单位", "举措")
CHARTS = {
    "bars": bars([Bar("甲", 3, 4), Bar("乙", 1, 4)], "事项"),
    "funnel": funnel([Stage("已报送", "", 10), Stage("已进驻", "缺", 8, 2, "未进驻")], "事项"),
    "stacked": stacked([Stack("甲局", (1, 2))], ("是", "否"), "事项"),
    "diverging": diverging([Stack("7月", (5, 1))], ["满意"], ["不满意"]),
    "dots": dots([("甲镇", date(2023, 7, 3), 12, True)], "评价"),
    "heat": heat([Cell("甲局", "5.1", 0.5, "2", "2／4")], ["甲局"], ["5.1"], OF),
    "lamps": lamp_heat([LampCell("甲局", "5.1", Lamp.OVERDUE, "■", "逾期")], ["甲局"], ["5.1"], OF),
    "bullets": bullets([Bullet("接通率", 9, 10, 0.95)]),
    "calendar": calendar([(date(2023, 7, 3), 0.5, "3", "夜间接通 3 个")]),
    "control": control_chart([("甲局", 9, 10), ("乙局", 5, 10)], "推送率", 0.9),
    "pareto": pareto([Bar("G1", 3, words="要求")], "不符合"),
    "ranges": ranges([Span("立项", 2, 5, "2／5 日", 4)], "中位数", "九成", "承诺"),
    "calls": calls_by_day([CallDay(date(2023, 7, 1), 10, 9, 1), CallDay(date(2023, 7, 3), 10, 10, 1)], 0.95),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_picture_gives_its_numbers_with_day_and_finding_under_chinese_headings(name):
    content = numbers_of(CHARTS[name], "标题", "结论", DAY)
    first, headings, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.values
    assert first[0] == f"标题，截至 {DAY}，结论" and rows
    assert all(heading and re.search("[一-鿿]", heading) and not re.search("[A-Za-z]", heading) for heading in headings)


def test_shares_are_shown_as_per_cent_and_stand_beside_numerator_and_denominator():
    sheet = openpyxl.load_workbook(io.BytesIO(numbers_of(CHARTS["bullets"], "标题", "结论", DAY))).active
    assert [cell.value for cell in sheet[2]] == ["指标", "数值", "目标", "分子", "分母"]
    assert [cell.value for cell in sheet[3]] == ["接通率", 0.9, 0.95, 9, 10]
    assert sheet["B3"].number_format == "0.0%" and sheet["D3"].number_format == "General"


def test_a_day_is_a_day():
    sheet = openpyxl.load_workbook(io.BytesIO(numbers_of(CHARTS["calls"], "标题", "结论", DAY))).active
    assert sheet["A3"].is_date and sheet.max_row == 2 + 3
