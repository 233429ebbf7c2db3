"""Two people upload at once and nobody waits to read."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path

import pytest

import services.intake.upload
from benchmarks.intake_files import TICKETS, write_ledger
from data_access.database import data_version
from rules.as_of import parse_instant
from services.intake.checked_workbook import Request
from services.reporting.reports import reports_owed
from tests.robustness.conftest import ROWS, held, start
from tests.services.conftest import send


@pytest.mark.long
def test_two_ledgers_sent_at_once_both_go_in_whole(board: str, ledger: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一份.xlsx"
    write_ledger(other, TICKETS, ROWS, seed=7)
    processes = [start(board, ledger), start(board, other)]
    answers = [json.loads(process.result()) for process in processes]
    assert sorted(answer["submission"] for answer in answers) == [1, 2]
    assert held(board)["hotline_tickets"] == 2 * ROWS


def test_the_same_ledger_sent_at_once_goes_in_once(board: str, ledger: Path) -> None:
    processes = [start(board, ledger), start(board, ledger)]
    answers = [json.loads(process.result()) for process in processes]
    assert sorted(answer["unchanged"] for answer in answers) == [False, True]
    assert held(board)["hotline_tickets"] == ROWS and held(board)["submission"] == 1


def test_a_reader_is_not_held_up_by_a_submission_and_sees_what_stood_before(
    board: str, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored, may_end = threading.Event(), threading.Event()

    def hold(*_: object) -> None:
        stored.set()
        assert may_end.wait(60)

    monkeypatch.setattr(services.intake.upload, "keep_figures", hold)
    before = data_version()
    request = Request("hotline_tickets", None, True, "2023-06")
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(copy_context().run, send, ledger.read_bytes(), "工单.xlsx", request)
        try:
            assert stored.wait(60)
            assert data_version() == before and held(board)["hotline_tickets"] == 0
            assert reports_owed(parse_instant("2023-08-22T00:00:00").date())
            assert not sent.done()
        finally:
            may_end.set()
        assert sent.result(60).records == ROWS
    assert data_version() == before + 1 and held(board)["hotline_tickets"] == ROWS
