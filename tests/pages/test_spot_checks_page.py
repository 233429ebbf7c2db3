"""抽查 on the screen: the list and the new draw, one check with entry, figures and findings, and who sees what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from catalogue.spot_checks.kinds import KINDS, OF_THE_UNIT
from models.people import Person, Role
from models.spot_checks import Element, Record
from rules.as_of import parse_instant
from services.access.current_user import acting_as
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest
from services.accounts.register import add_account
from services.accounts.sessions import FromWhere, signed_in
from services.accounts.sign_in import sign_in
from services.spot_checks.acts import decide, release, respond, void, withdraw_checker
from services.spot_checks.attachments import attach_file
from services.spot_checks.control_copy import control_copy
from services.spot_checks.drawing import DrawRequest, draw
from services.spot_checks.field_sheets import record_one
from services.spot_checks.showing import spot_check_as_of, spot_check_now
from tests.conftest import AT_WORK
from tests.pages.visiting import open_page, text_of

DAY = "2023-08-22"
Become = Callable[..., None]
SCREENSHOT = Path(__file__).resolve().parents[2] / "sample_data" / "district" / "佐证" / "区医保局" / "公布页面截图.png"
INSPECTOR = Person("督查员", Role.INSPECTOR)


@pytest.fixture
def drawn(sample_database: str) -> str:
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
            answers = {question.code: not fails for question in element.questions}
            note = "窗口要求多交一份材料" if fails else ""
            record_one(number, Record(element.key, "张三", at, answers, note=note), 0, at=at)
        return [element.key for element in check.elements]


def release_check(number: str) -> None:
    with acting_as(INSPECTOR):
        release(number, at=parse_instant("2023-08-17T09:00"))


def buttons(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def test_the_list_leads_to_each_check(drawn: str, become: Become) -> None:
    become(Role.BUREAU)
    shown = text_of(open_page("spot_checks", as_of=DAY))
    assert f"number={drawn}" in shown and "指南核查" in shown
    assert "新建抽取" not in [expander.label for expander in open_page("spot_checks", as_of=DAY).expander]


@pytest.mark.long
def test_the_margin_is_told_as_one_types(sample_database: str, become: Become) -> None:
    become(Role.INSPECTOR)
    app = open_page("spot_checks", as_of=DAY)
    app.selectbox("draw_kind").select("guides").run()
    app.number_input("draw_size").set_value(100).run()
    first = next(line for line in text_of(app).splitlines() if "误差约" in line)
    app.number_input("draw_size").set_value(200).run()
    second = next(line for line in text_of(app).splitlines() if "误差约" in line)
    assert first != second


@pytest.mark.long
def test_a_draw_is_asked_once_more_and_then_stands_in_the_list(sample_database: str, become: Become) -> None:
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


@pytest.mark.long
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


@pytest.mark.long
def test_figures_say_how_many_of_all_at_least_and_at_most(drawn: str, become: Become) -> None:
    recorded(drawn, 2)
    become(Role.LEADER)
    shown = text_of(open_page("spot_check", number=drawn, as_of=DAY))
    assert "至少" in shown and "至多" in shown and 'class="interval"' in shown
    assert "窗口要求多交一份材料" in shown


@pytest.mark.long
def test_a_refusal_tells_a_unit_neither_of_a_check_before_its_release_nor_of_what_was_drawn_of_others(
    drawn: str, sample_database: str
) -> None:
    """A check that was not told, or voided, is refused as one that there is not; another's key as one not drawn."""

    def refusal_of(key: str, number: str = drawn, unit: str = "区人社局") -> str:
        with acting_as(Person(unit, Role.UNIT, unit)), pytest.raises(RefusedRequest) as refused:
            attach_file(number, key, "照片.png", SCREENSHOT.read_bytes())
        with acting_as(Person(unit, Role.UNIT, unit)), pytest.raises(RefusedRequest, match=str(refused.value)):
            respond(number, key, accepts=True, at=parse_instant("2023-08-18T09:00"))
        return str(refused.value).replace(number, "")

    with acting_as(INSPECTOR):
        key = spot_check_now(drawn).elements[0].key
        again = draw(DrawRequest("guides", size=1), at=parse_instant("2023-08-15T09:00")).check
        void(again.number, reason="试用", at=parse_instant("2023-08-15T10:00"))
    unknown = refusal_of(key, "2023-99")
    assert refusal_of(key) == refusal_of("区人社局|没有") == refusal_of(again.elements[0].key, again.number) == unknown
    recorded(drawn, 1)
    assert refusal_of(key) == unknown
    release_check(drawn)
    assert (
        refusal_of(key, unit="区住建局")
        == refusal_of("区人社局|没有", unit="区住建局")
        == "只能查看和办理本单位的事项。"
    )


@pytest.mark.long
def test_whoever_withdraws_hands_on_to_the_next_once_and_somebody_is_left(drawn: str) -> None:
    """Of two checkers 张三 stands aside from one element, then from all; 李四 takes over, and cannot too."""
    at = parse_instant("2023-08-15T10:00")

    def withdrawn(checker: str, key: str | None) -> list[str | None]:
        return [element.checker for element in withdraw_checker(drawn, checker, key=key, reason="亲属", at=at).elements]

    with acting_as(INSPECTOR):
        first = next(element for element in spot_check_now(drawn).elements if element.checker == "张三")
        assert withdrawn("张三", first.key)[first.position - 1] == "李四"
        assert set(withdrawn("张三", None)) == {"李四"}
        for key in (first.key, None):
            with pytest.raises(RefusedRequest, match="张三已经回避"):
                withdrawn("张三", key)
        with pytest.raises(RefusedRequest, match="没有其他核查人可以接手"):
            withdrawn("李四", first.key)


@pytest.mark.long
def test_a_risk_sample_says_what_was_found_and_ranks_no_unit(sample_database: str, become: Become) -> None:
    become(Role.LEADER)
    shown = text_of(open_page("spot_check", number="2023-2", as_of=DAY))
    assert "只说找到多少问题，不推断总体，各单位不排名" in shown
    assert not any(words in shown for words in ("总体合格数", "核查数少", 'class="interval"'))


@pytest.mark.long
def test_a_unit_sees_nothing_before_it_is_told_and_only_its_own_then(drawn: str, become: Become) -> None:
    recorded(drawn, 1)
    become(Role.UNIT, "区人社局")
    assert "没有编号为" in text_of(open_page("spot_check", number=drawn, as_of=DAY))
    release_check(drawn)
    app = open_page("spot_check", number=drawn, as_of=DAY)
    assert "窗口要求多交一份材料" in text_of(app)
    assert "提交意见" in buttons(app)
    become(Role.UNIT, "区住建局")
    assert "没有编号为" in text_of(open_page("spot_check", number=drawn, as_of=DAY))


@pytest.mark.long
def test_a_confirmed_finding_offers_a_rectification_and_leaves_a_mark(drawn: str, become: Become) -> None:
    key = recorded(drawn, 1)[0]
    release_check(drawn)
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


@pytest.fixture
def drawn_double(sample_database: str) -> str:
    """One guide of one unit, to be checked by two people."""
    with acting_as(INSPECTOR):
        request = DrawRequest("guides", size=1, seed="种子", units=("区人社局",), double=True)
        return draw(request, at=parse_instant("2023-08-15T09:00")).check.number


@pytest.fixture
def accounts(drawn_double: str) -> dict[str, Person]:
    """Three people of the supervision office, signed in."""
    people = {}
    for login, name in (("jia", "甲"), ("yi", "乙"), ("bing", "丙")):
        with acting_as(Person("管理局", Role.BUREAU)):
            password = add_account(login, name, "inspector").password
        entered = signed_in(sign_in(login, password, FromWhere("10.1.2.3")))
        assert entered is not None
        people[name] = entered.person
    return people


def enters(person: Person, number: str, says: str) -> AppTest:
    """A person of the supervision office answers every question of the first element and saves."""
    AT_WORK.person = person
    app = open_page("spot_check", number=number, as_of=DAY)
    for radio in app.radio:
        assert radio.value is None, "what another person entered is shown"
        radio.set_value(says)
    next(area for area in app.text_area if area.label.startswith("情况说明")).set_value(f"{person.name}看过")
    next(button for button in app.button if button.label == "保存").click().run()
    assert not app.exception and not app.warning
    return app


@pytest.mark.long
def test_two_check_without_seeing_each_other_and_a_third_decides(
    drawn_double: str, accounts: dict[str, Person], become: Become
) -> None:
    first = enters(accounts["甲"], drawn_double, "是")
    assert "还有 0 个等您录入" in text_of(first)
    second = enters(accounts["乙"], drawn_double, "否")
    assert "甲看过" not in text_of(second) and "未录入" in text_of(second)
    AT_WORK.person = accounts["丙"]
    waiting = open_page("spot_check", number=drawn_double, as_of=DAY)
    assert "待第三人核定" in next(box for box in waiting.selectbox if box.label == "对象").options[0]
    third = text_of(enters(accounts["丙"], drawn_double, "否"))
    assert "丙看过" in third and "两人分别核查 1 个，结果一致 0 个" in third


@pytest.mark.long
def test_whoever_corrects_a_double_check_sees_the_own_record_alone(
    drawn_double: str, accounts: dict[str, Person], become: Become
) -> None:
    enters(accounts["甲"], drawn_double, "否")
    app = open_page("spot_check", number=drawn_double, as_of=DAY)
    assert {radio.value for radio in app.radio} == {"否"}
    assert next(field for field in app.text_input if field.label == "核查人").disabled


@pytest.mark.long
def test_nobody_records_a_double_check_under_another_name(
    drawn_double: str, accounts: dict[str, Person], become: Become
) -> None:
    with acting_as(accounts["甲"]), pytest.raises(RefusedRequest, match="各人用自己的账号"):
        at = parse_instant("2023-08-16T10:00")
        element = spot_check_now(drawn_double).elements[0]
        answers = {question.code: True for question in element.questions}
        record_one(drawn_double, Record(element.key, "乙", at, answers), 0, at=at)


@pytest.mark.long
def test_a_unit_answers_with_evidence_and_nothing_is_stored_of_an_answer_refused(drawn: str, become: Become) -> None:
    key = recorded(drawn, 1)[0]
    release_check(drawn)
    become(Role.UNIT, "区人社局")
    app = open_page("spot_check", number=drawn, as_of=DAY)
    uploader = next(field for field in app.file_uploader if field.label.startswith("证明材料"))
    uploader.upload("窗口记录.png", SCREENSHOT.read_bytes(), "image/png")
    next(radio for radio in app.radio if radio.label == "意见").set_value("有异议")
    next(button for button in app.button if button.label == "提交意见").click().run()
    app.button(f"yes respond {drawn} 1").click().run()
    assert any("请写明理由" in warning.value for warning in app.warning)
    assert element_of(drawn, key).files == ()
    app = open_page("spot_check", number=drawn, as_of=DAY)
    uploader = next(field for field in app.file_uploader if field.label.startswith("证明材料"))
    uploader.upload("窗口记录.png", SCREENSHOT.read_bytes(), "image/png")
    next(radio for radio in app.radio if radio.label == "意见").set_value("有异议")
    next(area for area in app.text_area if area.label.startswith("说明")).set_value("窗口没有多要")
    next(button for button in app.button if button.label == "提交意见").click().run()
    app.button(f"yes respond {drawn} 1").click().run()
    assert not app.exception and not app.warning
    assert [(file.file_name, file.purpose) for file in element_of(drawn, key).files] == [("窗口记录.png", "objection")]


def element_of(number: str, key: str) -> Element:
    with acting_as(INSPECTOR):
        element = spot_check_now(number).element(key)
    assert element is not None
    return element


def test_the_control_copy_tells_what_checkers_do_not_see(drawn: str, sample_database: str) -> None:
    with acting_as(Person("王华", Role.BUREAU)):
        name, content = control_copy("2023-2", at=parse_instant("2023-08-22T09:00"))
    sheet = load_workbook(BytesIO(content))["控制联"]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    with acting_as(INSPECTOR):
        drawn_ones = spot_check_now("2023-2").elements
    assert name == "抽查2023-2控制联.xlsx"
    assert [(row[1], row[5], row[9]) for row in rows] == [
        (element.key, element.drawn.weight, element.drawn.ticket) for element in drawn_ones
    ]
    words = {signal.code: signal.words for signal in (*OF_THE_UNIT, *KINDS["bad_reviews"].own_signals)}
    told_signals = [row[6].split("；") if row[6] else [] for row in rows]
    assert told_signals == [[words[code] for code in element.signals] for element in drawn_ones]
    assert any(told_signals)


def test_beside_each_signal_the_control_copy_links_to_where_the_board_shows_it(
    drawn: str, sample_database: str
) -> None:
    with acting_as(Person("王华", Role.BUREAU)):
        _, content = control_copy("2023-2", board="https://board.example", at=parse_instant("2023-08-22T09:00"))
    with acting_as(INSPECTOR):
        check = spot_check_now("2023-2")
    rows: list[Any] = list(load_workbook(BytesIO(content))["风险信号"].iter_rows(min_row=3))
    signals = [(element.key, code) for element in check.elements for code in element.signals]
    assert [row[1].value for row in rows] == [key for key, _ in signals]
    for row, (_, code) in zip(rows, signals, strict=True):
        page, _, query = row[5].hyperlink.target.removeprefix("https://board.example/").partition("?")
        assert page == {"overdue": "unit", "not_reported": "unit", "earlier_failure": "spot_checks"}.get(
            code, "reviews"
        )
        assert parse_qs(query) == {"unit": [row[2].value], "as_of": [check.as_of.isoformat()]}


def test_no_unit_and_no_leader_takes_the_control_copy(drawn: str) -> None:
    for person in (Person("张", Role.UNIT, "区人社局"), Person("领导", Role.LEADER)):
        with acting_as(person), pytest.raises(Forbidden):
            control_copy(drawn)


@pytest.mark.long
def test_a_unit_page_tells_what_was_checked_of_it_and_a_leader_does_not_learn_whom_a_sealed_one_drew(
    sample_database: str, become: Become
) -> None:
    with acting_as(INSPECTOR):
        request = DrawRequest("phones", seed="种子", units=("区人社局",))
        number = draw(request, at=parse_instant("2023-08-15T09:00")).check.number
    become(Role.LEADER)
    assert f"number={number}" not in text_of(open_page("unit", unit="区人社局", as_of=DAY))
    assert f"number={number}" not in text_of(open_page("spot_checks", unit="区人社局", as_of=DAY))
    assert f"number={number}" in text_of(open_page("spot_checks", as_of=DAY))
    become(Role.INSPECTOR)
    assert f"number={number}" in text_of(open_page("unit", unit="区人社局", as_of=DAY))
    become(Role.UNIT, "区人社局")
    assert f"number={number}" not in text_of(open_page("unit", unit="区人社局", as_of=DAY))


@pytest.mark.long
def test_a_unit_is_not_told_how_many_of_others_there_are(drawn: str, become: Become) -> None:
    recorded(drawn, 1)
    release_check(drawn)
    with acting_as(Person("区人社局", Role.UNIT, "区人社局")):
        seen = spot_check_as_of(drawn, date(2023, 8, 22))
    assert (seen.population, seen.digest, seen.units, dict(seen.strata)) == (0, "", None, {})
    assert {element.unit for element in seen.elements} == {"区人社局"}
