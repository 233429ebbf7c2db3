"""What the nine area pages share."""

from datetime import date

import pytest

from catalogue.cases import CASE_KINDS
from models.lamps import Lamp
from services.cases import caseload
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)


def block(app) -> str:
    """The deadlines of the area's cases."""
    return text_of(app).split("案件时限<small>")[1].split('<h2 class="section"')[0]


@pytest.mark.parametrize("area", sorted({kind.area for kind in CASE_KINDS.values()}))
def test_an_area_page_shows_the_deadlines_of_its_cases(visit, area):
    shown = block(visit(area))
    for kind in CASE_KINDS.values():
        assert (kind.title in shown) == (kind.area == area)
        assert (f"/cases?kind={kind.code}" in shown) == (kind.area == area)


def test_the_longest_overdue_case_stands_on_top_with_unit_due_day_and_cell(visit):
    case = caseload("tickets", DAY).open[0]
    shown = block(visit("hotline"))
    assert case.lamp is Lamp.OVERDUE
    assert all(word in shown for word in (case.code, case.unit, case.due.isoformat(), f"{case.sheet} {case.cell}"))


def test_of_one_unit_only_its_own_cases_are_shown_and_linked(visit):
    case, other = next((one, two) for one in caseload("tickets", DAY).open for two in caseload("tickets", DAY).open if one.unit != two.unit)
    shown = block(visit("hotline", unit=case.unit))
    assert case.code in shown and other.code not in shown and "kind=tickets&amp;unit=" in shown


def test_an_area_without_cases_has_no_such_block(visit):
    assert "案件时限<small>" not in text_of(visit("completeness"))
