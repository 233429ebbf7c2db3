"""What a progress report says that a person should be asked about."""

from rules.intake.doubtful_progress import ProgressSaid, steps_back, unfinished_completions, unproved_completions

UNIT = "青石镇"
DONE = ProgressSaid(UNIT, "2.4.1", "已完成", 100)
RUNNING = ProgressSaid(UNIT, "2.4.1", "推进中", 60)


def test_completed_with_forty_per_cent_is_asked() -> None:
    rows = [ProgressSaid(UNIT, "1", "已完成", 40), ProgressSaid(UNIT, "2", "已完成", None), DONE, RUNNING]
    assert [row.measure for row in unfinished_completions(rows)] == ["1"]


def test_completed_without_any_evidence_is_asked() -> None:
    rows = [DONE, ProgressSaid(UNIT, "1.2.2", "已完成", 100), RUNNING]
    assert [row.measure for row in unproved_completions(rows, {(UNIT, "2.4.1")})] == ["1.2.2"]


def test_a_workbook_that_says_running_of_what_was_reported_done_takes_it_back() -> None:
    assert steps_back([RUNNING], {(UNIT, "2.4.1"): DONE}) == [DONE]


def test_a_workbook_that_leaves_out_what_was_reported_on_screen_takes_it_back() -> None:
    on_screen = ProgressSaid(UNIT, "7.1.2", "推进中", 30, on_screen=True)
    assert steps_back([DONE], {(UNIT, "7.1.2"): on_screen}) == [on_screen]


def test_a_step_forward_and_another_units_rows_are_not_taken_back() -> None:
    others = ProgressSaid("白水镇", "2.4.1", "已完成", 100)
    assert steps_back([DONE], {(UNIT, "2.4.1"): RUNNING, ("白水镇", "2.4.1"): others}) == []
