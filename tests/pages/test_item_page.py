"""事项: everything about one item on one page."""

from datetime import date

from services.guides.one_item import item_records
from services.guides.unit_guides import unit_guides
from services.search.search import search
from tests.pages.visiting import section_of, text_of

DAY = date(2023, 8, 22)
UNIT = "区人社局"


def an_item_with_ratings() -> str:
    codes = [item.code for item in search("人社 社会", DAY).items] or [
        standing.item_code for standing in unit_guides(UNIT, DAY).items
    ]
    return next(code for code in codes if item_records(code, DAY).ratings and item_records(code, DAY).months)


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
