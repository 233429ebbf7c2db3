"""抽查 on the screen: the list and the new draw, one check with entry, figures and findings, and who sees what."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from models.people import Person, Role
from models.spot_checks import Record
from rules.as_of import parse_instant
from services.access.current_user import acting_as
from services.spot_checks.acts import decide, release, respond
from services.spot_checks.drawing import DrawRequest, draw
from services.spot_checks.field_sheets import record_one
from tests.pages.visiting import open_page, text_of

DAY = "2023-08-22"
Become = Callable[..., None]
INSPECTOR = Person("督查员", Role.INSPECTOR)


@pytest.fixture
def drawn(sample_database: Path) -> str:
    """Six guides of one unit, drawn on 15 August, nothing recorded."""
    with acting_as(INSPECTOR):
        request = DrawRequest("guides", size=6, seed="种子", units=("区人社局",), checkers=("张三", "李四"))
        return draw(request, at=parse_instant("2023-08-15T09:00")).check.number


def recorded(number: str, failing: int) -> list[str]:
    """All recorded on 16 August, the first so many of them failing; returns the keys."""
    from services.spot_checks.showing import spot_check_now

    with acting_as(INSPECTOR):
        check = spot_check_now(number)
        at = parse_instant("2023-08-16T10:00")
        for element in check.elements:
            fails = element.position <= failing
            answers = {question.code: not fails for question in element.asked}
            note = "窗口要求多交一份材料" if fails else ""
            record_one(number, Record(element.key, "张三", at, answers, note=note), 0, at=at)
        return [element.key for element in check.elements]


def told(number: str) -> None:
    with acting_as(INSPECTOR):
        release(number, at=parse_instant("2023-08-17T09:00"))


def buttons(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def test_the_list_leads_to_each_check(drawn: str, become: Become) -> None:
    become(Role.BUREAU)
    shown = text_of(open_page("spot_checks", as_of=DAY))
    assert f"number={drawn}" in shown and "指南核查" in shown
    assert "新建抽取" not in [expander.label for expander in open_page("spot_checks", as_of=DAY).expander]


def test_the_margin_is_told_as_one_types(sample_database: Path, become: Become) -> None:
    become(Role.INSPECTOR)
    app = open_page("spot_checks", as_of=DAY)
    app.selectbox("draw_kind").select("guides").run()
    app.number_input("draw_size").set_value(100).run()
    first = next(line for line in text_of(app).splitlines() if "误差约" in line)
    app.number_input("draw_size").set_value(200).run()
    second = next(line for line in text_of(app).splitlines() if "误差约" in line)
    assert first != second


def test_a_draw_is_asked_once_more_and_then_stands_in_the_list(sample_database: Path, become: Become) -> None:
    become(Role.INSPECTOR)
    app = open_page("spot_checks", as_of=DAY)
    app.selectbox("draw_kind").select("guides").run()
    app.button("draw_now").click().run()
    assert "只能作废，不能删除" in text_of(app)
    app.button("yes new draw").click().run()
    assert not app.exception
    assert "已抽取，编号" in text_of(app)


def test_a_stranger_is_told_the_command_that_makes_a_ticket_again(drawn: str, become: Become) -> None:
    become(Role.BUREAU)
    shown = text_of(open_page("spot_check", number=drawn, as_of=DAY))
    assert "printf &#39;%s&#39; &#39;种子|区人社局|" in shown and "sha256sum" in shown


def test_one_element_is_entered_at_a_time(drawn: str, become: Become) -> None:
    become(Role.INSPECTOR)
    app = open_page("spot_check", number=drawn, as_of=DAY)
    for radio in app.radio:
        radio.set_value("是")
    next(button for button in app.button if button.label == "保存").click().run()
    assert not app.exception
    assert "第 1 个已保存，还有 5 个未录入" in text_of(app)


def test_a_no_without_words_is_told_and_nothing_is_stored(drawn: str, become: Become) -> None:
    become(Role.INSPECTOR)
    app = open_page("spot_check", number=drawn, as_of=DAY)
    for radio in app.radio:
        radio.set_value("否")
    next(button for button in app.button if button.label == "保存").click().run()
    assert any("请写明情况" in warning.value for warning in app.warning)


def test_figures_say_how_many_of_all_at_least_and_at_most(drawn: str, become: Become) -> None:
    recorded(drawn, 2)
    become(Role.LEADER)
    shown = text_of(open_page("spot_check", number=drawn, as_of=DAY))
    assert "至少" in shown and "至多" in shown and 'class="interval"' in shown
    assert "窗口要求多交一份材料" in shown


def test_a_unit_sees_nothing_before_it_is_told_and_only_its_own_then(drawn: str, become: Become) -> None:
    recorded(drawn, 1)
    become(Role.UNIT, "区人社局")
    assert "没有编号为" in text_of(open_page("spot_check", number=drawn, as_of=DAY))
    told(drawn)
    app = open_page("spot_check", number=drawn, as_of=DAY)
    assert "窗口要求多交一份材料" in text_of(app)
    assert "提交意见" in buttons(app)
    become(Role.UNIT, "区住建局")
    assert "没有编号为" in text_of(open_page("spot_check", number=drawn, as_of=DAY))


def test_a_confirmed_finding_offers_a_rectification_and_leaves_a_mark(drawn: str, become: Become) -> None:
    key = recorded(drawn, 1)[0]
    told(drawn)
    with acting_as(replace(INSPECTOR, role=Role.UNIT, unit="区人社局", name="区人社局")):
        respond(drawn, key, accepts=True, at=parse_instant("2023-08-18T09:00"))
    with acting_as(Person("王华", Role.BUREAU)):
        decide(drawn, key, confirms=True, at=parse_instant("2023-08-18T10:00"))
    become(Role.BUREAU)
    assert "立为整改事项" in buttons(open_page("spot_check", number=drawn, as_of=DAY))
    mark = "抽查不符 1／6"
    assert mark in text_of(open_page("spot_checks", as_of=DAY))
    assert mark in text_of(open_page("unit", unit="区人社局", as_of=DAY))
    assert mark in text_of(open_page("lamp", measure="5.3.1", unit="区人社局", as_of=DAY))
    assert mark not in text_of(open_page("unit", unit="区住建局", as_of=DAY))
