"""The indicators over 办事指南, 月度办件统计 and 事项认领情况: each on a small table, worked out by hand."""

import pytest

from catalogue.indicators.coverage import ELEMENTS

CODE = "11330100MB1234567X3000111003000"


def test_three_distinct_keywords_are_enough(shares):
    texts = [
        "社保、参保、医保",
        "社保,参保，医保；养老;工伤",
        "社保 参保\n医保",
        "社保、社保、参保",
        "社保、参保、",
        None,
    ]
    assert shares("keyword_coverage", 事项=[{"keywords": text} for text in texts]) == (3, 6)


def test_the_promised_cut_is_the_mean_over_items_with_both_times(shares):
    items = [
        {"statutory_days": 20, "promised_days": 5},
        {"statutory_days": 10, "promised_days": 0},
        {"statutory_days": 10, "promised_days": 12},
        {"statutory_days": 0, "promised_days": 0},
        {"statutory_days": 20, "promised_days": None},
        {"statutory_days": None, "promised_days": 3},
    ]
    assert shares("promised_time_cut", 事项=items) == (pytest.approx(0.75 + 1 - 0.2), 3)


def test_a_cut_by_exactly_two_thirds_is_two_thirds(shares):
    assert shares("promised_time_cut", 事项=[{"statutory_days": 30, "promised_days": 10}]) == (2 / 3, 1)


def test_an_item_without_its_visits_is_in_neither(shares):
    assert shares("zero_visit_share", 事项=[{"visits": 0}, {"visits": 1}, {"visits": None}]) == (1, 2)
    assert shares("zero_visit_share", 事项=[{"visits": None}]) == (0, 0)


def test_on_the_spot_is_a_share_of_all_items(shares):
    items = [{"case_type": "即办件"}, {"case_type": "承诺件"}, {"case_type": None}]
    assert shares("on_the_spot_share", 事项=items) == (1, 3)


def test_a_special_item_is_left_out_only_with_a_reason(shares):
    items = [
        {"online": True},
        {"online": False},
        {"online": None},
        {"online": True, "special": True, "special_reason": "涉密"},
        {"online": False, "special": True, "special_reason": "涉密"},
        {"online": False, "special": True},
        {"online": True, "special": False, "special_reason": "涉密"},
    ]
    assert shares("online_available_rate", 事项=items) == (2, 5)


def test_the_whole_process_online_of_all_items_and_of_licences(shares):
    items = [
        {"online_depth": "全程网办", "item_type": "行政许可"},
        {"online_depth": "网上预审", "item_type": "行政许可"},
        {"online_depth": "全程网办", "item_type": "公共服务"},
        {"online_depth": None, "item_type": None},
    ]
    assert shares("whole_process_online_rate", 事项=items) == (2, 4)
    assert shares("licence_whole_process_online_rate", 事项=items) == (1, 2)


@pytest.mark.parametrize(
    ("item", "passes"),
    [
        ({"item_code": CODE}, 1),
        ({"item_code": CODE, "_code_shared": False}, 1),
        ({"item_code": CODE, "_code_shared": True}, 0),
        ({"item_code": CODE[:-1]}, 0),
        ({"item_code": CODE + "0"}, 0),
        ({"item_code": CODE[:18] + "A" + CODE[19:]}, 0),
        ({"item_code": CODE[:-1] + "-"}, 0),
        ({"item_code": None}, 0),
    ],
)
def test_a_code_counts_when_well_formed_and_unique_in_the_district(shares, item, passes):
    assert shares("well_formed_code_rate", 事项=[item]) == (passes, 1)


def test_pushed_and_linked_cases_are_sums_over_the_months(shares):
    months = [
        {"cases": 10, "pushed_cases": 8, "linked_cases": 10},
        {"cases": 5, "pushed_cases": None, "linked_cases": 4},
    ]
    assert shares("case_push_rate", monthly_cases=months) == (8, 15)
    assert shares("case_item_link_rate", monthly_cases=months) == (14, 15)


def test_a_column_that_nobody_filled_has_no_figure_and_a_zero_is_one(shares):
    assert shares("case_push_rate", monthly_cases=[{"cases": 10}, {"cases": 5}]) == (None, None)
    assert shares("case_push_rate", monthly_cases=[{"cases": 10, "pushed_cases": 0}]) == (0, 10)
    assert shares("licence_calls", monthly_cases=[{"licence_calls": None}]) == (None, None)
    assert shares("licence_calls", monthly_cases=[{"licence_calls": 2}, {"licence_calls": 3}]) == (5, None)


def test_the_hall_and_the_same_source_are_shares_of_all_items(shares):
    items = [{"in_hall": True, "same_source": False}, {"in_hall": False, "same_source": True}, {"same_source": True}]
    assert shares("hall_presence_rate", 事项=items) == (1, 3)
    assert shares("same_source_rate", 事项=items) == (2, 3)


def test_items_by_the_range_they_can_be_handled_in(shares):
    items = [{"cross_region": reach} for reach in ("跨省", "省内", "省内", "全市", "无", None)]
    assert shares("cross_province_items", 事项=items) == (1, None)
    assert shares("within_province_items", 事项=items) == (2, None)
    assert shares("within_city_items", 事项=items) == (1, None)


def test_a_claimed_code_is_published_when_a_published_guide_bears_it(shares):
    claims = [
        {"basic_code": "000111003000", "claim": "已认领"},
        {"basic_code": "000111003001", "claim": "已认领"},
        {"basic_code": "000111003002", "claim": "已认领"},
        {"basic_code": "000111003003", "claim": "无需认领"},
    ]
    items = [
        {"item_code": CODE, "published": True},
        {"item_code": "短码", "basic_code": "000111003001", "published": None},
        {"item_code": CODE[:19] + "000111003002", "basic_code": "000111009999", "published": True},
        {"item_code": "短码二", "basic_code": "000111003003", "published": True},
    ]
    assert shares("guide_publication_rate", catalogue_claims=claims, 事项=items) == (1, 3)


def test_a_guide_with_a_short_code_and_no_basic_code_bears_none(shares):
    claims = [{"basic_code": "000111003000", "claim": "已认领"}]
    items = [{"item_code": "X000111003000", "published": True}]
    assert shares("guide_publication_rate", catalogue_claims=claims, 事项=items) == (0, 1)


def test_what_need_not_be_claimed_counts_as_claimed(shares):
    claims = [{"claim": "已认领"}, {"claim": "无需认领"}, {"claim": "未认领"}, {"claim": "未认领"}]
    assert shares("item_claim_rate", catalogue_claims=claims) == (2, 4)


def test_elements_are_complete_when_no_compulsory_or_demanded_column_is_blank(shares, records_of):
    whole = {
        "item_code": CODE,
        "item_name": "甲",
        "item_type": "公共服务",
        "unit": "区人社局",
        "case_type": "即办件",
        "statutory_days": 0,
        "promised_days": 0,
        "online": False,
        "address": "某路1号",
        "office_hours": "工作日",
        "phone": "12345",
        "complaint_phone": "12345",
    }
    assert set(ELEMENTS) == set(whole)
    rows = [whole, *({**whole, name: None} for name in ELEMENTS)]
    assert shares("element_completeness_rate", 事项=rows) == (1, 13)
