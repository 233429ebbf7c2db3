"""What was read otherwise than typed: every normalisation beside what was typed, and nothing that says the very
same.
"""

import datetime as dt

from catalogue.datasets import DATASETS
from models.cells import SheetCells
from rules.intake import IntakeContext, understand
from rules.intake.normalised_values import MOST, NormalisedColumn, normalised_columns
from tests.rules.intake.workbooks_by_hand import UNITS, Percent, sheet, workbook

REVIEWS = ["办件编号", "事项名称", "责任单位", "评价渠道", "满意度", "评价时间", "评价次数", "是否实名", "评价内容"]
RIGHT = ["A1", "社保卡申领", "区人社局", "二维码", "满意", "2023-06-03 10:20", "1", "是", None]


def columns_of(cells: SheetCells, dataset: str, mended: set[tuple[int, str]] = frozenset()) -> list[NormalisedColumn]:
    (reading,) = understand(
        workbook(cells), [DATASETS[dataset]], IntakeContext(units=UNITS, file_name="表.xlsx")
    ).sheets
    letters = {column.name: column.column for column in reading.columns}
    return normalised_columns(
        cells, DATASETS[dataset].part(reading.part), letters, reading.records, max(reading.header_rows), mended
    )


def otherwise(
    rows: list[list[object]], dataset: str = "reviews", headings: list[str] = REVIEWS, **more: object
) -> list[tuple[str, str, str, int]]:
    """(first cell, typed, read, cells)"""
    return [
        (f"{column.column}{cell.row}", cell.typed, cell.read, cell.number)
        for column in columns_of(sheet([headings, *rows], **more), dataset)
        for cell in column.most
    ]


def with_(**typed: object) -> list[object]:
    return [typed.get(heading, value) for heading, value in zip(REVIEWS, RIGHT, strict=True)]


def test_what_was_read_as_typed_is_not_told() -> None:
    at = dt.datetime(2023, 6, 3, 10, 20)
    same = [
        with_(评价时间=at),
        with_(办件编号="A2", 评价时间="2023-06-03 10:20:00"),
        with_(办件编号="A3", 评价时间=dt.date(2023, 6, 3)),
    ]
    assert otherwise(same) == []


def test_every_normalisation_stands_beside_what_was_typed_with_its_number_and_first_cell() -> None:
    rows = [
        with_(办件编号="Ａ１", 责任单位="人社局", 评价时间="2023年6月3日", 是否实名="√"),
        with_(办件编号="A2", 责任单位="人社局", 评价时间="2023/6/3 9:05", 评价次数=None, 评价内容=" 很好 "),
        with_(办件编号="A3", 满意度="5", 评价时间="2023.6.4", 评价次数="2 次", 评价内容="无"),
    ]
    columns = otherwise(rows)
    assert {(cell, typed, number) for cell, typed, _, number in columns} >= {("C2", "人社局", 2), ("G3", "", 1)}
    assert {(typed, read) for _, typed, read, _ in columns} == {
        ("Ａ１", "A1"),
        ("人社局", "区人社局"),
        ("5", "非常满意"),
        ("2023年6月3日", "2023-06-03"),
        ("2023/6/3 9:05", "2023-06-03 09:05"),
        ("2023.6.4", "2023-06-04"),
        ("", "1"),
        ("2 次", "2"),
        ("√", "是"),
        (" 很好 ", "很好"),
        ("无", ""),
    }


def test_numbers_with_units_commas_shares_and_days_are_told() -> None:
    cases = ["实施编码", "责任单位", "办件量", "网上办件量", "办结量"]
    assert otherwise([["A1", "区人社局", "1,234 件", "５", Percent("85")]], "monthly_cases", cases) == [
        ("C2", "1,234 件", "1234", 1),
        ("D2", "５", "5", 1),
        ("E2", "85%", "85", 1),
    ]
    steps = {"实施编码": "A1", "事项名称": "登记", "责任单位": "区人社局"}
    columns = otherwise(
        [[*steps.values(), "5", "5个工作日"], ["A2", "登记", "区人社局", "当场办结", "５日"]],
        "guides",
        [*steps, "法定办结时限", "承诺办结时限"],
    )
    assert [(typed, read) for _, typed, read, _ in columns] == [("当场办结", "0个工作日"), ("５日", "5个工作日")]


def test_wrong_cells_and_those_mended_on_screen_are_told_elsewhere() -> None:
    wrong = with_(满意度="还行", 评价时间="不知道", 责任单位="无", 评价次数="好几次")
    assert [column[0] for column in otherwise([wrong])] == []
    cells = sheet([REVIEWS, with_(责任单位="人社局")])
    assert columns_of(cells, "reviews", {(2, "C")}) == [] and len(columns_of(cells, "reviews", {(2, "A")})) == 1


def test_a_merged_cell_counts_for_every_row_it_covers_and_rows_are_those_of_the_file() -> None:
    rows = [
        with_(办件编号="A1", 责任单位="人社局"),
        with_(办件编号="A2", 责任单位=None),
        with_(办件编号="A3", 责任单位=None),
    ]
    assert otherwise(rows, first_row=4, merged=((5, 3, 7, 3),)) == [("C5", "人社局", "区人社局", 3)]


def test_more_kinds_than_are_shown_are_counted_and_the_most_frequent_shown_first() -> None:
    rows = [with_(办件编号=f"A{number}", 评价内容=f" {number // 2}") for number in range(600)]
    rows[599] = with_(办件编号="A599", 评价内容=" 298")
    (column,) = columns_of(sheet([REVIEWS, *rows]), "reviews")
    assert (column.kinds, column.cells, len(column.most), column.most[0].typed, column.most[0].number) == (
        300,
        600,
        MOST,
        " 298",
        3,
    )
