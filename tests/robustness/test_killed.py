"""Killing the process at any point of a submission leaves it wholly in or wholly out, and the next one works.

`make test` tries a few points, `make test-all` every second SQL statement and many moments.
"""

import random
import time
from pathlib import Path

import pytest

from data_access.database import engine
from services.intake.upload import submit
from tests.robustness.conftest import ROWS, held, start
from tests.robustness.submitting import REQUEST, mended
from tests.services.conftest import send

STATEMENTS = ["60", *(pytest.param(str(number), marks=pytest.mark.slow) for number in (12, *range(1, 140, 2)))]
OF_CORRECTIONS = ["commit", *(pytest.param(point, marks=pytest.mark.slow) for point in ("70", "done"))]
MOMENTS = [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 30))]


def in_or_out(board: Path, before: dict[str, int]) -> bool:
    """Whether the submission is in; fails where it is so by half."""
    now = held(board)
    if now == before:
        return False
    assert (now["submission"], now["hotline_tickets"]) == (1, ROWS)
    assert now["stored_file"] == before["stored_file"] + 1
    assert now["report"] == 6 and now["figure"] > 0 and now["audit_entry"] == before["audit_entry"] + 1
    return True


def submit_again(board: Path, ledger: Path, was_in: bool) -> None:
    engine().dispose()
    done = send(ledger.read_bytes(), "工单.xlsx", REQUEST)
    assert done.unchanged is was_in and done.submission == 1 and done.records == ROWS
    assert held(board)["hotline_tickets"] == ROWS


@pytest.mark.parametrize("point", [*STATEMENTS, "commit", "done"])
def test_a_kill_at_a_point_of_the_transaction_leaves_it_in_or_out(point: str, board: Path, ledger: Path) -> None:
    before = held(board)
    process = start(ledger, point)
    printed, complaint = process.communicate(timeout=120)
    assert process.returncode == -9 or (point.isdigit() and printed), complaint
    was_in = in_or_out(board, before)
    assert was_in is (point == "done" or bool(printed))
    submit_again(board, ledger, was_in)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_kill_at_any_moment_leaves_it_in_or_out(moment: int, board: Path, ledger: Path) -> None:
    before = held(board)
    process = start(ledger)
    time.sleep(random.Random(moment).uniform(0.2, 4))
    process.kill()
    process.communicate(timeout=60)
    submit_again(board, ledger, in_or_out(board, before))


@pytest.mark.parametrize(
    "point", ["commit", *(pytest.param(point, marks=pytest.mark.slow) for point in ("70", "done"))]
)
def test_a_kill_leaves_corrections_in_or_out_with_their_submission(point: str, board: Path, wrong_ledger: Path) -> None:
    before = held(board)
    process = start(wrong_ledger, point)
    printed, complaint = process.communicate(timeout=120)
    assert process.returncode == -9 or (point.isdigit() and printed), complaint
    was_in = in_or_out(board, before)
    assert held(board)["correction"] == (3 if was_in else 0)
    engine().dispose()
    content = wrong_ledger.read_bytes()
    assert submit(mended(content)).unchanged is was_in
    assert held(board)["correction"] == 3
