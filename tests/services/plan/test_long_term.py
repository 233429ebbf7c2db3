"""A task that goes on (长期坚持) is taken without a doubt, judged without a time, and never counted as late."""

from collections.abc import Callable
from datetime import date

import pytest

from models.lamps import Lamp
from models.people import Role
from rules.as_of import parse_instant
from services.access.chosen_plan import asking_of
from services.access.refusal import RefusedRequest
from services.board.district import district_as_of
from services.milestones.assignment import assignment_history
from services.notices.deadline_calendar import deadline_calendar
from services.plan.deadline_requests import ask_for_later_deadline
from services.plan.decisions import settle
from tests.services.conftest import Report
from tests.services.plan.test_deadline_requests import PDF
from tests.services.plan.test_declared import UNIT, board, declared, imported, lamp, previewed, with_cells

__all__ = ["declared"]
AFTER_THE_YEAR = date(2025, 1, 15)
GOES_ON = with_cells("任务", 0, 完成时限="长期坚持")


@pytest.mark.long
def test_a_plan_with_what_goes_on_is_taken_without_a_doubt_and_never_turns_red(report: Report) -> None:
    assert not [doubt for doubt in previewed(**GOES_ON)[0].doubts if "任务 1.1" in doubt]
    imported(**GOES_ON)
    with asking_of("2024-YS"):
        task = district_as_of(AFTER_THE_YEAR).plan.task("1.1")
        events = deadline_calendar(AFTER_THE_YEAR).events
    assert task is not None
    assert (task.deadline, task.open_ended, task.doubts) == (None, True, ())
    judged = lamp("1.1.1", AFTER_THE_YEAR)
    assert (judged.lamp, judged.deadline, judged.open_ended) == (Lamp.ON_TRACK, None, True)
    assert "1.1" not in {event.code for event in events}


@pytest.mark.long
def test_what_is_to_go_on_from_a_new_version_on_was_due_before(declared: Report) -> None:
    imported(since="2024-12-01", reason="方案修订", **GOES_ON)
    assert lamp("1.1.1", date(2024, 11, 20)).lamp is Lamp.OVERDUE
    assert lamp("1.1.1", AFTER_THE_YEAR).lamp is Lamp.ON_TRACK
    assert {row.open_ended for row in board(AFTER_THE_YEAR).lamps} == {True, False}


def test_a_task_that_goes_on_needs_no_later_deadline(report: Report, become: Callable[..., None]) -> None:
    imported(**GOES_ON)
    become(Role.UNIT, UNIT)
    asked_until, at = date(2024, 12, 31), parse_instant("2024-02-10")
    with asking_of("2024-YS"), pytest.raises(RefusedRequest, match="没有期限（方案写作“长期坚持”）"):
        ask_for_later_deadline("1.1", UNIT, until=asked_until, reason="请示", file_name="请示.pdf", content=PDF, at=at)


@pytest.mark.long
def test_the_bureau_decides_that_a_task_goes_on_from_a_day_on_and_that_it_is_due_again(declared: Report) -> None:
    def decide(day: str, deadline: date | None, *, no_deadline: bool = False) -> None:
        with asking_of("2024-YS"):
            settle(
                "1.1",
                deadline=deadline,
                unit_words=None,
                reason="转为长期工作",
                at=parse_instant(day),
                no_deadline=no_deadline,
            )

    before = lamp("1.1.1", date(2024, 11, 20))
    assert before.lamp is Lamp.OVERDUE
    decide("2024-12-01", None, no_deadline=True)
    goes_on = lamp("1.1.1", AFTER_THE_YEAR)
    assert (goes_on.lamp, goes_on.deadline, goes_on.open_ended) == (Lamp.ON_TRACK, None, True)
    assert "经裁定不设期限（方案原文“10月底前”）" in goes_on.reason
    assert lamp("1.1.1", date(2024, 11, 20)).lamp is Lamp.OVERDUE
    assert lamp("1.1.1", date(2024, 11, 20)).reason == before.reason
    with asking_of("2024-YS"):
        course = assignment_history("1.1.1", UNIT, AFTER_THE_YEAR).events
        assert any("定为长期坚持，不设完成时限" in event.words and event.what == "核定存疑" for event in course)
    for deadline, words in ((date(2025, 3, 1), "二者只能定其一"), (None, "本来就不设完成时限")):
        with pytest.raises(RefusedRequest, match=words):
            decide("2024-12-05", deadline, no_deadline=True)
    decide("2025-01-10", date(2025, 1, 12))
    assert (lamp("1.1.1", AFTER_THE_YEAR).lamp, lamp("1.1.1", AFTER_THE_YEAR).open_ended) == (Lamp.OVERDUE, False)
    assert lamp("1.1.1", date(2025, 1, 9)).open_ended


@pytest.mark.long
def test_a_plan_imported_again_keeps_that_the_bureau_took_a_deadline_away(declared: Report) -> None:
    with asking_of("2024-YS"):
        settle("1.1", deadline=None, unit_words=None, reason="转长期", at=parse_instant("2024-12-01"), no_deadline=True)
    assert not [change for change in previewed()[0].changed if "1.1" in change.what]
    imported(since="2024-12-10", reason="方案修订", **with_cells("任务", 0, 完成时限="11月底前"))
    assert lamp("1.1.1", date(2024, 12, 9)).open_ended
    assert lamp("1.1.1", AFTER_THE_YEAR).deadline == date(2024, 11, 30)
