"""方案与存疑."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from models.people import Person, Role
from tests.pages.filling import fill, press, warnings
from tests.pages.visiting import text_of


def test_the_doubts_of_the_plan_are_listed_until_settled(visit):
    app = visit("plan")
    assert {expander.label.split(" ")[0] for expander in app.expander if expander.label[0].isdigit()} == {
        *("2.1", "5.1", "8.1", "8.5")
    }


@pytest.mark.long
def test_a_doubt_settled_on_screen_is_gone(visit):
    app = visit("plan")
    form = next(expander for expander in app.expander if expander.label.startswith("2.1"))
    form.text_input[0].input("经核对原件为2023年底前")
    form.button[0].click().run()
    press(app, "确认")
    assert "2.1" not in {expander.label.split(" ")[0] for expander in app.expander}
    assert "任务 2.1 的存疑已核定" in text_of(app)


def test_a_doubt_is_not_settled_without_a_reason(visit):
    app = visit("plan")
    form = next(expander for expander in app.expander if expander.label.startswith("2.1"))
    form.button[0].click().run()
    assert "请写明理由" in app.warning[0].value


def test_the_words_of_the_plan_stand_beside_the_resolved_day(visit):
    shown = text_of(visit("plan"))
    assert "2023-08-31" in shown and "8底前" in shown


def test_every_indicator_says_what_it_counts_and_which_measure_it_judges(visit):
    shown = text_of(visit("plan"))
    assert "指标目录" in shown
    assert "月度办件统计的推送量合计 ÷ 月度办件统计的办件量合计" in shown
    assert "分子：合计(月度办件统计: 推送量)" in shown
    assert "不能写成算式" in shown and "只列示，不评价" in shown


@pytest.mark.long
def test_the_later_of_two_who_settle_a_doubt_is_told_who_was_first(visit, become):
    later = visit("plan")
    become.person = Person("王科长", Role.BUREAU)
    earlier = visit("plan")
    settle_on_screen(earlier, "2.1", "经核对原件为2023年底前")
    become.person = Person("李科长", Role.BUREAU)
    form = next(expander for expander in later.expander if expander.label.startswith("2.1"))
    form.text_input[0].input("另一理由")
    form.button[0].click().run()
    assert "2.1 刚才已由王科长核定" in warnings(later) and "您的决定没有保存" in warnings(later)
    assert "经核对原件为2023年底前" in warnings(later)


@pytest.mark.long
def test_who_is_asked_once_more_while_another_settles_the_doubt_is_told_too(visit, become):
    later = visit("plan")
    form = next(expander for expander in later.expander if expander.label.startswith("2.1"))
    form.text_input[0].input("另一理由")
    form.button[0].click().run()
    become.person = Person("王科长", Role.BUREAU)
    settle_on_screen(visit("plan"), "2.1", "经核对原件为2023年底前")
    become.person = Person("李科长", Role.BUREAU)
    later.button(key="yes settle 2.1").click().run()
    assert "2.1 刚才已由王科长核定" in warnings(later)
    assert "经核对原件为2023年底前" in warnings(later) and "另一理由" not in text_of(later)


@pytest.mark.long
def test_the_later_of_two_who_enter_a_baseline_is_told_and_nothing_else_is_entered_in_its_place(visit, become):
    later, earlier = visit("plan"), visit("plan")
    for app, baseline in ((earlier, 0.1), (later, 0.2)):
        fill(app, 上年同期数=baseline, 依据="统计局年报")
        press(app, "录入基数")
    assert "已录入" in text_of(earlier)
    assert "基数刚才已由他人录入，您的没有保存" in warnings(later) and "已录入：" not in text_of(later)


def settle_on_screen(app: AppTest, task: str, reason: str) -> None:
    form = next(expander for expander in app.expander if expander.label.startswith(task))
    form.text_input[0].input(reason)
    form.button[0].click().run()
    app.button(key=f"yes settle {task}").click().run()
    assert f"任务 {task} 的存疑已核定" in text_of(app)


@pytest.mark.long
def test_the_bureau_takes_a_deadline_away_on_screen_and_sets_one_again(visit):
    def decide(app: AppTest, goes_on: bool, reason: str) -> None:
        app.selectbox(key="task to change").set_value("1.1").run()
        form = next(expander for expander in app.expander if expander.label.startswith("核定其他任务"))
        form.checkbox[0].set_value(goes_on)
        if not goes_on:
            form.date_input[0].set_value(date(2023, 12, 20))
        form.text_input[0].input(reason)
        form.button[0].click().run()
        press(app, "确认")

    app = visit("plan")
    decide(app, True, "转为长期工作")
    assert "任务 1.1 已核定：转为长期工作" in text_of(app)
    assert "长期（经裁定，方案原文" in str(app.selectbox(key="task to change").options)
    decide(app, False, "年底验收")
    assert "任务 1.1 已核定：年底验收" in text_of(app)
    assert "2023-12-20（经裁定" in str(app.selectbox(key="task to change").options)


def test_only_the_bureau_decides_on_deadlines(visit, become):
    become.person = Person("督查", Role.INSPECTOR)
    assert not [expander for expander in visit("plan").expander if expander.label.startswith("核定其他任务")]
