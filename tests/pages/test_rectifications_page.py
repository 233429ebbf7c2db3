"""整改: the ledger and one rectification from its opening to its close, by the people who do each step."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from models.people import Role
from models.rectifications import RectificationState
from rules.as_of import parse_instant
from services.rectifications.acts import Opening, open_rectification
from services.rectifications.course import rectification_course
from services.rectifications.ledger import rectifications_as_of
from services.rectifications.workbook import HEADINGS, ledger_workbook
from tests.pages.filling import fill, press, warnings
from tests.pages.visiting import text_of

DAY, UNIT = date(2023, 8, 22), "区人社局"
MORNING = parse_instant("2023-08-21T08:00")


@pytest.fixture
def number(visit) -> str:  # noqa: ANN001 the database of the visit
    """A rectification about a measure of the unit, opened the day before."""
    opening = Opening(UNIT, "窗口电话无人接听", "增设座席", source="measure:1.3.2", days=10)
    return open_rectification(opening, at=MORNING).number


def standing(number: str) -> RectificationState:
    return rectification_course(number, DAY).rectification.course.state


@pytest.mark.long
def test_one_is_opened_on_screen_after_it_was_asked_once_more(visit):
    app = visit("rectifications")
    before = len(rectifications_as_of(DAY).rectifications)
    fill(app, 责任单位=UNIT)
    app.text_area[0].input("窗口电话无人接听")
    press(app, "立项")
    items = rectifications_as_of(DAY).rectifications
    assert len(items) == before + 1
    assert (items[-1].unit, items[-1].issue, items[-1].course.due) == (UNIT, "窗口电话无人接听", date(2023, 9, 5))
    shown = text_of(app)
    assert f"整改 {items[-1].number} 已立项" in shown and f"/rectification?number={items[-1].number}" in shown


@pytest.mark.parametrize(
    ("fields", "issue", "sentence"),
    [
        ({}, "无人接听", "请选择责任单位。"),
        ({"责任单位": UNIT}, "", "请写明要整改的问题。"),
        ({"责任单位": UNIT, "整改时限": "另定日期"}, "无人接听", "请选择另定的时限。"),
    ],
)
def test_what_lacks_something_is_told_and_not_stored(visit, fields, issue, sentence):
    app = visit("rectifications")
    before = len(rectifications_as_of(DAY).rectifications)
    fill(app, **fields)
    app.text_area[0].input(issue)
    press(app, "立项")
    assert sentence in warnings(app)
    assert len(rectifications_as_of(DAY).rectifications) == before


@pytest.mark.long
def test_the_unit_answers_and_the_bureau_returns_and_closes_it(visit, number, become):
    become(Role.UNIT, UNIT)
    app = visit("rectification", number=number)
    assert "整改属实，销号" not in [button.label for button in app.button]
    app.text_area[0].input("已增设座席")
    press(app, "提交答复")
    assert standing(number) is RectificationState.ANSWERED
    become(Role.INSPECTOR)
    app = visit("rectification", number=number)
    assert "提交答复" not in [button.label for button in app.button]
    press(fill(app, 退回理由="没有值班记录"), "退回")
    assert standing(number) is RectificationState.OPEN
    become(Role.UNIT, UNIT)
    app = visit("rectification", number=number)
    app.text_area[0].input("补值班记录")
    press(app, "提交答复")
    become(Role.BUREAU)
    app = visit("rectification", number=number)
    press(app, "整改属实，销号")
    assert standing(number) is RectificationState.CLOSED
    shown = text_of(visit("rectification", number=number))
    assert "已销号，已完成" in shown and "没有值班记录" in shown and "补值班记录" in shown


@pytest.mark.long
def test_an_answer_without_words_is_refused_in_place(visit, number, become):
    become(Role.UNIT, UNIT)
    app = press(visit("rectification", number=number), "提交答复")
    assert "请写明整改措施和结果。" in warnings(app)
    assert standing(number) is RectificationState.OPEN


@pytest.mark.long
def test_an_extension_is_asked_for_and_granted(visit, number, become):
    become(Role.UNIT, UNIT)
    press(fill(visit("rectification", number=number), 申请延至=date(2023, 9, 15), 延期理由="设备采购"), "提交申请")
    become(Role.BUREAU)
    app = visit("rectification", number=number)
    assert f"{UNIT}于 2023-08-22 申请延至 2023-09-15" in text_of(app)
    press(fill(app, 延期理由="同意"), "同意延期")
    course = rectification_course(number, DAY).rectification.course
    assert (course.due, course.extensions, course.applied_until) == (date(2023, 9, 15), 1, None)


def test_whoever_only_looks_is_offered_no_form(visit, number, become):
    become(Role.LEADER)
    app, whole = visit("rectification", number=number), visit("rectifications")
    assert UNIT in text_of(app) and not app.button
    assert f"number={number}" in text_of(whole) and not whole.text_area


def test_another_unit_sees_nothing_of_it(visit, number, become):
    become(Role.UNIT, "青石镇")
    assert "窗口电话无人接听" not in text_of(visit("rectifications"))
    shown = text_of(visit("rectification", number=number))
    assert "只能查看和办理本单位的事项" in shown and "窗口电话" not in shown


def test_before_its_opening_it_is_not_there(visit, number):
    shown = text_of(visit("rectification", number=number, as_of="2023-08-20"))
    assert f"整改事项 {number} 在 2023-08-20 尚未立项" in shown


@pytest.mark.long
def test_unit_lamp_and_cases_show_it(visit, number):
    for page, query in (
        ("unit", {"unit": UNIT}),
        ("lamp", {"unit": UNIT, "measure": "1.3.2"}),
    ):
        assert f"/rectification?number={number}" in text_of(visit(page, **query)), page
    assert "/rectifications" in text_of(visit("cases"))


def test_the_exported_ledger_has_the_columns_that_offices_know(number):
    sheet = openpyxl.load_workbook(BytesIO(ledger_workbook(DAY, UNIT))).active
    title, headings, *rows = sheet.values
    assert title[0].startswith("整改台账，截至 2023-08-22")
    assert headings == HEADINGS
    row = dict(zip(headings, rows[-1], strict=True))
    assert (row["整改编号"], row["责任单位"], row["来源"], row["灯"]) == (number, UNIT, "举措 1.3.2", "推进中")
