"""The months that a workbook is of: several sheets, later rows, last month's file."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.intake.workbook_months import earlier_months, later_rows, several_months, tables_of_month

MONTHS = st.sampled_from(["2023-06", "2023-07", "2023-08", None])


def days(*texts: str | None) -> pd.Series:
    return pd.Series(pd.to_datetime(list(texts)))


def test_sheets_of_june_july_and_august_are_three_months() -> None:
    assert several_months(["2023-08", "2023-06", None, "2023-07", "2023-06"]) == ("2023-06", "2023-07", "2023-08")


def test_a_workbook_of_one_month_is_not_of_several() -> None:
    assert several_months(["2023-08", None]) == () == several_months([])


def test_of_several_months_only_the_sheets_of_the_chosen_one_are_taken() -> None:
    assert tables_of_month(["2023-06", "2023-07", None], "2023-07") == [False, True, True]


def test_a_title_that_names_another_month_is_no_reason_to_leave_the_only_sheet_out() -> None:
    assert tables_of_month(["2023-06"], "2023-07") == [True]


@given(st.lists(MONTHS, max_size=6), MONTHS)
def test_a_table_is_left_out_only_where_another_month_is_chosen(stated: list[str | None], month: str | None) -> None:
    left_out = [
        month_stated for month_stated, taken in zip(stated, tables_of_month(stated, month), strict=True) if not taken
    ]
    assert month is not None or not left_out
    assert all(month_stated not in (None, month) for month_stated in left_out)


def test_a_row_of_a_later_month_than_the_one_reported_is_wrong_and_an_earlier_one_may_stay() -> None:
    assert later_rows(days("2023-06-30", "2023-07-31", "2023-08-01", None), "2023-07").tolist() == [
        False,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("times", "months"),
    [
        (("2023-07-03", "2023-07-08"), ("2023-07",)),
        (("2023-07-03", None), ("2023-07",)),
        (("2023-06-03", "2023-07-08"), ("2023-06", "2023-07")),
        (("2023-07-03", "2023-08-01"), ()),
        (("2023-07-03", "2023-09-01"), ()),
        (("2023-08-03",), ()),
        ((None,), ()),
        ((), ()),
    ],
)
def test_it_is_an_earlier_months_file_where_no_row_is_of_the_month_reported(
    times: tuple[str | None, ...], months: tuple[str, ...]
) -> None:
    assert earlier_months(days(*times), "2023-08") == months
