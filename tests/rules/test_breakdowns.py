"""Breakdowns: records spread over keys, with sums that tell nothing from nought."""

import pandas as pd

from rules.breakdowns import (
    CLOSED,
    IN_TIME,
    LATE,
    OPEN,
    breakdown,
    case_state,
    count_by,
    due_if_yet_to_come,
    due_while_open,
    month_of,
    plain,
)
from rules.conditions import one_of
from rules.tallies import total


def rows(frame, keys, **more):
    return breakdown("any", "part", keys, **more).rows({"part": frame})


def test_records_are_counted_by_each_combination_of_keys_in_their_order():
    frame = pd.DataFrame({"a": ["乙", "甲", "乙"], "b": [1, 2, 1]})
    assert rows(frame, {"a": "a", "b": "b"}) == [["乙", 1, 2], ["甲", 2, 1]]


def test_a_missing_key_is_a_category_of_its_own():
    assert rows(pd.DataFrame({"a": ["甲", None, None]}), {"a": "a"}) == [["甲", 1], [None, 2]]


def test_a_sum_of_nothing_filled_is_missing_and_not_nought():
    frame = pd.DataFrame({"a": ["甲", "甲", "乙"], "n": pd.array([1, None, None], dtype="Int64")})
    assert rows(frame, {"a": "a"}, sums={"n": total("n")}) == [["乙", 1, None], ["甲", 2, 1]]


def test_only_the_records_among_those_asked_for_count():
    assert rows(pd.DataFrame({"a": ["甲", "乙"]}), {"a": "a"}, among=one_of("a", "甲")) == [["甲", 1]]


def test_no_records_are_no_rows():
    assert rows(pd.DataFrame({"a": pd.Series([], dtype=object)}), {"a": "a"}) == []


def test_yes_no_days_and_whole_numbers_are_kept_as_plain_values():
    assert plain(pd.Series([True, False, None], dtype="boolean")) == ["是", "否", None]
    assert plain(pd.Series(pd.to_datetime(["2023-06-05 10:00", None]))) == ["2023-06-05", None]
    assert plain(pd.Series([2.0, 0.5, None])) == [2, 0.5, None]


def test_a_long_column_is_kept_as_a_short_one_is():
    values = pd.Series(["甲", None, "乙"] * 200, dtype=object)
    assert plain(values) == values.where(values.notna(), None).tolist()


def test_the_due_day_itself_is_in_time_and_what_has_no_due_day_is_neither():
    frame = pd.DataFrame(
        {
            "closed": pd.to_datetime(["2023-06-05 23:59", "2023-06-06 00:00", "2023-06-06 00:00", None]),
            "due": pd.to_datetime(["2023-06-05", "2023-06-05", None, "2023-06-05"]),
        }
    )
    assert case_state("closed", "due")(frame).tolist() == [IN_TIME, LATE, CLOSED, OPEN]
    assert plain(due_while_open("closed", "due")(frame)) == [None, None, None, "2023-06-05"]


def test_of_what_is_closed_a_due_day_is_kept_where_it_comes_after_the_last_month_reported():
    frame = pd.DataFrame(
        {
            "closed": pd.to_datetime(["2023-06-05", "2023-06-05", None]),
            "month": ["2023-06", "2023-05", "2023-06"],
            "due": pd.to_datetime(["2023-06-30", "2023-07-01", "2023-06-01"]),
        }
    )
    assert plain(due_if_yet_to_come("closed", "due")(frame)) == [None, "2023-07-01", "2023-06-01"]
    assert plain(due_if_yet_to_come("closed", "due")(frame.iloc[:0])) == []


def test_the_month_of_a_moment():
    assert plain(month_of("day")(pd.DataFrame({"day": pd.to_datetime(["2023-06-30 23:00", None])}))) == [
        "2023-06",
        None,
    ]


def test_sums_stand_beside_the_count_they_belong_to():
    assert count_by([pd.Series(["甲", "乙", "甲"])], [pd.Series([1, 2, 3]), pd.Series([None, None, 4])]) == [
        ["乙", 1, 2, None],
        ["甲", 2, 4, 4],
    ]
