"""A task that goes on (长期坚持) is taken without a doubt, judged without a time, and never counted as late."""

from datetime import date

from models.lamps import Lamp
from services.access.chosen_plan import asking_of
from services.board.district import district_as_of
from services.notices.deadline_calendar import deadline_calendar
from tests.services.conftest import Report
from tests.services.plan.test_declared import board, declared, imported, lamp, previewed, with_cells

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
