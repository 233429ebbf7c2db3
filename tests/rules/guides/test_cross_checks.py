"""Guides against other datasets."""

from typing import Any

import pandas as pd

from rules.guides.cross_checks import (
    NOT_LISTED,
    cases_without_guide,
    guides_not_claimed,
    phones_shared,
    promised_differently,
    walk_ins_of_online_items,
)

ITEM = {
    "unit": "甲局",
    "item_code": "A",
    "item_name": "社保登记",
    "basic_code": "000000000001",
    "promised_days": 5.0,
    "online_depth": "全程网办",
    "phone": "0931-6212345",
}
CASE = {"unit": "甲局", "item_code": "A", "cases": 10, "online_cases": 10}
CLAIM = {"unit": "甲局", "basic_code": "000000000001", "claim": "已认领"}


def frame(base: dict[str, Any], *rows: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([base | row for row in rows], columns=list(base)).convert_dtypes(
        convert_string=False, convert_floating=False
    )


def test_an_item_with_cases_must_stand_in_some_guide_of_the_district() -> None:
    cases = frame(
        CASE, {}, {"item_code": "B", "cases": 3}, {"item_code": "B", "cases": 4}, {"item_code": "C", "cases": 0}
    )
    rows = cases_without_guide(cases, frame(ITEM, {"unit": "乙局"}))
    assert rows.to_dict("records") == [{"unit": "甲局", "item_code": "B", "cases": 7}]


def test_a_guide_is_claimed_only_by_已认领_in_its_own_units_list() -> None:
    claims = frame(
        CLAIM, {}, {"basic_code": "000000000002", "claim": "无需认领"}, {"unit": "乙局", "basic_code": "000000000003"}
    )
    items = frame(
        ITEM, {}, {"item_code": "B", "basic_code": "000000000002"}, {"item_code": "C", "basic_code": "000000000003"}
    )
    rows = guides_not_claimed(items, claims)
    assert list(zip(rows["item_code"], rows["claim"], strict=True)) == [("B", "无需认领"), ("C", NOT_LISTED)]


def test_nothing_is_said_of_units_without_a_list_of_claims_nor_of_items_without_a_code() -> None:
    items = frame(ITEM, {"unit": "乙局"}, {"basic_code": None})
    assert guides_not_claimed(items, frame(CLAIM, {"basic_code": "000000000009"})).empty


def test_a_phone_is_shared_when_many_items_of_different_units_give_it_however_it_is_written() -> None:
    items = frame(
        ITEM,
        *({"item_code": str(n)} for n in range(4)),
        {"unit": "乙局", "item_code": "9", "phone": "（0931）6212345转2"},
    )
    rows = phones_shared(items)
    assert rows.to_dict("records") == [{"phone": "09316212345", "items": 5, "units": ("甲局", "乙局")}]


def test_a_phone_of_one_unit_or_a_hotline_is_not_shared() -> None:
    one_unit = [{"item_code": str(n)} for n in range(9)]
    hotline = [
        {"item_code": f"h{n}", "unit": unit, "phone": "12345"} for n, unit in enumerate(["甲局", "乙局", "丙局"] * 3)
    ]
    assert phones_shared(frame(ITEM, *one_unit, *hotline)).empty


def test_the_same_item_promised_differently_by_units_is_found_by_code_and_by_name_where_the_code_is_blank() -> None:
    items = frame(
        ITEM,
        {},
        {"unit": "乙局", "promised_days": 15.0, "item_name": "社保登记（镇街）"},
        {"basic_code": None, "item_name": "低保"},
        {"unit": "乙局", "basic_code": None, "item_name": "低保", "promised_days": 7.0},
    )
    rows = promised_differently(items)
    assert [(row.item, row.shortest, row.longest) for row in rows.itertuples()] == [
        ("000000000001", 5, 15),
        ("低保", 5, 7),
    ]
    assert rows["units"][0] == (("甲局", 5), ("乙局", 15))


def test_one_unit_may_promise_as_it_likes_and_a_blank_promise_is_none() -> None:
    assert promised_differently(frame(ITEM, {}, {"promised_days": 9.0}, {"unit": "乙局", "promised_days": None})).empty


def test_an_online_item_has_walk_ins_where_cases_exceed_online_cases_over_the_year() -> None:
    cases = frame(
        CASE, {}, {"online_cases": 4}, {"online_cases": None, "cases": 100}, {"item_code": "B", "online_cases": 0}
    )
    walk_ins = walk_ins_of_online_items(frame(ITEM, {}, {"item_code": "B", "online_depth": "网上申报"}), cases)
    assert [(row.item_code, row.cases, row.online_cases, row.walk_ins) for row in walk_ins.itertuples()] == [
        ("A", 20, 14, 6)
    ]


def test_empty_tables_contradict_nothing() -> None:
    items, cases, claims = frame(ITEM), frame(CASE), frame(CLAIM)
    checks = [
        cases_without_guide(cases, items),
        guides_not_claimed(items, claims),
        phones_shared(items),
        promised_differently(items),
        walk_ins_of_online_items(items, cases),
    ]
    assert [len(rows) for rows in checks] == [0] * 5
