"""The sample district as the board shows it at 2023-08-22: every kind of lamp, and who stands where."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from models.lamps import Lamp, MeasureLamp, Scorecard
from sample_data.story import PERFECT, SILENT, ZERO
from services.scorecard import assess

OPENS = date(2023, 8, 22)


@pytest.fixture
def board(sample_database: Path) -> Scorecard:
    return assess(OPENS)


def lamps(rows: Iterable[MeasureLamp]) -> set[Lamp]:
    return {row.lamp for row in rows}


def test_the_board_shows_every_kind_of_lamp(board: Scorecard) -> None:
    assert lamps(board.lamps) == set(Lamp)


def test_the_tasks_with_defects_stand_in_doubt(board: Scorecard) -> None:
    assert {task: lamps(board.select(task=task)) for task in ("2.1", "5.1", "8.1", "8.5")} == dict.fromkeys(
        ("2.1", "5.1", "8.1", "8.5"), {Lamp.DOUBT})


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


def test_a_better_guide_list_turns_lamps_in_august(sample_database: Path) -> None:
    before, after = (assess(day, unit="区住建局", task="5.3") for day in (date(2023, 7, 31), OPENS))
    assert (lamps(before.lamps), lamps(after.lamps)) == ({Lamp.ON_TRACK}, {Lamp.DONE})
