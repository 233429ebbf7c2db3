"""What an address asks of a table, and the rows that answer."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.elements.table import Column, Kind, Share, Table
from components.elements.table.selection import choices, groups, in_words, ordered, selected, selection_of
from models.lamps import Lamp


@dataclass(frozen=True)
class Line:
    number: int
    unit: str
    lamp: Lamp
    days: int | None
    share: Share
    due: date | None = None


LINES = [
    Line(1, "区人社局", Lamp.DONE, 3, Share(1, 2)),
    Line(2, "云台街道", Lamp.OVERDUE, None, Share(0, 0)),
    Line(3, "区人社局", Lamp.NOT_REPORTED, 10, Share(2, 3), date(2023, 7, 1)),
    Line(4, "区城管局", Lamp.OVERDUE, 3, Share(None, None), date(2023, 6, 1)),
]
COLUMNS = (
    Column[Line]("unit", "责任单位", lambda line: line.unit, Kind.UNIT, is_filter=True),
    Column[Line]("lamp", "红绿灯", lambda line: line.lamp, Kind.LAMP, is_filter=True),
    Column[Line]("days", "逾期", lambda line: line.days, Kind.NUMBER),
    Column[Line]("share", "办结率", lambda line: line.share, Kind.SHARE),
    Column[Line]("due", "期限", lambda line: line.due, Kind.DAY),
)
TABLE = Table("", "举措", COLUMNS, group_by="unit", has_search=True)


def numbers(**query: list[str]) -> list[int]:
    return [line.number for line in selected(TABLE, LINES, selection_of(TABLE, query))]


def test_without_a_question_every_row_stands_as_it_was_given():
    assert numbers() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("days", [1, 4, 3, 2]),  # equal ones as they stood, the missing one last
        ("-days", [3, 1, 4, 2]),
        ("lamp", [2, 4, 3, 1]),  # from the worst on
        ("-share", [3, 1, 2, 4]),  # a share of nothing has no value
        ("due", [4, 3, 1, 2]),
        ("nothing", [1, 2, 3, 4]),  # a column that there is not
    ],
)
def test_a_column_in_the_address_orders_the_rows_stably_with_the_missing_ones_last(sort, order):
    assert numbers(sort=[sort]) == order


def test_filters_of_one_column_widen_and_of_two_columns_narrow():
    assert numbers(lamp=["逾期"]) == [2, 4]
    assert numbers(lamp=["逾期", "缺报"]) == [2, 3, 4]
    assert numbers(lamp=["逾期"], unit=["区城管局"]) == [4]
    assert numbers(lamp=["梦"]) == []


def test_words_are_found_in_any_order_and_any_column():
    assert numbers(words=["逾期 城管"]) == numbers(words=["城管  逾期"]) == [4]
    assert numbers(words=["2023-07"]) == [3]


def test_a_group_brings_its_rows_together_and_keeps_their_order():
    assert numbers(group=["unit"]) == [1, 3, 2, 4]
    assert [(group.name, group.count) for group in groups(TABLE, LINES)] == [
        ("区人社局", 2),
        ("云台街道", 1),
        ("区城管局", 1),
    ]


def test_a_table_with_a_name_listens_to_its_own_part_of_the_address_only():
    named = Table("cases", "案件", COLUMNS)
    assert selection_of(named, {"sort": ["days"], "cases_sort": ["-lamp"], "lamp": ["逾期"]}).sort == "-lamp"
    assert not selection_of(named, {"lamp": ["逾期"]}).filters


@pytest.mark.parametrize("page", ["0x2", "-1", "²", "99999999999999", "", "一"])
def test_a_page_that_is_no_number_is_the_first(page):
    assert selection_of(TABLE, {"page": [page]}).page == 1


def test_a_filter_offers_what_there_is_in_the_order_of_the_column_with_how_many_rows_it_leaves():
    assert choices(COLUMNS[1], LINES) == {"逾期": 2, "缺报": 1, "已完成": 1}


def test_what_a_column_orders_otherwise_than_it_says_is_offered_in_that_order():
    """Of several rows that say the same the first in that order tells the place."""
    due = {1: 5, 2: 4, 3: 1, 4: 4}
    column = Column[Line]("unit", "责任单位", lambda line: line.unit, order=lambda line: due[line.number])
    assert list(choices(column, LINES).items()) == [("区人社局", 2), ("云台街道", 1), ("区城管局", 1)]


def test_the_filters_read_as_a_sentence():
    selection = selection_of(TABLE, {"lamp": ["逾期", "缺报"], "words": ["城管"]})
    assert in_words(TABLE, selection) == "红绿灯：逾期、缺报；查找：城管"


def test_text_is_ordered_by_the_numbers_in_it_and_by_pinyin():
    text = Column[str]("text", "文字", lambda word: word)
    assert ordered(text, ["1.10", "1.9", "1.2.1"], descending=False) == ["1.2.1", "1.9", "1.10"]
    assert ordered(text, ["张", "", "阿", "李"], descending=False) == ["阿", "李", "张", ""]


ROWS = st.lists(st.tuples(st.one_of(st.none(), st.integers(-5, 5)), st.integers()), max_size=30)


@given(ROWS, st.booleans())
def test_ordering_loses_nothing_is_stable_and_leaves_the_missing_last(rows, descending):
    column = Column("n", "数", lambda row: row[0], Kind.NUMBER)
    result = ordered(column, rows, descending=descending)
    present = [row for row in result if row[0] is not None]
    assert sorted(map(str, result)) == sorted(map(str, rows))
    assert result[len(present) :] == [row for row in rows if row[0] is None]
    values = [row[0] for row in present]
    assert values == sorted(values, reverse=descending)
    for value in set(values):
        assert [row for row in present if row[0] == value] == [row for row in rows if row[0] == value]


VALUES = {
    Kind.UNIT: st.sampled_from(["区人社局", "云台街道", "区城管局", "1.10", "1.9", ""]),
    Kind.LAMP: st.sampled_from(Lamp),
    Kind.NUMBER: st.sampled_from([None, 0, 1, 2.5]),
}


@given(st.data(), st.sampled_from(list(VALUES)), st.booleans())
def test_a_filter_offers_words_in_the_order_of_the_rows_that_say_them_first(data, kind, by_other):
    rows = data.draw(st.lists(st.tuples(VALUES[kind], st.none() | st.integers(0, 3)), max_size=12))
    column = Column[tuple]("any", "", lambda row: row[0], kind, order=(lambda row: row[1]) if by_other else None)
    said = [column.words(row) for row in ordered(column, rows, descending=False)]
    expected = {words: said.count(words) for words in said if words}
    assert list(choices(column, rows).items()) == list(expected.items())
