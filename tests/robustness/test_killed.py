"""Killing the process at any point of a submission leaves it wholly in or wholly out, and the next one works.

`make test` tries a few points, `make test-all` 80 spread over all SQL statements and 30 moments.
"""

import json
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from data_access.database import engine
from services.intake.upload import submit
from tests.engines import IS_SERVED, Engine
from tests.robustness.conftest import ROWS, held, nth, spread_over, start, wait_for_the_killed
from tests.robustness.submitting import REQUEST, mended
from tests.services.conftest import send

MOMENTS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 30))]


@dataclass(frozen=True)
class Undisturbed:
    """What submitting the ledger takes where nothing is killed."""

    statements: int  # those that write
    seconds: float  # the least of three


@pytest.fixture(scope="session")
def undisturbed(
    databases: Engine, whole_template: str, ledger: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Undisturbed]:

    @cache
    def submitted() -> Undisturbed:
        seconds = []
        for _ in range(3):
            database = databases.copy(whole_template, tmp_path_factory.mktemp("counted"))
            begin = time.monotonic()
            printed = start(database, ledger).result()
            seconds.append(time.monotonic() - begin)
        return Undisturbed(json.loads(printed)["statements"], min(seconds))

    return submitted


def in_or_out(board: str, before: dict[str, int]) -> bool:
    """Whether the submission is in; fails where it is so by half."""
    wait_for_the_killed(board)
    now = held(board)
    if now == before:
        return False
    assert (now["submission"], now["hotline_tickets"]) == (1, ROWS)
    assert now["stored_file"] == before["stored_file"] + 1
    assert now["report"] == 6 and now["figure"] > 0 and now["audit_entry"] == before["audit_entry"] + 1
    return True


def submit_again(board: str, ledger: Path, was_in: bool) -> None:
    engine().dispose()
    done = send(ledger.read_bytes(), "工单.xlsx", REQUEST)
    assert done.unchanged is was_in and done.records == ROWS
    now = held(board)
    assert (now["submission"], now["hotline_tickets"]) == (1, ROWS)


def kill_at(point: str, board: str, ledger: Path) -> bool:
    """Submit, be killed at the point; tell whether the submission is in."""
    before = held(board)
    status, complaint = start(board, ledger, point).end()
    assert status == -signal.SIGKILL, complaint
    return in_or_out(board, before)


@pytest.mark.parametrize("point", spread_over(80, usual=15 if IS_SERVED else 60))
def test_a_kill_within_the_transaction_leaves_nothing_of_it(
    point: float, board: str, ledger: Path, undisturbed: Callable[[], Undisturbed]
) -> None:
    assert not kill_at(str(nth(point, lambda: undisturbed().statements)), board, ledger)
    submit_again(board, ledger, was_in=False)


@pytest.mark.parametrize("point", ["commit", "done"])
def test_a_kill_before_the_commit_leaves_nothing_and_one_after_it_everything(
    point: str, board: str, ledger: Path
) -> None:
    was_in = kill_at(point, board, ledger)
    assert was_in is (point == "done")
    submit_again(board, ledger, was_in)


def test_a_kill_while_rows_go_to_a_server_leaves_nothing_of_them(served_board: str, ledger: Path) -> None:
    assert not kill_at("rows", served_board, ledger)
    submit_again(served_board, ledger, was_in=False)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_at_any_moment_leaves_it_in_or_out(
    moment: int, board: str, ledger: Path, undisturbed: Callable[[], Undisturbed]
) -> None:
    before, seconds = held(board), undisturbed().seconds
    process = start(board, ledger)
    time.sleep(random.Random(moment).uniform(0.1, 1) * seconds)
    process.kill()
    process.end()
    submit_again(board, ledger, in_or_out(board, before))


@pytest.mark.parametrize(
    "point", ["commit", *(pytest.param(point, marks=pytest.mark.slow) for point in ("70", "done"))]
)
def test_a_kill_leaves_corrections_in_or_out_with_their_submission(point: str, board: str, wrong_ledger: Path) -> None:
    was_in = kill_at(point, board, wrong_ledger)
    assert was_in is (point == "done")
    assert held(board)["correction"] == (3 if was_in else 0)
    engine().dispose()
    content = wrong_ledger.read_bytes()
    assert submit(mended(content)).unchanged is was_in
    assert held(board)["correction"] == 3
