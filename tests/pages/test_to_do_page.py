"""我的待办."""

from datetime import date

import pytest

from frame.navigation import SECTIONS, in_order, is_listed, title_of
from models.lamps import Lamp
from models.people import Role
from services.board.scorecard import assess
from services.reporting.reports import Reporting, reports_owed
from tests.pages.visiting import open_page, section_of, text_of

DAY = date(2023, 8, 22)
UNIT = "青石镇"


@pytest.fixture
def of_the_unit(sample_database, become):
    become(Role.UNIT, UNIT)


@pytest.mark.long
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


@pytest.mark.long
def test_whoever_is_no_unit_sees_what_waits_for_the_own_role(visit):
    shown = text_of(visit("to_do"))
    assert "件待办，最早的在前" in shown and "应报数据" not in shown


def test_what_presses_a_unit_stands_first_with_the_next_due_day(of_the_unit):
    shown = section_of(text_of(open_page("to_do")), "要紧的事")
    red = [row for row in assess(DAY, unit=UNIT).lamps if row.lamp is Lamp.OVERDUE]
    days = [line.due_on for line in reports_owed(DAY, unit=UNIT, running=True) if line.status is Reporting.NOT_DUE]
    assert all(f"measure={row.measure}" in shown for row in red)
    assert shown.count("/lamp?") == len(red) and f"{min(days)}（含当日）" in shown
    for title in ("逾期举措", "逾期案件", "待改指南", "下一个报送期限"):
        assert title in shown


def menu(role: Role) -> list[str]:
    listed = [entry for entry in in_order(SECTIONS["督查"], role) if is_listed(entry, role)]
    return [title_of(entry, role) for entry in listed]


@pytest.mark.long
def test_the_own_unit_stands_first_in_a_units_menu_and_its_page_needs_no_address(of_the_unit):
    assert menu(Role.UNIT)[:2] == ["本单位", "我的待办"]
    assert f"{UNIT}：" in text_of(open_page("unit")) and "逾期案件" in text_of(open_page("unit"))
    assert not {"本单位", "责任单位"} & set(menu(Role.BUREAU))
