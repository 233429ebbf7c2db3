"""Folding rows into figures, and reading a figure at a date, on an indicator made for the test."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.definitions import Indicator
from models.figures import NO_FIGURE, Figure
from rules.conditions import on_time, yes
from rules.indicators import add, at, fold, parted, rate, share, sums
from rules.tallies import distinct, records

DAY = date(2023, 7, 10)


def indicator(contributions, denominator="分母", **more):
    return Indicator("made_for_the_test", "试", "分子", denominator, ("part",), contributions, **more)


def table(**columns):
    return {"part": pd.DataFrame(columns)}


def test_a_share_counts_the_records_that_have_it_among_all():
    answers = pd.Series([True, False, None], dtype="boolean")
    assert fold(indicator(share("part", having=yes("online"))), table(online=answers)) == Figure(1, 3)


def test_a_part_that_is_absent_or_none_was_never_reported():
    counted = indicator(share("part", having=yes("online")))
    assert fold(counted, {}) == fold(counted, {"part": None}) == NO_FIGURE


def test_a_sum_takes_a_blank_beside_a_number_as_nothing_but_blanks_alone_as_missing():
    pushed = indicator(sums("part", ("pushed",), "cases"))
    cases = pd.Series([5, 5], dtype="Int64")
    assert fold(pushed, table(pushed=pd.Series([4, None], dtype="Int64"), cases=cases)) == Figure(4, 10)
    assert fold(pushed, table(pushed=pd.Series([None, None], dtype="Int64"), cases=cases)) == NO_FIGURE
    assert fold(pushed, table(pushed=cases, cases=pd.Series([None, None], dtype="Int64"))) == NO_FIGURE


def test_a_count_has_no_denominator():
    assert fold(
        indicator(sums("part", ("water", "heat")), denominator=None), table(water=[1, None], heat=[2, None])
    ) == Figure(3, None)


def test_a_distinct_count_marks_the_first_row_of_each_value():
    frame = pd.DataFrame(
        {"code": ["A", "A", None, "B"], "online": pd.Series([False, True, True, True], dtype="boolean")}
    )
    assert distinct("code")(frame).tolist() == [1, 0, 0, 1]
    assert distinct("code", yes("online"))(frame).tolist() == [0, 1, 0, 1]


def test_rows_of_several_submissions_may_repeat_their_index():
    frame = pd.concat([pd.DataFrame({"code": ["A", "B"]}), pd.DataFrame({"code": ["A", "C"]})])
    assert fold(indicator(parted("part", distinct("code"), records())), {"part": frame}) == Figure(3, 4)


def test_an_indicator_that_sums_kept_figures_is_not_folded_from_rows():
    with pytest.raises(ValueError, match="kept figures"):
        fold(Indicator("made_for_the_test", "试", "分子", "分母", ("part",), figures=("G101",)), table(code=[]))


ON_TIME = indicator(share("part", having=on_time("closed", "due"), due="due"))


def cases(*rows):
    return {
        "part": pd.DataFrame(
            {
                "due": pd.Series([due for due, _ in rows], dtype="datetime64[us]"),
                "closed": pd.Series([closed for _, closed in rows], dtype="datetime64[us]"),
            }
        )
    }


@pytest.mark.parametrize(
    ("as_of", "counted"),
    [
        (DAY - timedelta(days=1), (0, 0)),
        (DAY, (1, 3)),
        (DAY + timedelta(days=1), (1, 3)),
    ],
)
def test_a_record_counts_from_its_due_day_and_is_in_time_up_to_it(as_of, counted):
    figure = fold(ON_TIME, cases((DAY, None), (DAY, DAY), (DAY, DAY + timedelta(days=1))))
    assert at(figure, as_of) == counted


def test_a_record_without_a_due_date_is_never_due():
    assert fold(ON_TIME, cases((None, DAY), (None, None))) == Figure(0, 0, due=())


def test_the_increments_stand_one_a_day_in_order():
    figure = fold(ON_TIME, cases((DAY, DAY), (DAY - timedelta(days=3), None), (DAY, None)))
    assert figure.due == ((DAY - timedelta(days=3), 0, 1), (DAY, 1, 2))


@pytest.mark.long
@given(
    st.lists(st.tuples(st.dates(date(2023, 1, 1), date(2023, 1, 20)), st.dates(date(2023, 1, 1), date(2023, 1, 20)))),
    st.integers(0, 30),
    st.dates(date(2023, 1, 1), date(2023, 1, 20)),
)
def test_any_split_of_the_records_adds_up_at_any_date(rows, cut, as_of):
    def counted(some):
        return at(fold(ON_TIME, cases(*some)), as_of)

    first, second, whole = counted(rows[:cut]), counted(rows[cut:]), counted(rows)
    assert whole == (first[0] + second[0], first[1] + second[1])
    assert whole == (sum(due <= as_of and closed <= due for due, closed in rows), sum(due <= as_of for due, _ in rows))


def test_figures_without_due_days_are_the_same_at_every_date():
    assert at(Figure(3, 4), DAY) == (3, 4)
    assert at(NO_FIGURE, DAY) == (None, None)


def test_kept_figures_add_up_and_one_missing_leaves_none():
    assert add([Figure(3, 4), Figure(0, 0), Figure(1, 2)]) == Figure(4, 6)
    assert add([Figure(3, 4), NO_FIGURE]) == NO_FIGURE
    assert add([]) == NO_FIGURE


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (3, 4, 0.75),
        (0, 4, 0),
        (0, 0, None),
        (None, None, None),
        (None, 4, None),
        (12, None, 12),
    ],
)
def test_a_rate_is_never_made_of_nothing(numerator, denominator, expected):
    assert rate(numerator, denominator) == expected
