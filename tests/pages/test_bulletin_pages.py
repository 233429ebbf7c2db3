"""通报 and one bulletin, as each office sees them; the sample has three that are issued and one in its fact check."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from models.people import Role
from services.bulletins.register import bulletin, bulletins
from tests.pages.visiting import text_of

Visit = Callable[..., AppTest]
OBJECTOR = "区住建局"


def shown(app: AppTest) -> str:
    return text_of(app)


def test_the_list_tells_the_issues_with_number_and_the_draft_with_its_check(visit: Visit) -> None:
    page = shown(visit("bulletins"))
    for number in (1, 2, 3):
        assert f"区政服督〔2023〕{number}号" in page
    assert "草稿 4" in page and "事实核对" in page and "已印发 3 期" in page


def test_one_bulletin_shows_figures_beside_the_text_that_will_print(visit: Visit) -> None:
    page = shown(visit("bulletin", number="2023-3"))
    figures = bulletin("2023-3").figures
    assert "区政服督〔2023〕3号：截至 2023年8月10日，已印发" in page
    assert f"逾期{figures['lamps']['now']['overdue']}项" in page and "一、总体情况" in page
    assert "下载通报.docx" in page and "下载附件.xlsx" in page
    assert "与 2023-1 比较" in page and "与 2023-3 比较" not in page


def test_two_issues_are_compared_number_by_number(visit: Visit) -> None:
    page = shown(visit("bulletin", number="2023-3", compare="2023-2"))
    assert "两期比较" in page and "已完成" in page and "变化" in page


def test_what_is_not_there_is_said_in_a_sentence(visit: Visit) -> None:
    assert "没有2023-9号通报" in shown(visit("bulletin", number="2023-9"))


def test_a_unit_checks_its_own_lines_and_opens_no_draft(visit: Visit, become: Callable[..., None]) -> None:
    become(Role.UNIT, "区教育局")
    app = visit("bulletins")
    page = shown(app)
    assert "请核对" in page and "涉及区教育局的内容" in page and "草稿 4" not in page
    assert [area.label for area in app.text_area] == ["意见和依据（必填，印发前由管理局处理）"]
    assert "尚未印发" in shown(visit("bulletin", number="4"))


def test_an_objection_is_entered_once_and_told_back(visit: Visit, become: Callable[..., None]) -> None:
    become(Role.UNIT, "区教育局")
    app = visit("bulletins")
    app.text_area[0].set_value("1.2.2 已于8月上旬完成")
    next(button for button in app.button if button.label == "提出意见").click()
    app.run()
    assert not app.exception
    page = shown(app)
    assert "意见已提出" in page and "1.2.2 已于8月上旬完成（待处理）" in page and not app.text_area
    become(Role.BUREAU)
    assert {objection.unit for objection in bulletin("4").summary.objections} == {"区教育局", OBJECTOR}


@pytest.mark.long
def test_the_inspector_co_signs_and_the_bureau_issues_with_a_reason_while_the_check_runs(
    visit: Visit, become: Callable[..., None]
) -> None:
    become(Role.INSPECTOR)
    app = visit("bulletin", number="4")
    app.button(key="co-sign").click().run()
    assert "已会签" in shown(app)
    become(Role.BUREAU)
    app = visit("bulletin", number="4")
    next(field for field in app.text_input if "提前印发" in field.label).set_value("会议急用")
    next(button for button in app.button if button.label == "印发").click().run()
    assert "不能修改或撤回" in shown(app)
    app.button(key="yes issue bulletin 4").click().run()
    assert "已印发，编号 2023-4" in shown(app)
    assert list(bulletin("2023-4").particulars.objections) == [OBJECTOR]


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEADER])
def test_only_the_bureau_drafts(visit: Visit, become: Callable[..., None], role: Role) -> None:
    become(role)
    app = visit("bulletins")
    assert "2023-1" in shown(app) and "起草" not in [button.label for button in app.button]


@pytest.mark.long
def test_the_bureau_drafts_on_screen(visit: Visit) -> None:
    app = visit("bulletins")
    next(button for button in app.button if button.label == "起草").click().run(timeout=120)
    assert "草稿 5 已生成" in shown(app)
    assert bulletins(date(2023, 8, 22))[0].as_of == date(2023, 8, 21)
