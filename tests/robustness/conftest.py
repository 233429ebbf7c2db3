"""A small district to submit to, a ledger to submit, and processes that do something to it and may be killed."""

import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.intake_files import TICKETS, write_ledger
from data_access.database import engine
from data_access.sandbox import IN_THE_FORKER
from services.operations.set_up import UNITS_FILE, set_up

ROOT = Path(__file__).resolve().parents[2]
ROWS = 400
Held = dict[str, int]
COUNTED = ("file", "submission", "report", "hotline_tickets", "figure", "breakdown", "audit_entry")


@pytest.fixture(scope="session")
def whole_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{folder / 'board.sqlite3'}")
        set_up(units_file=UNITS_FILE)
        engine().dispose()
    return folder / "board.sqlite3"


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "工单.xlsx"
    write_ledger(path, TICKETS, ROWS)
    return path


@pytest.fixture(scope="session")
def wrong_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three of its cells can be mended on screen."""
    path = tmp_path_factory.mktemp("wrong") / "工单.xlsx"
    write_ledger(path, TICKETS | {"是否满意": lambda rng, row: "还行" if row <= 4 else "满意"}, ROWS)
    return path


@pytest.fixture
def board(whole_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with the plan and the units, nothing reported. DATABASE_URL points to it."""
    copy = tmp_path / "board.sqlite3"
    shutil.copy(whole_template, copy)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{copy}")
    return copy


class Act:
    """What a process of its own does to the database (tests/robustness/forking.py)."""

    def __init__(self, name: str, database: Path, *arguments: str) -> None:
        self._printed = tempfile.TemporaryFile()  # noqa: SIM115 it lives as long as the act
        self._told, tells = os.pipe()
        request = json.dumps(["tests.robustness.forking", [name, str(database), *arguments]]).encode()
        with Path(os.devnull).open("rb") as nothing:
            socket.send_fds(_loaded()[0], [request], [nothing.fileno(), self._printed.fileno(), tells])
        os.close(tells)
        self._number = self._next()

    def kill(self) -> None:
        """Kill it, wherever it is; nothing where it has ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._number, signal.SIGKILL)

    def end(self) -> tuple[int, str]:
        """Wait for its end. Return its exit status, below 0 where a signal ended it, and what it printed."""
        status = self._next()
        os.close(self._told)
        self._printed.seek(0)
        return status, self._printed.read().decode()

    def result(self) -> str:
        """Return what it tells at its end, which nothing may have kept it from."""
        status, printed = self.end()
        assert status == 0, printed
        return printed

    def _next(self) -> int:
        return int(struct.unpack("<i", os.read(self._told, 4))[0])


@cache
def _loaded() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Our end of the socket of the process that has the program loaded; it ends with the tests."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "tests.robustness.forking", str(theirs.fileno())]
        environment = {**os.environ, **IN_THE_FORKER}
        return ours, subprocess.Popen(command, cwd=ROOT, env=environment, pass_fds=[theirs.fileno()])


def start(board: Path, ledger: Path, point: str = "") -> Act:
    """Begin to submit the ledger; it kills itself at the point (tests/robustness/submitting.py)."""
    return Act("submit", board, str(ledger), point)


def spread_over(number: int, usual: int) -> list[Any]:
    """Return the statement at which `make test` kills, and so many shares of all statements for `make test-all`."""
    shares = [pytest.param(n / number, marks=pytest.mark.slow, id=f"{n} of {number}") for n in range(number)]
    return [usual, *shares]


def nth(point: float, statements: Callable[[], int]) -> int:
    """Return the number of a statement from itself, or from a share of all."""
    return point if isinstance(point, int) else 1 + int(point * statements())


def held(board: Path) -> Held:
    """Rows of each table, read past our own code; the database must be sound."""
    with sqlite3.connect(board) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 names are ours
            for name in sorted(tables)
            if name != "sqlite_sequence"
        }
