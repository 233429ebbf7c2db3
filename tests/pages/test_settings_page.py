"""设置."""

import pytest

from data_access.room import DiskRoom
from models.people import Role
from tests.pages.filling import field, fill, press, warnings
from tests.pages.visiting import open_page, text_of


@pytest.fixture
def page(planned_database):
    return open_page("settings")


def choose(page, title):
    return field(page, "设置项").select_index(list(field(page, "设置项").options).index(title)).run()


def test_every_setting_is_shown_with_its_meaning_and_value(page):
    shown = text_of(page)
    assert (
        "任务临期天数" in shown
        and "距完成时限不超过该工作日数" in shown
        and "10 个工作日" in shown
        and "默认值" in shown
    )


@pytest.mark.long
def test_a_setting_changed_on_screen_is_told_shown_and_recorded(page):
    choose(page, "任务临期天数")
    press(fill(page, 改为=15, 理由="会议决定"), "更改设置")
    shown = text_of(page)
    assert "“任务临期天数”已改为15 个工作日" in shown and "1 项与默认值不同" in shown
    assert shown.count("会议决定") == 3  # told, in force, recorded


@pytest.mark.long
def test_out_of_bounds_and_without_a_reason_is_refused_with_a_sentence(page):
    choose(page, "任务临期天数")
    press(fill(page, 改为=99, 理由="试"), "更改设置")
    assert "应为 0 至 60 的整数" in warnings(page)
    press(fill(page, 改为=15, 理由=""), "更改设置")
    assert "请写明理由" in warnings(page)


@pytest.mark.long
def test_a_setting_that_holds_at_once_asks_for_no_day(page):
    choose(page, "本区名称")
    assert not [date_input for date_input in page.date_input if date_input.label == "生效日期"]
    press(fill(page, 改为="云岭区", 理由="初次填写"), "更改设置")
    assert "“本区名称”已改为云岭区，已生效" in text_of(page)


def test_the_inspector_looks_and_changes_nothing(planned_database, become):
    become(Role.INSPECTOR)
    page = open_page("settings")
    assert "任务临期天数" in text_of(page) and not page.button


@pytest.mark.parametrize("role", [Role.LEADER, Role.UNIT])
def test_nobody_else_sees_the_settings(planned_database, become, role):
    become(role, "区人社局" if role is Role.UNIT else None)
    shown = text_of(open_page("settings"))
    assert f"{role.word}不能办理此事" in shown and "任务临期天数" not in shown


@pytest.mark.long
def test_how_much_room_the_data_take_is_shown_and_a_full_disk_is_warned_of(planned_database, monkeypatch):
    assert "报送的工作簿" in text_of(open_page("settings")) and not open_page("settings").warning
    monkeypatch.setattr("services.operations.room.room_of_database", lambda: DiskRoom(10**12, 10**11))
    page = open_page("settings")
    assert "磁盘已用八成以上" in warnings(page) and "已用 90%" in text_of(page)
