"""Thousands of equal problems told as one."""

from models.validation import Problem
from rules.intake.alike import alike, mistakes


def wrong(
    row: int | None, value: str | None, column: str | None = "G", code: str = "not-a-choice", severity: str = "error"
) -> Problem:
    return Problem("表", row, column, "满意度", code, severity, value, f"第 {row} 行有误。")


def counted(*problems: Problem) -> list[tuple[str | None, str | None, int]]:
    return [(kind.first.cell, kind.first.value, kind.number) for kind in alike(problems)]


def test_equal_values_of_a_column_are_told_once_with_their_number_and_the_first_cell():
    rows = [wrong(row, "还行") for row in range(5, 3005)]
    assert counted(wrong(4, "不错"), *rows, wrong(9000, "不错")) == [("G5", "还行", 3000), ("G4", "不错", 2)]


def test_another_column_another_mistake_and_another_value_are_kinds_of_their_own():
    assert (
        len(counted(wrong(2, "x"), wrong(2, "x", "H"), wrong(3, "x", code="not-a-date"), wrong(3, "y"), wrong(4, None)))
        == 5
    )


def test_errors_stand_before_warnings_however_many_and_whole_columns_before_both():
    warnings = [wrong(row, "7月", severity="warning") for row in range(2, 99)]
    column = wrong(None, None, code="duplicate-column", severity="warning")
    assert counted(*warnings, wrong(5, "还行"), column) == [(None, None, 1), ("G5", "还行", 1), ("G2", "7月", 97)]


def test_values_with_one_mistake_in_one_column_are_one_mistake_the_most_frequent_value_first():
    rows = [wrong(2, "不错"), *(wrong(row, "还行") for row in range(3, 9)), wrong(9, "x", "H")]
    several, single = mistakes(rows)
    assert (several.number, several.first.cell) == (7, "G3")
    assert [value.first.value for value in several.values] == ["还行", "不错"]
    assert (single.number, single.first.cell) == (1, "H9")


def test_what_is_wrong_with_whole_columns_is_a_mistake_each():
    columns = [wrong(None, None, None, "missing-column")._replace(field=name) for name in ("编号", "日期")]
    assert [kind.first.field for kind in mistakes([wrong(2, "x"), *columns])] == ["编号", "日期", "满意度"]
