"""Plans other than the shipped one: areas without measures, a deadline in a year whose calendar is not entered yet."""

import pytest

from catalogue.areas import AREAS
from services.operations.set_up import set_up
from tests.engines import Engine
from tests.pages.visiting import open_page, text_of
from tests.services.conftest import workbook

TASK = {
    "任务编号": "4",
    "领域": "帮办代办",
    "任务名称": "高效办成一件事",
    "责任单位": "区人社局",
    "完成时限": "2027年1月底前",
    "年度": 2026,
}
MEASURE = {"举措编号": "4-1", "任务编号": "4", "举措名称": "落地13个一件事", "评价方式": "节点"}
GOES_ON = TASK | {"任务编号": "5", "任务名称": "帮办代办队伍", "完成时限": "长期坚持"}
IT = {"举措编号": "5-1", "任务编号": "5", "举措名称": "配齐帮办代办员", "评价方式": "节点"}
DAY = "2026-12-20"


@pytest.fixture(scope="module")
def small(databases: Engine, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("small")
    (folder / "方案.xlsx").write_bytes(workbook("plan", {"任务": [TASK, GOES_ON], "举措": [MEASURE, IT]}))
    (folder / "单位.xlsx").write_bytes(workbook("units", [{"单位名称": "区人社局", "单位类别": "部门"}]))
    return databases.template(folder, lambda: set_up(plan=folder / "方案.xlsx", units_file=folder / "单位.xlsx"))


@pytest.fixture
def board(small: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", small)


@pytest.mark.parametrize("area", [area.page for area in AREAS.values()])
def test_the_page_of_an_area_opens_with_or_without_measures(board: None, area: str) -> None:
    shown = text_of(open_page(area, as_of=DAY))
    assert ("没有" in shown and "领域的举措" in shown) or area == "help_on_behalf"


@pytest.mark.parametrize("page", ["board", "plan", "unit", "assignment", "lamp", "progress", "reporting"])
def test_every_page_opens_where_the_deadline_lies_in_a_year_without_a_calendar(board: None, page: str) -> None:
    narrowed = {"unit": "区人社局"} if page in ("unit", "assignment", "lamp") else {}
    measure = {"measure": "4-1"} if page in ("assignment", "lamp") else {}
    assert open_page(page, as_of=DAY, **narrowed, **measure).title is not None


def test_the_lamp_says_that_the_next_years_calendar_is_not_entered(board: None) -> None:
    shown = text_of(open_page("lamp", as_of="2026-01-20", unit="区人社局", measure="4-1"))
    assert "未录入2027年工作日历" in shown


@pytest.mark.parametrize("page", ["board", "plan", "help_on_behalf", "unit", "progress", "assignment", "lamp"])
def test_what_has_no_deadline_is_told_so_on_every_page(board: None, page: str) -> None:
    narrowed = {"unit": "区人社局"} if page in ("unit", "progress", "assignment", "lamp") else {}
    measure = {"measure": "5-1"} if page in ("assignment", "lamp") else {}
    shown = text_of(open_page(page, as_of=DAY, **narrowed, **measure))
    assert "长期" in shown
    assert "未定" not in shown


def test_the_board_lists_what_has_no_deadline(board: None) -> None:
    assert "长期坚持：1 项" in text_of(open_page("board", as_of=DAY, deadline="long-term"))
