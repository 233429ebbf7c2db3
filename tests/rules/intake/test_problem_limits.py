"""However many problems a file has, a bounded number is kept and the true number is told."""

from models.validation import Problem, ValidationReport
from rules.intake.problem_limits import LEAST_OF_A_KIND, MOST_OF_A_KIND, within_limits


def wrong(row: int, column: str = "A", code: str = "not-a-date") -> Problem:
    return Problem("表", row, column, "受理时间", code, "error", "尽快", "不是有效日期。")


def test_problems_of_one_kind_are_kept_up_to_a_number_and_all_are_counted() -> None:
    limited = within_limits(wrong(row) for row in range(1, MOST_OF_A_KIND + 11))
    report = ValidationReport("表.xlsx", "", problems=limited.in_order(["表"]), unlisted=limited.unlisted)
    assert len(report.problems) == MOST_OF_A_KIND and report.errors == MOST_OF_A_KIND + 10


def test_when_very_many_are_kept_each_other_kind_still_keeps_some() -> None:
    columns = [wrong(row, column) for column in "BCDEF" for row in range(1, MOST_OF_A_KIND + 1)]
    limited = within_limits([*columns, *(wrong(row, "Z", "duplicate-key") for row in range(1, 5_001))])
    assert sum(problem.code == "duplicate-key" for problem in limited.in_order(["表"])) == LEAST_OF_A_KIND
    assert limited.unlisted == {("duplicate-key", "error"): 5_000 - LEAST_OF_A_KIND}


def test_of_two_problems_at_one_cell_the_first_is_kept() -> None:
    first, second = wrong(2), wrong(2, code="duplicate-key")
    assert within_limits([first, second]).in_order(["表"]) == (first,)


def test_an_error_is_kept_before_a_warning_at_the_same_cell() -> None:
    warning, error = wrong(2, code="other-month")._replace(severity="warning"), wrong(2, code="duplicate-key")
    assert (
        within_limits([warning, error]).in_order(["表"]) == within_limits([error, warning]).in_order(["表"]) == (error,)
    )


def test_errors_that_are_not_listed_leave_their_rows_and_forbid_acceptance() -> None:
    limited = within_limits(
        [*(wrong(row, "A") for row in range(1, MOST_OF_A_KIND + 3)), *[wrong(MOST_OF_A_KIND + 3)] * 5]
    )
    assert {place: list(rows) for place, rows in limited.unlisted_rows.items()} == {
        ("表", "受理时间"): [MOST_OF_A_KIND + 1, MOST_OF_A_KIND + 2, MOST_OF_A_KIND + 3]
    }
    assert not ValidationReport("表.xlsx", "", dataset="hotline_tickets", unlisted=limited.unlisted).accepted


def test_whole_columns_come_before_cells_and_cells_in_the_order_of_the_file() -> None:
    column = Problem("表", None, "C", "单位", "missing-column", "error", None, "缺列。")
    problems = within_limits([wrong(3), wrong(2, "AA"), wrong(2, "B"), column]).in_order(["表"])
    assert [(problem.row, problem.column) for problem in problems] == [(None, "C"), (2, "B"), (2, "AA"), (3, "A")]
