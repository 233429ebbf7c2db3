"""A full disk is said in one sentence, and nothing is half stored."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

import data_access.spreadsheets.reading
from data_access.database import engine, writing_engine
from rules.file_sizes import MEGABYTE
from services.access.refusal import LEAST_ROOM, RefusedRequest
from services.board.scorecard import assess
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.intake.upload import rehearse
from tests.engines import Engine
from tests.robustness.conftest import ROOT, ROWS, held
from tests.services.conftest import send

REQUEST = Request("hotline_tickets", None, True, "2023-06")


def cannot_grow(connection: Any, _: object) -> None:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 10}")


@pytest.mark.long
@pytest.mark.embedded
def test_a_full_database_takes_nothing_and_says_so(board: str, ledger: Path) -> None:
    before = held(board)
    event.listen(writing_engine(), "connect", cannot_grow)
    try:
        with pytest.raises(RefusedRequest, match="磁盘空间不足"):
            send(ledger.read_bytes(), "工单.xlsx", REQUEST)
    finally:
        event.remove(writing_engine(), "connect", cannot_grow)
    assert held(board) == before
    assert send(ledger.read_bytes(), "工单.xlsx", REQUEST).records == ROWS


def test_a_full_temporary_folder_is_said_too(board: str, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(data_access.spreadsheets.reading, "run_in_sandbox", full)
    with pytest.raises(RefusedRequest, match="磁盘空间不足"):
        check(ledger.read_bytes(), "工单.xlsx", REQUEST)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, larger than what is left free for reading by 40 megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    size = f"size={LEAST_ROOM + 40 * MEGABYTE}"
    mount = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this account may mount no disk")
    yield folder
    engine().dispose()
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill_up(disk: Path, leaving: int = 0) -> Path:
    """Return the file that takes all the room of the disk but so many bytes."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free - leaving)
    return ballast


@pytest.mark.long
@pytest.mark.embedded
def test_on_a_full_disk_uploads_are_refused_and_reading_goes_on_also_in_a_server_that_is_started_then(
    databases: Engine, whole_template: str, small_disk: Path, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = databases.copy(whole_template, small_disk)
    monkeypatch.setenv("DATABASE_URL", board)
    as_of = date(2023, 7, 20)
    workbook = check(ledger.read_bytes(), "工单.xlsx", REQUEST)
    lamps, before = assess(as_of).lamps, held(board)
    ballast = fill_up(small_disk, leaving=LEAST_ROOM - MEGABYTE)
    with pytest.raises(RefusedRequest, match="磁盘空间不足"):
        send(ledger.read_bytes(), "工单.xlsx", REQUEST)
    assert rehearse(workbook) == (), "the page with its preview is shown"
    ballast.unlink()
    ballast = fill_up(small_disk)
    with pytest.raises(RefusedRequest, match="磁盘空间不足"):
        send(ledger.read_bytes(), "工单.xlsx", REQUEST)
    assert assess(as_of).lamps == lamps
    engine().dispose()
    command = [sys.executable, "manage.py", "lamps", "--as-of", as_of.isoformat(), "--json"]
    read = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=False)
    assert read.returncode == 0, read.stderr
    ballast.unlink()
    assert held(board) == before
    assert send(ledger.read_bytes(), "工单.xlsx", REQUEST).records == ROWS
