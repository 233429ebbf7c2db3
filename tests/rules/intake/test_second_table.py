"""A sheet holds one table: what stands above or below it is told, and neither read as its rows nor left out."""

import pytest

from catalogue.datasets import DATASETS
from tests.rules.intake.workbooks_by_hand import errors, problems_in, read

CALLS = ["日期", "呼入量", "接通量", "15秒内接通量", "夜间接通量"]
FIRST, SECOND = ["2023-05-01", 100, 90, 80, 5], ["2023-05-02", 110, 95, 85, 6]
REVIEWS = ["办件编号", "事项名称", "责任单位", "评价渠道", "满意度", "评价时间"]
REVIEW = ["D1", "社保登记", "区人社局", "二维码", "满意", "2023-05-03 09:00"]
BAD_REVIEWS = [
    "差评编号",
    "办件编号",
    "事项名称",
    "责任单位",
    "差评时间",
    "差评内容",
    "是否实名",
    "是否回访",
    "是否属实",
]
BAD_REVIEW = ["C1", "D3", "社保登记", "区人社局", "2023-05-05", "慢", "否", "否", "否"]


def _days(result) -> list[int]:
    return [day.day for day in result.frames["hotline_calls"]["day"]]


def _dropped(result) -> list[int]:
    return [row.row for row in result.sheets[0].dropped_rows]


@pytest.mark.parametrize("between", [[], [[]], [["下旬"]], [[], ["二、下旬"]]])
def test_the_same_columns_headed_again_under_another_title_go_on(between: list[list[str]]) -> None:
    result = read([CALLS, FIRST, *between, CALLS, SECOND], "hotline_calls")
    assert (problems_in(result), _days(result)) == ([], [1, 2])


def test_the_same_columns_headed_again_by_their_synonyms_go_on() -> None:
    again = [DATASETS["hotline_calls"].main.field("calls").aliases[0] if name == "呼入量" else name for name in CALLS]
    result = read([CALLS, FIRST, again, SECOND], "hotline_calls")
    assert (problems_in(result), _days(result)) == ([], [1, 2])


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        (["日期", "接通量", "呼入量", "15秒内接通量", "夜间接通量"], ["2023-05-02", 95, 110, 85, 6]),
        (["", *CALLS], ["", *SECOND]),
        (BAD_REVIEWS, BAD_REVIEW),
    ],
    ids=["in another order", "further to the right", "of another dataset"],
)
@pytest.mark.parametrize("between", [[], [[], ["下半月"]]])
def test_a_table_with_other_columns_below_is_one_error_and_none_of_its_rows_is_read(headings, row, between) -> None:
    known = frozenset(BAD_REVIEWS)
    result = read([CALLS, FIRST, *between, headings, row], "hotline_calls", month="2023-05", headings=known)
    assert (errors(result), _days(result)) == ([(None, "second-table")], [1])
    assert _dropped(result) == [number for number in range(3, 5 + len(between)) if number > 2 + ([] in between)]


def test_a_small_count_below_a_gap_is_one_error_though_nobody_knows_its_columns() -> None:
    result = read([CALLS, FIRST, [], ["承办单位", "数量"], ["区人社局", 12], ["区民政局", 8]], "hotline_calls")
    [problem] = [problem for problem in result.problems if problem.severity == "error"]
    assert (problem.code, _days(result)) == ("second-table", [1])
    assert problem.message.startswith("第 4 行（承办单位、数量）")


def test_a_table_above_is_told_and_not_left_out_in_silence() -> None:
    result = read([REVIEWS, REVIEW, [], ["差评台账"], BAD_REVIEWS, BAD_REVIEW])
    [problem] = [problem for problem in result.problems if problem.severity == "error"]
    assert problem.code == "second-table" and problem.message.startswith("第 1 行（办件编号、")


def test_a_table_above_is_told_where_the_dataset_was_chosen_by_hand_too() -> None:
    rows = [REVIEWS, REVIEW, [], BAD_REVIEWS, BAD_REVIEW]
    assert (None, "second-table") in errors(read(rows, "bad_reviews", headings=frozenset(REVIEWS)))


def test_titles_and_what_is_filled_in_above_a_table_are_no_table() -> None:
    above = [["12345热线话务日报"], ["责任单位", "三维数字中心", "联系电话", "0360-5550012", "日期", "2023-05-31"]]
    assert problems_in(read([*above, CALLS, FIRST, SECOND], "hotline_calls", month="2023-05")) == []


def test_a_record_with_a_word_where_a_day_should_stand_is_a_wrong_cell_and_no_table() -> None:
    row = ["T2", "不详", "投诉", "区民政局", "", "", ""]
    headings = ["工单编号", "受理时间", "工单类型", "责任单位", "办理时限", "办结时间", "是否解决"]
    first = ["T1", "2023-05-02", "投诉", "区民政局", "2023-05-09", "", "否"]
    result = read([headings, first, [], row, first[:1] + first[1:]], "hotline_tickets", month="2023-05")
    assert ("B4", "not-a-date") in errors(result) and (None, "second-table") not in errors(result)
