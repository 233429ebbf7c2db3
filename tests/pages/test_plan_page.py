"""方案与存疑."""

from tests.pages.filling import press
from tests.pages.visiting import text_of


def test_the_doubts_of_the_plan_are_listed_until_settled(visit):
    app = visit("plan")
    assert {expander.label.split(" ")[0] for expander in app.expander if expander.label[0].isdigit()} == {
        *("2.1", "5.1", "8.1", "8.5")
    }


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
