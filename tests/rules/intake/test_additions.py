"""A unit adds to the bureau's list of problems when and how it mended them, and nothing else."""

import pandas as pd

from catalogue.datasets import DATASETS
from rules.intake.additions import unaddable, with_additions

PROBLEMS = DATASETS["assessment_problems"]
NAMES = ["unit_id", "problem_code", "problem", "found_on", "rectified_on", "note"]


def table(*rows: tuple[object, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=NAMES).astype({"note": object, "problem": object})
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in ("found_on", "rectified_on")})


LIST = table(
    (1, "W1", "地址不准确", "2023-06-20", None, None),
    (1, "W2", "可办率偏低", "2023-06-20", "2023-07-01", "管理局已复核"),
    (2, "W1", "电话不通", "2023-06-21", None, None),
)


def test_a_blank_cell_of_the_list_takes_what_the_unit_added() -> None:
    added = table((1, "W1", None, None, "2023-08-10", "已修改门牌号"))
    additions = with_additions(PROBLEMS, LIST, added)
    assert additions.loc[0, ["rectified_on", "note"]].tolist() == [pd.Timestamp("2023-08-10"), "已修改门牌号"]
    assert additions.loc[2, "note"] is None and additions.drop(0).equals(LIST.drop(0))


def test_what_the_bureau_wrote_stands_against_what_the_unit_adds() -> None:
    additions = with_additions(PROBLEMS, LIST, table((1, "W2", None, None, "2023-08-10", "又改")))
    assert additions.equals(LIST)


def test_the_last_addition_stands() -> None:
    first, last = (
        table((1, "W1", None, None, day, text)) for day, text in (("2023-08-01", "一"), ("2023-08-09", "二"))
    )
    additions = with_additions(PROBLEMS, LIST, pd.concat([first, last], ignore_index=True))
    assert additions.loc[0, "note"] == "二"


def test_a_problem_that_is_not_in_the_list_cannot_be_added() -> None:
    own = table((1, "W9", "自己加的", "2023-06-20", None, None))
    assert [
        (addition.record, addition.field.label, addition.listed) for addition in unaddable(PROBLEMS, own, LIST[:2])
    ] == [(0, "问题编号", None)]


def test_a_unit_that_words_a_problem_otherwise_is_told_what_the_list_says() -> None:
    own = table((1, "W1", "小问题", "2023-06-20", "2023-08-10", "已改"))
    assert [(addition.field.label, addition.listed) for addition in unaddable(PROBLEMS, own, LIST[:2])] == [
        ("问题描述", "地址不准确")
    ]
