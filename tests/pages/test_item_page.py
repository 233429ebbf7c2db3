"""事项: everything about one item on one page."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import text

from catalogue.cases import CASE_KINDS
from data_access.database import engine
from models.cases import Case
from models.people import Role
from services.cases.caseload import caseload, cases_of_item
from services.guides.one_item import item_records
from services.guides.unit_guides import ItemResult, unit_guides
from services.search.search import search
from tests.pages.visiting import section_of, text_of

DAY = date(2023, 8, 22)
UNIT = "区人社局"


def request_of(ticket: Case) -> str:
    """The first words of what was asked for in a ticket."""
    with engine().connect() as connection:
        query = text("SELECT request FROM hotline_tickets WHERE ticket_code = :code")
        return str(connection.execute(query, {"code": ticket.code}).scalars().first())[:6]


def guides_of(unit: str) -> Sequence[ItemResult]:
    guides = unit_guides(unit, DAY)
    return guides.items if guides else ()


def an_item_with_ratings() -> str:
    codes = [item.code for item in search("人社 社会", DAY).items] or [
        standing.item_code for standing in unit_guides(UNIT, DAY).items
    ]
    return next(code for code in codes if item_records(code, DAY).ratings and item_records(code, DAY).months)


@pytest.mark.long
def test_an_item_is_reached_from_search_and_from_its_guide_and_shows_every_ledger(visit):
    code = an_item_with_ratings()
    link = f"/item?item={code}"
    assert link in text_of(visit("search", q=code)) and link in text_of(visit("guide", unit=UNIT, item=code))
    shown = text_of(visit("item", item=code))
    item = item_records(code, DAY)
    assert f"{item.name}：{len(item.guides)} 份指南" in shown
    for title in ("办事指南", "认领", "办件", "评价", "差评整改"):
        assert "<table" in section_of(shown, title) or "截至该日" in section_of(shown, title)
    assert f"/guide?unit={item.guides[0].unit}" in shown or "/guide?unit=%" in shown


def test_the_ratings_of_an_item_are_those_of_its_rows(visit):
    code = an_item_with_ratings()
    counted = sum(sum(kinds.values()) for kinds in item_records(code, DAY).ratings.values())
    earlier = sum(sum(kinds.values()) for kinds in item_records(code, date(2023, 6, 30)).ratings.values())
    assert earlier <= counted and counted > 0
    assert f"评价 {counted:,} 条" in text_of(visit("item", item=code))


def test_a_code_that_nobody_reported_is_told(visit):
    assert "没有事项“X1”" in text_of(visit("item", item="X1"))
    assert "地址中没有写明实施编码" in text_of(visit("item"))


@pytest.mark.long
def test_cases_of_every_ledger_that_names_the_item_stand_on_its_page(visit):
    code = next(
        item.item_code
        for unit in ("区住建局", "区发改局", "区自然资源局")
        for item in guides_of(unit)
        if cases_of_item(item.name, (unit,), DAY)
    )
    item = item_records(code, DAY)
    units = {guide.unit for guide in item.guides}
    cases = cases_of_item(item.name, tuple(units), DAY)
    shown = section_of(text_of(visit("item", item=code)), "案件")
    assert cases and all(case.code in shown and case.unit in units for _, case in cases[:5])
    for kind, case in cases[:5]:
        assert f"/case?dataset={kind.dataset}" in shown and kind.title in shown and case.unit in units


@pytest.mark.long
def test_a_ticket_is_of_an_item_whose_name_stands_in_its_request_and_no_unit_sees_anothers(sample_database, become):
    ticket = next(case for case in caseload("tickets", DAY).open)
    assert CASE_KINDS["tickets"].mentions_item
    words = request_of(ticket)
    assert ticket.code in {case.code for _, case in cases_of_item(words, (ticket.unit,), DAY)}
    assert not cases_of_item(words, ("另一个单位",), DAY)
    become(Role.UNIT, next(case.unit for case in caseload("tickets", DAY).open if case.unit != ticket.unit))
    assert not cases_of_item(words, (ticket.unit,), DAY)
