"""A full disk is said in one sentence, and nothing is half stored."""

import errno
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

import data_access.spreadsheets.reading
from data_access.database import writing_engine
from services.access.refusal import RefusedRequest
from services.intake.checked_workbook import Request
from services.intake.checking import check
from tests.robustness.conftest import ROWS, held
from tests.services.conftest import send

REQUEST = Request("hotline_tickets", None, True, "2023-06")


def cannot_grow(connection: Any, _: object) -> None:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 10}")


def test_a_full_database_takes_nothing_and_says_so(board: Path, ledger: Path) -> None:
    before = held(board)
    event.listen(writing_engine(), "connect", cannot_grow)
    try:
        with pytest.raises(RefusedRequest, match="磁盘空间不足"):
            send(ledger.read_bytes(), "工单.xlsx", REQUEST)
    finally:
        event.remove(writing_engine(), "connect", cannot_grow)
    assert held(board) == before
    assert send(ledger.read_bytes(), "工单.xlsx", REQUEST).records == ROWS


def test_a_full_temporary_folder_is_said_too(board: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(data_access.spreadsheets.reading, "run_in_sandbox", full)
    with pytest.raises(RefusedRequest, match="磁盘空间不足"):
        check(ledger.read_bytes(), "工单.xlsx", REQUEST)
