"""单位名册."""

from datetime import date

import pytest

from models.people import Role
from models.units import UnitChangeKind
from rules.as_of import parse_instant
from services.units.changes import UnitChangeForm, enter_unit_change
from tests.pages.filling import field, fill, press, warnings
from tests.pages.visiting import open_page, text_of
from tests.services.conftest import workbook


@pytest.fixture
def page(planned_database):
    return open_page("units")


@pytest.mark.long
def test_every_unit_is_listed_by_kind_with_its_people_tasks_and_accounts(page):
    shown = text_of(page)
    assert "62 个责任单位" in shown and "区人力资源和社会保障局" in shown and "0360-5550034" in shown


@pytest.mark.long
def test_a_unit_added_on_screen_is_listed_and_what_it_answers_for_is_told(page):
    press(fill(page, 单位名称="新城街道", 理由="区划调整"), "新增单位")
    shown = text_of(page)
    assert "“新城街道”已列入名册：区划调整。自此承担任务 1.1" in shown and "63 个责任单位" in shown


@pytest.mark.long
def test_a_unit_is_renamed_on_screen_and_keeps_its_old_name(page):
    field(page, "选择单位").set_value("云台街道").run()
    name = next(text_input for text_input in page.text_input if text_input.key == "name 云台街道")
    name.set_value("云台新城街道")
    next(text_input for text_input in page.text_input if text_input.key == "reason 云台街道").set_value("更名")
    press(page, "保存修改")
    assert "云台街道便民服务中心、云台街道" in text_of(page) and "“云台新城街道”已修改：更名" in text_of(page)


def test_a_taken_name_is_refused_with_a_sentence(page):
    press(fill(page, 单位名称="区人社局", 理由="试"), "新增单位")
    assert "已经是“区人社局”的名称或别名" in warnings(page)


def upload(page, *rows):
    page.file_uploader[0].upload("单位.xlsx", workbook("units", rows), "application/octet-stream").run()
    assert not page.exception
    return page


@pytest.mark.long
def test_a_workbook_is_shown_before_it_is_stored(page):
    upload(
        page,
        {"单位名称": "新城街道", "单位类别": "镇街"},
        {"单位名称": "云台街道", "单位类别": "镇街", "责任人": "李华"},
    )
    shown = text_of(page)
    assert "新增 1 个，修改 1 个；名册中另有 61 个单位未列入工作簿，保持不变" in shown and "62 个责任单位" in shown
    press(page, "导入名册")
    assert "请写明理由" in warnings(page)
    press(fill(page, 理由="区划调整"), "导入名册")
    assert "已导入“单位.xlsx”：新增 1 个单位，修改 1 个" in text_of(page) and "63 个责任单位" in text_of(page)


def test_a_wrong_workbook_is_refused_with_the_row(page):
    upload(page, {"单位名称": "镇街", "单位类别": "镇街"})
    assert "第 2 行：“镇街”是方案中的一组单位" in warnings(page)


def test_the_inspector_looks_and_changes_nothing(planned_database, become):
    become(Role.INSPECTOR)
    page = open_page("units")
    assert "62 个责任单位" in text_of(page) and not page.button and not page.file_uploader


@pytest.mark.parametrize("role", [Role.LEADER, Role.UNIT])
def test_nobody_else_sees_the_register(planned_database, become, role):
    become(role, "区人社局" if role is Role.UNIT else None)
    shown = text_of(open_page("units"))
    assert f"{role.word}不能办理此事" in shown and "0360-5550034" not in shown


def change(page, word):
    next(radio for radio in page.radio if radio.label == "变动").set_value(word).run()
    return page


@pytest.mark.long
def test_a_change_of_a_unit_tells_what_follows_before_it_is_entered(page):
    change(page, "合并")
    page.multiselect[0].set_value(["区档案局"])
    fill(page, 并入哪个单位="区发改局", 变动理由="机构改革")
    [button for button in page.button if button.label == "查看影响"][-1].click().run()
    shown = text_of(page)
    assert "区档案局并入区发改局" in shown and "区档案局不再承担任务" in shown
    assert "账号自该日起归区发改局" in shown and "未销号整改 0 件" in shown and "机构沿革" not in shown
    [question for question in page.button if (question.key or "").startswith("yes ")][-1].click().run()
    assert not page.exception
    shown = text_of(page)
    assert "已录入：自" in shown and "机构沿革" in shown and "61 个责任单位" in shown


def test_a_change_that_cannot_be_is_refused_with_a_sentence(page):
    change(page, "设立")
    press(fill(page, 设立的单位="区人社局", 变动理由="试"), "查看影响")
    assert "已经是“区人社局”的名称或别名" in warnings(page)


@pytest.mark.long
def test_the_page_of_a_unit_that_is_no_more_says_what_became_of_it_and_its_successor_shows_both(planned_database):
    form = UnitChangeForm(UnitChangeKind.MERGE, ("区档案局",), ("区史志局",), date(2023, 8, 16), "机构改革")
    enter_unit_change(form, at=parse_instant("2023-08-10T09:00"))
    old = text_of(open_page("unit", unit="区档案局", as_of="2023-08-22"))
    assert "区档案局已于 2023-08-16 合并" in old and "区档案局的任务由区史志局承担" in old and "机构沿革" in old
    new = text_of(open_page("unit", unit="区史志局", as_of="2023-08-22"))
    assert "区档案局并入区史志局" in new and "as_of=2023-08-15" in new
    before = text_of(open_page("unit", unit="区档案局", as_of="2023-08-15"))
    assert "各领域" in before and "区档案局并入区史志局（尚未到）" in before
