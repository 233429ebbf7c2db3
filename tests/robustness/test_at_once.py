"""Two people upload at once and nobody waits to read."""

import json
import time
from pathlib import Path

from sqlalchemy import text

from benchmarks.intake_files import TICKETS, write_ledger
from data_access.database import data_version, writing
from rules.as_of import parse_instant
from services.reporting import reports_owed
from tests.robustness.conftest import ROWS, held, start


def test_two_ledgers_sent_at_once_both_go_in_whole(board: Path, ledger: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一份.xlsx"
    write_ledger(other, TICKETS, ROWS, seed=7)
    processes = [start(ledger), start(other)]
    answers = [json.loads(process.communicate(timeout=120)[0]) for process in processes]
    assert sorted(answer["submission"] for answer in answers) == [1, 2]
    assert held(board)["hotline_tickets"] == 2 * ROWS


def test_the_same_ledger_sent_at_once_goes_in_once(board: Path, ledger: Path) -> None:
    processes = [start(ledger), start(ledger)]
    answers = [json.loads(process.communicate(timeout=120)[0]) for process in processes]
    assert sorted(answer["unchanged"] for answer in answers) == [False, True]
    assert held(board)["hotline_tickets"] == ROWS and held(board)["submission"] == 1


def test_a_reader_is_not_held_up_by_a_writer_and_sees_what_stood_before(board: Path) -> None:
    before = data_version()
    with writing() as session:
        session.connection().execute(text("UPDATE data_version SET version = version + 100"))
        started = time.perf_counter()
        assert data_version() == before
        assert reports_owed(parse_instant("2023-08-22T00:00:00").date())
        assert time.perf_counter() - started < 30  # a reader who waited would wait for the writer's minute
    assert data_version() == before + 101
