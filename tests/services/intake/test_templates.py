"""Templates for a unit and a month: filled in with what is known, and read back as they are."""

from io import BytesIO

import openpyxl
import pytest

from models.people import Role
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.intake.templates import named_template
from tests.services.conftest import Report

UNIT = "区人社局"
ITEM = {"实施编码": "A1", "事项名称": "社保登记", "责任单位": UNIT}


def rows(content: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def test_a_ledger_is_titled_with_unit_and_month_and_read_back_as_a_zero_report_of_both(district: None) -> None:
    name, content = named_template("help_cases", UNIT, "2023-08")
    assert name == "区人社局2023年8月帮代办台账.xlsx"
    report = check(content, "x.xlsx", Request()).report
    assert (report.dataset, report.unit, report.month, report.accepted) == ("help_cases", UNIT, "2023-08", True)


def test_progress_has_a_row_for_each_milestone_of_the_unit(district: None) -> None:
    _, content = named_template("progress", UNIT, "2023-08")
    title, headings, *filled = rows(content)
    assert title[0] == "区人社局2023年8月任务进展" and headings[0] == "举措编号"
    assert {row[1] for row in filled} == {UNIT} and "1.2.2" in {row[0] for row in filled}


@pytest.mark.long
def test_monthly_figures_have_a_row_for_each_item_of_the_units_guides(report: Report) -> None:
    report("guides", UNIT, None, {"事项": [ITEM, ITEM | {"实施编码": "A2"}], "流程": [], "材料": []}, "2023-07-03")
    _, content = named_template("monthly_cases", UNIT, "2023-08")
    assert [row[:2] for row in rows(content)[2:]] == [("A1", UNIT), ("A2", UNIT)]


def test_a_daily_report_has_the_days_of_the_month(district: None) -> None:
    _, content = named_template("hotline_calls", "三维数字中心", "2023-02")
    days = [row[0] for row in rows(content)[2:]]
    assert (days[0], days[-1], len(days)) == ("2023-02-01", "2023-02-28", 28)


def test_a_unit_gets_no_other_units_template_and_no_month_that_is_none(district: None, become) -> None:
    with pytest.raises(RefusedRequest, match="月份“八月”不能识别"):
        named_template("help_cases", UNIT, "八月")
    with pytest.raises(RefusedRequest, match="不是已登记的责任单位"):
        named_template("help_cases", "某某局", "2023-08")
    become(Role.UNIT, UNIT)
    with pytest.raises(Forbidden):
        named_template("help_cases", "区住建局", "2023-08")
