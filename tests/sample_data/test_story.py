"""The sample district as the board shows it at 2023-08-22: every kind of lamp, and who stands where."""

from collections.abc import Callable, Iterable
from datetime import date

import pytest

from models.lamps import Lamp, MeasureLamp, Scorecard
from models.people import Role
from sample_data.story import PERFECT, SILENT, ZERO
from services.board.scorecard import assess
from services.guides.manual_checks import questions
from services.intake.submissions import recent_submissions, submission_details
from services.milestones.evidence import evidence_as_of, evidence_content
from services.reporting.exemptions import exemptions_as_of

OPENS = date(2023, 8, 22)


@pytest.fixture
def board(sample_database: str) -> Scorecard:
    return assess(OPENS)


def lamps(rows: Iterable[MeasureLamp]) -> set[Lamp]:
    return {row.lamp for row in rows}


def test_the_board_shows_every_kind_of_lamp(board: Scorecard) -> None:
    assert lamps(board.lamps) == set(Lamp)


def test_the_tasks_with_defects_stand_in_doubt(board: Scorecard) -> None:
    assert {task: lamps(board.select(task=task)) for task in ("2.1", "5.1", "8.1", "8.5")} == dict.fromkeys(
        ("2.1", "5.1", "8.1", "8.5"), {Lamp.DOUBT}
    )


def test_of_two_increases_the_one_with_a_baseline_is_judged(board: Scorecard) -> None:
    assert (lamps(board.select(measure="8.2.1")), lamps(board.select(measure="8.6.1"))) == ({Lamp.DONE}, {Lamp.DOUBT})


@pytest.mark.parametrize("unit", PERFECT)
def test_the_best_units_have_every_guide_right(board: Scorecard, unit: str) -> None:
    assert lamps(board.select(area="guide_accuracy", unit=unit)) == {Lamp.DONE}


@pytest.mark.parametrize("unit", SILENT)
def test_the_silent_have_reported_nothing(board: Scorecard, unit: str) -> None:
    assert lamps(board.select(unit=unit)) == {Lamp.NOT_REPORTED, Lamp.OVERDUE, Lamp.DOUBT}


@pytest.mark.parametrize("unit", ZERO)
def test_zero_reports_leave_nothing_to_judge(board: Scorecard, unit: str) -> None:
    assert lamps(board.select(area="guide_accuracy", unit=unit)) == {Lamp.NOT_APPLICABLE}


def test_a_better_guide_list_turns_lamps_in_august(sample_database: str) -> None:
    before, after = (assess(day, unit="区住建局", task="5.3") for day in (date(2023, 7, 31), OPENS))
    assert (lamps(before.lamps), lamps(after.lamps)) == ({Lamp.ON_TRACK}, {Lamp.DONE})


def waiting_with_evidence(board: Scorecard) -> set[tuple[str | None, str]]:
    attached = {(file.unit, file.measure) for file in evidence_as_of(OPENS)}
    return {(row.unit, row.measure) for row in board.lamps if row.lamp is Lamp.TO_VERIFY} & attached


def test_some_that_wait_to_be_verified_have_evidence_to_look_at(board: Scorecard) -> None:
    assert len(waiting_with_evidence(board)) >= 5


def test_the_screenshot_without_a_date_was_returned_taken_back_and_sent_again(sample_database: str) -> None:
    first, second = evidence_as_of(OPENS, "区住建局", "7.1.3")
    assert (first.taken_back_at is not None, second.taken_back_at, "发布日期" in second.file_name) == (True, None, True)
    assert evidence_as_of(date(2023, 8, 20), "区住建局", "7.1.3")[0].taken_back_at is None
    assert evidence_content(first.number)[1].startswith(b"\x89PNG")


def test_a_unit_without_windows_is_exempt_and_nobody_lost_an_exemption_that_stands(sample_database: str) -> None:
    assert [(exemption.unit, exemption.dataset) for exemption in exemptions_as_of(OPENS)] == [
        ("区统计局", "help_cases"),
        ("区统计局", "reviews"),
    ]
    assert [exemption.unit for exemption in exemptions_as_of(date(2023, 7, 10))] == ["滨河街道"]


def test_an_exemption_of_the_sample_hides_no_missing_report(board: Scorecard) -> None:
    exempted = board.select(unit="区统计局", measure="7.1.1")
    assert [(row.lamp, "未设对外服务窗口" in row.reason) for row in exempted] == [(Lamp.NOT_APPLICABLE, True)]


def test_the_wrong_month_was_taken_back_and_the_right_one_stands(sample_database: str) -> None:
    sent = [
        submission
        for submission in recent_submissions(OPENS, "区民政局")
        if submission.dataset == "monthly_cases" and submission.month == "2023-07"
    ]
    right, mistaken = (submission_details(submission.id, OPENS) for submission in sent)
    assert (right.taken_back, [report.revision for report in right.reports]) == (None, [2])
    assert mistaken.taken_back is not None and (mistaken.taken_back.by, "6月" in mistaken.taken_back.reason) == (
        "区民政局",
        True,
    )


def test_two_cells_were_mended_on_screen_and_the_file_says_what_it_said(
    sample_database: str, become: Callable[..., None]
) -> None:
    become(Role.UNIT, "云台街道")
    sent = next(
        submission
        for submission in recent_submissions(OPENS, "云台街道")
        if submission.file_name == "云台街道7月好差评明细.xlsx"
    )
    mended = submission_details(sent.id, OPENS).corrections
    assert [correction.typed for correction in mended] == ["还行", "2023年7月32日"]
    assert mended[0].value in ("满意", "非常满意", "基本满意") and str(mended[1].value).startswith("2023")


def test_a_number_that_nobody_answered_was_rung_again(sample_database: str) -> None:
    checked_by_hand = [
        question for question in questions("区林草局", OPENS) if question.rule.code == "G111" and question.findings
    ]
    assert [[(finding.passed, finding.by) for finding in question.findings] for question in checked_by_hand] == [
        [(False, "督查室"), (True, "督查室")]
    ]
    assert any(
        not question.findings[-1].passed
        for question in questions("区城管局", OPENS)
        if question.rule.code == "G312" and question.findings
    )
