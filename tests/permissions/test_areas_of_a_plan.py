"""A plan with areas of its own: each has a page, in the plan's order, and no page of the board trips over them."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from frame.navigation import SECTIONS, area_at, area_entries, is_page
from models.people import Person, Role
from rules.as_of import parse_instant
from services.access.current_user import acting_as
from services.plan.in_force import areas_as_of, put_in_force
from services.plan.preview import preview_plan
from tests.examples import sweep
from tests.pages.visiting import text_of
from tests.permissions.conftest import OTHER, OWN, Known
from tests.permissions.pages_by_role import WHO_OPENS
from tests.permissions.test_every_page import ONLY_OWN, _leads_nowhere_else, visit
from tests.services.plan.test_preview import workbook

AREAS = ["热线办理", "好差评", "帮办服务", "数据共享"]
TASKS = [
    ("1.1", "热线办理", "工单按时办结", "部门", "10月底前"),
    ("2.1", "好差评", "差评回访", "镇街", "9月底前"),
    ("3.1", "帮办服务", "帮办件按期办结", "镇街、部门", "12月底前"),
    ("4.1", "数据共享", "公布数据共享清单", "区人社局、区民政局", "全年"),
]
MEASURES = [
    ("1.1.1", "1.1", "按时办结率", "指标", "ticket_on_time_rate", "98%"),
    ("2.1.1", "2.1", "实名差评回访", "指标", "bad_review_callback_rate", "100%"),
    ("3.1.1", "3.1", "按期办结", "指标", "help_on_time_rate", "95%"),
    ("4.1.1", "4.1", "公布清单", "节点", None, None),
]
PLAN = {
    "方案": [{"方案编号": "2023-YS", "方案名称": "营商环境方案", "年度": 2023, "起": "2023-07-01", "止": "2024-03-31"}],
    "领域": [{"领域": area, "次序": index} for index, area in enumerate(AREAS, start=1)],
    "任务": [
        dict(zip(("任务编号", "领域", "任务名称", "责任单位", "完成时限", "年度"), (*row, 2023), strict=True))
        for row in reversed(TASKS)
    ],
    "举措": [
        dict(zip(("举措编号", "任务编号", "举措名称", "评价方式", "指标编码", "目标值"), row, strict=True))
        for row in MEASURES
    ],
}
DRAWN = {"热线办理": "12345工单台账", "帮办服务": "帮代办台账"}


@pytest.fixture(scope="module")
def own_areas(known: Known) -> Known:
    """The sample district with this plan beside its own, and the current one since July."""
    content = workbook(PLAN)
    with acting_as(Person("管理局", Role.BUREAU)):
        preview = preview_plan(content, "方案.xlsx")
        assert not preview.errors
        put_in_force(preview, content, "方案.xlsx", "方案印发", in_force=parse_instant("2023-07-01"))
    return known


def test_the_areas_stand_in_the_order_of_the_sheet_and_the_menu_follows(own_areas: Known) -> None:
    areas = areas_as_of(parse_instant("2023-08-22").date())
    assert [area.title for area in areas] == AREAS
    assert [area.title for area in areas_as_of(parse_instant("2023-06-30").date())][:2] == ["好差评", "用户体验"]
    listed = [entry for entry in area_entries(areas) if not entry.hidden]
    assert [entry.title for entry in listed] == AREAS
    assert [entry.name for entry in listed] == ["area_0", "reviews", "area_2", "area_3"]
    named = [entry.name for entry in area_entries(areas, "帮办服务")]
    assert named[:4] == ["area_0", "reviews", "area", "area_3"] and "hotline" in named
    assert (area_at("area_2", areas), area_at("area_9", areas), area_at("reviews", areas)) == ("帮办服务", None, None)
    assert is_page("/area_2") and is_page("/area") and not is_page("/area_x")


@pytest.mark.long
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("area", sweep(AREAS, 2))
def test_an_area_of_the_plan_has_a_page_for_every_role(
    area: str, role: Role, own_areas: Known, become: Callable[..., None]
) -> None:
    become(role, OWN if role is Role.UNIT else None)
    page = {"好差评": "reviews"}.get(area, "area")
    for query in ({}, {"view": "detail"}, {"unit": OWN}):
        shown = text_of(visit(page, **({"area": area} if page == "area" else {}), **query))
        assert f"重点领域 · {area}" in shown and "截至 2023年8月22日 24 时" in shown
        if area in DRAWN:
            assert DRAWN[area] in shown
        if role is Role.UNIT:
            _leads_nowhere_else(shown, own_areas)


def test_what_a_dataset_holds_is_drawn_by_itself_and_every_link_stays_in_the_area(own_areas: Known) -> None:
    app = visit("area", area="帮办服务")
    shown = text_of(app)
    titles = [chart.proto.alt for chart in app.get("vega_lite_chart")]
    assert any(title.startswith("帮代办台账：各月条数") for title in titles), titles
    assert any("服务方式" in title for title in titles)
    detail = text_of(visit("area", area="帮办服务", view="detail"))
    assert "各单位条数" in detail and "帮办代办逾期" in shown + detail
    for href in (part.split('"')[0].replace("&amp;", "&") for part in (shown + detail).split('href="')[1:]):
        address = urlsplit(href)
        if address.path == "/area":
            assert parse_qs(address.query)["area"] == ["帮办服务"]


def test_an_area_that_is_none_of_the_plan_is_answered_with_those_that_are(own_areas: Known) -> None:
    assert "方案中没有领域“天气”" in text_of(visit("area", area="天气"))
    shown = text_of(visit("area"))
    assert "请选择领域" in shown and all(area in shown for area in AREAS)
    assert 'href="/reviews' in text_of(visit("area", area="好差评"))
    assert "2023年方案没有12345 热线领域的举措" in text_of(visit("hotline"))


def test_the_page_of_such_an_area_does_not_lead_a_unit_to_another(
    own_areas: Known, become: Callable[..., None]
) -> None:
    become(Role.UNIT, OWN)
    shown = text_of(visit("area", area="帮办服务", unit=OTHER, measure="3.1.1"))
    assert ONLY_OWN in shown and OTHER not in shown.partition(ONLY_OWN)[2]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", sweep(sorted(WHO_OPENS), 8))
def test_every_page_opens_for_every_role_with_such_a_plan(
    page: str, role: Role, own_areas: Known, become: Callable[..., None]
) -> None:
    become(role, OWN if role is Role.UNIT else None)
    queries: dict[str, dict[str, str]] = {
        "lamp": {"measure": "3.1.1", "unit": OWN},
        "assignment": {"measure": "4.1.1", "unit": OWN},
        "unit": {"unit": OWN},
        "search": {"q": "帮办"},
        "area": {"area": "帮办服务"},
        "indicator": {"code": "ticket_redo_rate", "unit": OWN},
        "submission": {"number": str(own_areas.own_submission)},
    }
    app: AppTest = visit(page, **queries.get(page, {}))
    assert text_of(app)


def test_every_page_is_asked(own_areas: Known) -> None:
    assert {entry.name for entries in SECTIONS.values() for entry in entries} == set(WHO_OPENS)
