"""督查日历 and one round: set on screen after who is visited too often was told, started and concluded."""

from datetime import date

import pytest

from models.people import Role
from models.rounds import RoundKind, RoundState
from rules.as_of import parse_instant
from services.rounds.acts import RoundPlan, plan_round
from services.rounds.rounds import round_as_of, rounds_as_of
from tests.pages.filling import press, warnings
from tests.pages.visiting import text_of

DAY, UNIT, OTHER = date(2023, 8, 22), "区人社局", "青石镇"
PLAN = RoundPlan("抽查窗口", RoundKind.SPECIAL, DAY, DAY, [UNIT, OTHER], "李样", scheme="随机走访办事大厅")


@pytest.fixture
def number(visit) -> str:  # noqa: ANN001 the database of the visit
    return plan_round(PLAN, at=parse_instant("2023-08-22T00:01"))[0].number


def test_the_month_has_deadlines_due_days_and_rounds_each_leading_on(visit, number):
    shown = text_of(visit("supervision_calendar"))
    assert "2023年8月：任务时限" in shown and "7月月报报送期限" in shown
    assert f'href="/round?number={number}"' in shown and "抽查窗口（专项，计划中）" in shown
    assert "month=2023-09" in shown and "month=2023-07" in shown


@pytest.mark.long
def test_another_month_is_asked_for_by_the_address_and_nonsense_shows_the_day_s_own(visit):
    assert "2023年9月：" in text_of(visit("supervision_calendar", month="2023-09"))
    for nonsense in ("九月", "2023-13", "0001-01", "9999-12", "2023-09-01"):
        assert "2023年8月：" in text_of(visit("supervision_calendar", month=nonsense))


@pytest.mark.long
def test_a_round_is_set_on_screen_after_who_is_visited_too_often_was_told(visit, number):
    app = visit("supervision_calendar")
    next(field for field in app.text_input if field.label.startswith("名称")).input("再查窗口")
    next(field for field in app.text_input if field.label.startswith("组长")).input("王样")
    next(box for box in app.selectbox if box.label == "类别").select(RoundKind.SPECIAL)
    next(box for box in app.multiselect if box.label.startswith("责任单位")).set_value([UNIT])
    [button for button in app.button if button.label == "安排"][-1].click().run()
    assert f"{UNIT} 2023年8月已安排专项督查（{number}），这是同类第 2 次。" in text_of(app)
    next(button for button in app.button if (button.key or "").startswith("yes ")).click().run()
    assert [item.name for item in rounds_as_of(DAY)][-1] == "再查窗口"


def test_a_round_without_a_unit_is_not_set(visit):
    app = visit("supervision_calendar")
    next(field for field in app.text_input if field.label.startswith("名称")).input("再查窗口")
    press(app, "安排")
    assert "请至少选择一个责任单位。" in warnings(app)


@pytest.mark.long
def test_a_round_is_started_and_concluded_with_words_for_each_unit(visit, number):
    app = press(visit("round", number=number), "开始这一轮")
    press(app, "结束这一轮")
    assert f"还缺：{UNIT}、{OTHER}" in warnings(app) or f"还缺：{OTHER}、{UNIT}" in warnings(app)
    for area in app.text_area:
        area.input("窗口规范")
    app = press(app, "结束这一轮")
    item = round_as_of(number, DAY)
    assert item.state is RoundState.CONCLUDED and set(item.conclusions) == {UNIT, OTHER}
    assert "已告知各单位" in text_of(app)


@pytest.mark.long
def test_a_unit_reads_what_it_was_told_and_is_offered_no_form(visit, number, become):
    app = press(visit("round", number=number), "开始这一轮")
    for area in app.text_area:
        area.input(f"{area.label}：规范")
    press(app, "结束这一轮")
    become(Role.UNIT, UNIT)
    app = visit("round", number=number)
    shown = text_of(app)
    assert f"{UNIT}（必填）：规范" in shown and OTHER not in shown and not app.text_input


def test_an_unknown_round_is_told(visit):
    assert "没有编号为 2023-99 的督查轮次" in text_of(visit("round", number="2023-99"))
    assert "地址中没有写明是哪一轮" in text_of(visit("round"))
