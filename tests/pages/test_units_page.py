"""单位名册."""

import pytest

from models.people import Role
from tests.pages.filling import field, fill, press, warnings
from tests.pages.visiting import open_page, text_of
from tests.services.conftest import workbook


@pytest.fixture
def page(planned_database):
    return open_page("units")


def test_every_unit_is_listed_by_kind_with_its_people_tasks_and_accounts(page):
    shown = text_of(page)
    assert "62 个责任单位" in shown and "区人力资源和社会保障局" in shown and "0360-5550034" in shown


def test_a_unit_added_on_screen_is_listed_and_what_it_answers_for_is_told(page):
    press(fill(page, 单位名称="新城街道", 理由="区划调整"), "新增单位")
    shown = text_of(page)
    assert "“新城街道”已列入名册：区划调整。自此承担任务 1.1" in shown and "63 个责任单位" in shown


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


def test_a_workbook_is_shown_before_it_is_stored(page):
    upload(
        page,
        {"单位名称": "新城街道", "单位类别": "镇街"},
        {"单位名称": "云台街道", "单位类别": "镇街", "责任人": "李华"},
    )
    shown = text_of(page)
    assert "新增 1 个，修改 1 个；名册中另有 61 个单位未列入工作簿，保持不变" in shown and "62 个责任单位" in shown
    press(page, "确认导入")
    assert "请写明理由" in warnings(page)
    press(fill(page, 理由="区划调整"), "确认导入")
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
