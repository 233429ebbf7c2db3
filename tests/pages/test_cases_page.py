"""案件时限."""

import re
from datetime import date

import pytest

from catalogue.cases import CASE_KINDS
from models.lamps import FACES, Lamp
from services.cases.caseload import caseload, closed_cases
from tests.pages.visiting import text_of

DAY = date(2023, 8, 22)


def test_the_page_counts_what_the_caseload_holds(visit):
    cases = caseload("tickets", DAY).of(None)
    assert f"共 {sum(cases.values()):,} 件，逾期 {cases[Lamp.OVERDUE]}" in text_of(visit("cases", kind="tickets"))


@pytest.mark.parametrize("kind", CASE_KINDS)
def test_the_counts_of_each_unit_stand_under_the_words_of_the_lamps_and_add_up(visit, kind):
    units = text_of(visit("cases", kind=kind)).split("<table")[1].split("</table>")[0]
    heads, *rows = (
        [re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd] [^>]*>(.*?)</t[hd]>", row)]
        for row in re.split("<tr[^>]*>", units)[1:]
    )
    lamps, cases = heads[2:-1], caseload(kind, DAY).of(None)
    assert heads[:2] == ["责任单位", "红绿灯分布"] and heads[-1] == "合计"
    every = ["逾期", "临期", "存疑", "推进中", "逾期完成", "已完成"]
    assert lamps == [
        word for word in every if any(number for lamp, number in cases.items() if FACES[lamp].word == word)
    ]
    assert rows and all(
        sum(int(number.replace(",", "")) for number in row[2:-1]) == int(row[-1].replace(",", "")) for row in rows
    )
    if len(rows) < 200:  # all on the page or on paper
        for index, word in enumerate(lamps, 2):
            assert sum(int(row[index]) for row in rows) == sum(
                number for lamp, number in cases.items() if FACES[lamp].word == word
            )


def test_the_lists_to_choose_from_add_up_to_all_cases(visit):
    load = caseload("tickets", DAY)
    shown = text_of(visit("cases", kind="tickets")).split('aria-label="红绿灯"')[1].split("</nav>")[0]
    opened, closed = (
        int(re.search(f">{word} ([0-9,]+)</a>", shown)[1].replace(",", "")) for word in ("未办结", "已办结")
    )
    assert opened + closed == sum(load.of(None).values())
    assert (
        f">其中逾期 {load.of(None)[Lamp.OVERDUE]}</a>" in shown
        and f">其中逾期完成 {load.of(None)[Lamp.DONE_LATE]}</a>" in shown
    )


def test_an_open_case_shows_its_cell_and_leads_to_its_submission(visit):
    case = caseload("tickets", DAY).open[0]
    shown = text_of(visit("cases", kind="tickets"))
    assert (
        case.code in shown and f"{case.sheet} {case.cell}" in shown and f"/submission?number={case.submission}" in shown
    )


def test_one_units_cases_leave_the_others_out(visit):
    case, other = next(
        (case, two)
        for case in caseload("tickets", DAY).open
        for two in caseload("tickets", DAY).open
        if case.unit != two.unit
    )
    shown = text_of(visit("cases", kind="tickets", unit=case.unit))
    assert case.code in shown and other.code not in shown


def test_a_lamp_in_the_address_narrows_the_list(visit):
    worst = caseload("approvals", DAY).open[0].code
    assert worst in text_of(visit("cases", kind="approvals", case_lamp="overdue"))
    assert worst not in text_of(visit("cases", kind="approvals", case_lamp="on_track"))


def test_a_kind_that_is_none_is_passed_over(visit):
    assert "差评回访" in text_of(visit("cases", kind="梦"))


def test_closed_cases_are_reached_with_their_cells(visit):
    late = closed_cases("tickets", DAY, "区城管局", late=True)
    assert late and text_of(visit("cases", kind="tickets", unit="区城管局")).count("case_lamp=done_late")
    shown = text_of(visit("cases", kind="tickets", unit="区城管局", case_lamp="done_late"))
    assert all(
        case.code in shown and f"{case.sheet} {case.cell}" in shown and case.closed.isoformat() in shown
        for case in late
    )


def test_all_closed_cases_are_turned_page_by_page(visit):
    twenty_first = closed_cases("tickets", DAY, None, False, 20, 1)[0]
    assert twenty_first.code not in text_of(visit("cases", kind="tickets", case_lamp="closed"))
    assert twenty_first.code in text_of(visit("cases", kind="tickets", case_lamp="closed", tickets_page="2"))
