"""On screen people are masked; who may, presses a button with a reason, sees them once, and the next look is masked
again.
"""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data_access.database import engine
from models.audit import AuditQuestion
from models.people import Role
from rules.as_of import parse_instant
from services.audit.search import find_acts
from services.intake.checked_workbook import Request
from tests.pages.visiting import open_page, text_of
from tests.services.conftest import send, workbook

UNIT, NAME, PHONE = "区人社局", "欧阳小明", "13912345678"
CASE = {
    "受理编号": "B1",
    "受理日期": date(2023, 6, 1),
    "责任单位": UNIT,
    "服务对象": NAME,
    "对象类别": "老年人",
    "服务方式": "上门帮办",
    "帮办员": "李四光",
    "帮办事项": "社保卡",
    "联系电话": PHONE,
    "承诺办结日期": date(2023, 6, 10),
}
PAGES = pytest.mark.parametrize(
    ("page", "query"), [("lamp", {"measure": "7.1.1", "unit": UNIT}), ("cases", {"kind": "help_cases"})]
)


@pytest.fixture
def look(planned_database: str) -> Iterator[Callable[..., AppTest]]:
    """A district with one open help case."""
    done = send(
        workbook("help_cases", [CASE]),
        "帮办.xlsx",
        Request("help_cases", UNIT, False, "2023-06"),
        at=parse_instant("2023-07-03"),
    )
    assert done.submission is not None
    yield lambda page, **query: open_page(page, as_of="2023-07-31", **query)
    engine().dispose()


def press(app: AppTest, reason: str | None) -> AppTest:
    if reason is not None:
        next(box for box in app.selectbox if box.label == "查看理由").set_value(reason)
    return next(button for button in app.button if "完整" in button.label).click().run()


@pytest.mark.long
@PAGES
def test_a_name_and_a_number_are_masked(look: Callable[..., AppTest], page: str, query: dict[str, str]) -> None:
    shown = text_of(look(page, **query))
    assert "B1" in shown
    assert [secret for secret in (NAME, PHONE) if secret in shown] == []


@pytest.mark.long
@PAGES
def test_with_a_reason_they_are_shown_once_and_logged(
    look: Callable[..., AppTest], page: str, query: dict[str, str]
) -> None:
    app = press(look(page, **query), "联系群众")
    assert [secret for secret in (NAME, PHONE) if secret not in text_of(app)] == []
    assert len(find_acts(AuditQuestion(action="reveal")).acts) == 1
    assert NAME not in text_of(app.run())


@pytest.mark.long
@PAGES
def test_without_a_reason_nothing_is_shown(look: Callable[..., AppTest], page: str, query: dict[str, str]) -> None:
    app = press(look(page, **query), None)
    assert NAME not in text_of(app)
    assert [warning.value for warning in app.warning] == ["请选择查看完整信息的理由；选“其他”的，请写明。"]


@pytest.mark.long
@PAGES
def test_a_leader_has_no_such_button(
    look: Callable[..., AppTest], become: Callable[..., None], page: str, query: dict[str, str]
) -> None:
    become(Role.LEADER)
    app = look(page, **query)
    assert [button.label for button in app.button if "完整" in button.label] == []
    assert "B1" in text_of(app) and NAME not in text_of(app)


@pytest.mark.long
def test_the_unit_sees_its_own_people_without_asking(look: Callable[..., AppTest], become: Callable[..., None]) -> None:
    become(Role.UNIT, UNIT)
    app = look("lamp", measure="7.1.1", unit=UNIT)
    assert [secret for secret in (NAME, PHONE) if secret not in text_of(app)] == []
