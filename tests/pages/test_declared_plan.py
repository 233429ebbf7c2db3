"""A plan with a dataset and indicators of its own on every page that shows datasets, figures, lamps or cases."""

import pytest

from rules.as_of import parse_instant
from services.cases.caseload import caseloads
from services.intake.checked_workbook import Request
from tests.pages.visiting import open_page, text_of
from tests.services.conftest import send
from tests.services.plan.test_declared_dataset import DAY, LEDGER, ROWS, UNIT, code, imported, messy

SHOWN = {
    "board": ({}, "证照归集"),
    "plan": ({}, "数据目录"),
    "upload": ({}, LEDGER),
    "reporting": ({}, LEDGER),
    "lamp": ({"measure": "1.1.1", "unit": UNIT}, "归集率"),
    "unit": ({"unit": UNIT}, "按期归集"),
    "search": ({"q": "G3"}, LEDGER),
    "indicator": ({"code": "collected", "unit": UNIT}, "归集率"),
    "progress": ({}, "2024年营商环境方案"),
    "to_do": ({}, "2024年营商环境方案"),
    "notices": ({}, "2024年营商环境方案"),
    "assessment": ({}, "2024年营商环境方案"),
}


@pytest.fixture
def declared(planned_database: str) -> None:
    imported()
    send(messy(ROWS), "台账.xlsx", Request(None, None, False, None), at=parse_instant("2024-02-02"))


@pytest.mark.long
def test_every_page_shows_a_declared_plan_without_a_fault(declared: None) -> None:
    for page, (query, words) in SHOWN.items():
        assert words in text_of(open_page(page, as_of=f"{DAY}", **query)), page


@pytest.mark.long
def test_the_catalogues_list_what_is_declared_with_its_template(declared: None) -> None:
    shown = text_of(open_page("plan", as_of=f"{DAY}"))
    assert f"/templates/{code()}" in shown and "归集编号（必填）" in shown
    assert "方案增加：容缺件数" in shown and "方案声明" in shown
    assert f"{LEDGER}中归集时间已填的条数 ÷ {LEDGER}的条数" in shown


@pytest.mark.long
def test_cases_of_a_time_limit_have_their_page(declared: None) -> None:
    kind = next(load.kind.code for load in caseloads(DAY) if load.kind.title == "许可归集")
    shown = text_of(open_page("cases", as_of=f"{DAY}", kind=kind))
    assert "许可归集" in shown and "G4" in shown and "2024-01-12" in shown
    assert "G4" in text_of(open_page("case", as_of=f"{DAY}", dataset=code(), number="G4"))
