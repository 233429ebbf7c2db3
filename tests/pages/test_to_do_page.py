"""我的待办."""

from datetime import date

import pytest

from models.people import Role
from services.reporting.reports import Reporting, reports_owed
from tests.pages.visiting import open_page, text_of

DAY = date(2023, 8, 22)
UNIT = "青石镇"


@pytest.fixture
def of_the_unit(sample_database, become):
    become(Role.UNIT, UNIT)


def test_a_unit_sees_what_it_owes_by_when_with_one_click_to_upload(of_the_unit):
    owed = [line for line in reports_owed(DAY, unit=UNIT, running=True) if line.status is Reporting.NOT_DUE]
    shown = text_of(open_page("to_do"))
    assert owed and "未到期，9月5日前" in shown
    dataset, month = owed[0].dataset, owed[0].month
    assert f"/upload?dataset={dataset}&amp;month={month}" in shown
    assert shown.count("/upload?") == sum(
        line.status in (Reporting.MISSING, Reporting.PARTIAL, Reporting.NOT_DUE)
        for line in reports_owed(DAY, unit=UNIT, running=True)
    )


def test_the_one_click_leads_to_the_upload_page_with_dataset_and_month_chosen(of_the_unit):
    app = open_page("upload", dataset="help_cases", month="2023-08")
    chosen = {box.label: box.value for box in app.selectbox}
    assert (chosen["数据"], chosen["责任单位"], chosen["月份"]) == ("help_cases", UNIT, "2023-08")


def test_the_upload_page_marks_what_is_owed_missing_and_done(of_the_unit):
    shown = text_of(open_page("upload"))
    lines = reports_owed(DAY, unit=UNIT, running=True)
    assert f"{UNIT}应报的数据" in shown and "未到期，9月5日前" in shown
    assert any(line.status is Reporting.ON_TIME for line in lines) and "按时" in shown


def test_whoever_is_no_unit_sees_what_waits_for_the_own_role(visit):
    shown = text_of(visit("to_do"))
    assert "件待办，最早的在前" in shown and "应报数据" not in shown
