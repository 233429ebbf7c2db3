"""时限申请: the unit's form and the bureau's decision."""

from collections.abc import Callable
from datetime import date

from streamlit.testing.v1 import AppTest

from models.people import Role
from rules.as_of import parse_instant
from services.board.district import district_as_of
from services.plan.deadline_requests import ask_for_later_deadline
from tests.pages.visiting import text_of

Visit = Callable[..., AppTest]
UNIT, TASK = "区教育局", "2.2"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def request_later_deadline(become: Callable[..., None]) -> None:
    become(Role.UNIT, UNIT)
    ask_for_later_deadline(
        TASK,
        UNIT,
        until=date(2023, 9, 30),
        reason="系统改造尚未验收",
        file_name="请示.pdf",
        content=PDF,
        at=parse_instant("2023-08-21T10:00"),
    )
    become(Role.BUREAU)


def test_without_requests_the_page_says_what_to_do_and_a_unit_finds_its_open_tasks(
    visit: Visit, become: Callable[..., None]
) -> None:
    become(Role.UNIT, UNIT)
    app = visit("deadline_requests")
    assert "没有时限申请" in text_of(app)
    assert any(TASK in option for option in app.selectbox[0].options)
    next(button for button in app.button if button.label == "提出申请").click().run()
    assert "附上请示或情况说明" in app.warning[0].value


def test_the_bureau_decides_after_being_asked_once_more(visit: Visit, become: Callable[..., None]) -> None:
    request_later_deadline(become)
    app = visit("deadline_requests")
    assert "1 份申请，1 份待审核" in text_of(app)
    app.text_input[0].set_value("同意延至9月底")
    app.radio[0].set_value(True)
    next(button for button in app.button if button.label == "审核").click().run()
    assert "对所有责任单位调整为 2023-09-30" in text_of(app)
    app.button(key="yes decide deadline 1").click().run()
    assert not app.exception
    assert "的申请：同意" in text_of(app)
    task = district_as_of(date(2023, 8, 22)).plan.task(TASK)
    assert task is not None and task.deadline == date(2023, 9, 30)


def test_a_leader_reads_and_decides_nothing(visit: Visit, become: Callable[..., None]) -> None:
    request_later_deadline(become)
    become(Role.LEADER)
    app = visit("deadline_requests")
    assert "系统改造尚未验收" in text_of(app) and not [button for button in app.button if button.label == "审核"]
