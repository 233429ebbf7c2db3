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
from services.notices.deadline_calendar import deadline_calendar
from services.plan.deadline_requests import ask_for_later_deadline
from tests.services.conftest import Report
from tests.services.plan.test_deadline_requests import PDF
from tests.services.plan.test_declared import UNIT, board, declared, imported, lamp, previewed, with_cells

__all__ = ["declared"]
AFTER_THE_YEAR = date(2025, 1, 15)
GOES_ON = with_cells("任务", 0, 完成时限="长期坚持")


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
