"""案件时限."""

from datetime import date

from models.lamps import Lamp
from services.cases import caseload, closed_cases
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)


def test_the_page_counts_what_the_caseload_holds(visit):
    found = caseload("tickets", DAY).of(None)
    assert f"共 {sum(found.values()):,} 件，逾期 {found[Lamp.OVERDUE]}" in text_of(visit("cases", kind="tickets"))


def test_an_open_case_shows_its_cell_and_leads_to_its_submission(visit):
    case = caseload("tickets", DAY).open[0]
    shown = text_of(visit("cases", kind="tickets"))
    assert case.code in shown and f"{case.sheet} {case.cell}" in shown and f"/submission?number={case.submission}" in shown


def test_one_units_cases_leave_the_others_out(visit):
    case, other = next((one, two) for one in caseload("tickets", DAY).open for two in caseload("tickets", DAY).open if one.unit != two.unit)
    shown = text_of(visit("cases", kind="tickets", unit=case.unit))
    assert case.code in shown and other.code not in shown


def test_a_lamp_in_the_address_narrows_the_list(visit):
    assert caseload("approvals", DAY).open[0].code not in text_of(visit("cases", kind="approvals", case_lamp="on_track"))


def test_a_kind_that_is_none_is_passed_over(visit):
    assert "差评回访" in text_of(visit("cases", kind="梦"))


def test_closed_cases_are_reached_with_their_cells(visit):
    late = closed_cases("tickets", DAY, "区城管局", late=True)
    assert late and text_of(visit("cases", kind="tickets", unit="区城管局")).count("case_lamp=done_late")
    shown = text_of(visit("cases", kind="tickets", unit="区城管局", case_lamp="done_late"))
    assert all(case.code in shown and f"{case.sheet} {case.cell}" in shown and case.closed.isoformat() in shown for case in late)


def test_all_closed_cases_are_turned_page_by_page(visit):
    twenty_first = closed_cases("tickets", DAY, None, False, 20, 1)[0]
    assert twenty_first.code not in text_of(visit("cases", kind="tickets", case_lamp="closed"))
    assert twenty_first.code in text_of(visit("cases", kind="tickets", case_lamp="closed", tickets="2"))
