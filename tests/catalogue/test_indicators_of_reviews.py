"""好差评: each indicator on a small table, worked out by hand."""

from datetime import date

from rules.indicators import at


def test_an_item_is_covered_by_one_rating_that_somebody_gave(shares):
    reviews = [
        {"item_code": "A", "item_name": "甲", "channel": "二维码"},
        {"item_code": "A", "item_name": "甲", "channel": "短信"},
        {"item_code": "B", "item_name": "乙", "channel": "系统默认"},
        {"item_code": "C", "item_name": "丙", "channel": "电脑端"},
    ]
    months = [
        {"item_code": "A", "cases": 3},
        {"item_code": "A", "cases": 2},
        {"item_code": "B", "cases": 1},
        {"item_code": "D", "cases": 0},
    ]
    assert shares("item_rating_coverage", reviews=reviews, monthly_cases=months) == (2, 2)


def test_a_blank_code_is_that_of_the_same_name_elsewhere_else_the_name(shares):
    reviews = [
        {"item_code": None, "item_name": "甲", "channel": "二维码"},
        {"item_code": "A", "item_name": "甲", "channel": "系统默认"},
        {"item_code": "A", "item_name": "甲（旧称）", "channel": "短信"},
        {"item_code": None, "item_name": "乙", "channel": "二维码"},
        {"item_code": None, "item_name": "乙", "channel": "短信"},
    ]
    assert shares("item_rating_coverage", reviews=reviews, monthly_cases=[]) == (2, 0)


def test_the_active_rate_counts_a_case_once_and_no_default(shares):
    reviews = [
        {"case_code": "1", "round": 1, "item_name": "甲", "channel": "二维码"},
        {"case_code": "1", "round": 2, "item_name": "甲", "channel": "短信"},
        {"case_code": "2", "item_name": "甲", "channel": "系统默认"},
        {"case_code": "3", "item_name": "甲", "channel": "大厅平板"},
    ]
    months = [{"item_code": "A", "closed_cases": 3}, {"item_code": "B", "closed_cases": 2}]
    assert shares("active_rating_rate", reviews=reviews, monthly_cases=months) == (2, 5)
    assert shares("rating_rate_with_defaults", reviews=reviews, monthly_cases=months) == (3, 5)


def test_named_bad_ratings_are_called_back_and_mistaken_ones_left_out(shares):
    ledger = [
        {"named": True, "called_back": True},
        {"named": True, "called_back": False, "mistaken": False},
        {"named": True, "called_back": True, "mistaken": True},
        {"named": False, "called_back": True},
    ]
    assert shares("bad_review_callback_rate", bad_reviews=ledger) == (1, 2)


BAD_REVIEWS = [
    {"substantiated": True, "due_on": "2023-07-10", "rectified_at": "2023-07-10"},
    {"substantiated": True, "due_on": "2023-07-10", "rectified_at": None},
    {"substantiated": True, "due_on": "2023-07-12", "rectified_at": "2023-07-13"},
    {"substantiated": True, "due_on": "2023-07-12", "rectified_at": "2023-07-01", "mistaken": True},
    {"substantiated": None, "due_on": "2023-07-12", "rectified_at": "2023-07-01"},
    {"substantiated": True, "due_on": None, "rectified_at": "2023-07-01"},
]


def test_true_bad_ratings_count_from_their_due_day_and_are_in_time_on_it(figure_of):
    figure = figure_of("bad_review_on_time_rate", bad_reviews=BAD_REVIEWS)
    assert figure.due == ((date(2023, 7, 10), 1, 2), (date(2023, 7, 12), 0, 1))
    assert at(figure, date(2023, 7, 9)) == (0, 0)
    assert at(figure, date(2023, 7, 10)) == (1, 2)
    assert at(figure, date(2023, 7, 12)) == (1, 3)
