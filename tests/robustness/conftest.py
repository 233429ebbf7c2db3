"""A small district to submit to, a ledger to submit, and processes that do something to it and may be killed."""

import contextlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, inspect

from benchmarks.intake_files import TICKETS, write_ledger
from data_access.database import WRITERS_LOCK
from data_access.sandbox import IN_THE_FORKER
from services.operations.set_up import UNITS_FILE, set_up
from tests.conftest import of_its_own
from tests.engines import IS_SERVED, Engine

ROOT = Path(__file__).resolve().parents[2]
ROWS = 400
Held = dict[str, int]
COUNTED = ("file", "submission", "report", "hotline_tickets", "figure", "breakdown", "audit_entry")


@pytest.fixture(scope="session")
def whole_template(databases: Engine, tmp_path_factory: pytest.TempPathFactory) -> str:
    return databases.template(tmp_path_factory.mktemp("whole"), lambda: set_up(units_file=UNITS_FILE))


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
def board(databases: Engine, whole_template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A database with the plan and the units, nothing reported. DATABASE_URL is its address."""
    yield from of_its_own(databases, databases.copy(whole_template, tmp_path), monkeypatch)


@pytest.fixture
def served_board(board: str) -> str:
    """The same, where a server keeps it."""
    return board


class Act:
    """What a process of its own does to the database (tests/robustness/forking.py)."""

    def __init__(self, name: str, database: str, *arguments: str) -> None:
        self._printed = tempfile.TemporaryFile()  # noqa: SIM115 it lives as long as the act
        self._told, tells = os.pipe()
        request = json.dumps(["tests.robustness.forking", [name, database, *arguments]]).encode()
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


def start(board: str, ledger: Path, point: str = "") -> Act:
    """Begin to submit the ledger; it kills itself at the point (tests/robustness/submitting.py)."""
    return Act("submit", board, str(ledger), point)


def spread_over(number: int, usual: int) -> list[Any]:
    """Return the statement at which `make test` kills, and so many shares of all statements for `make test-all`."""
    shares = [pytest.param(n / number, marks=pytest.mark.slow, id=f"{n} of {number}") for n in range(number)]
    return [usual, *shares]


def nth(point: float, statements: Callable[[], int]) -> int:
    """Return the number of a statement from itself, or from a share of all."""
    return point if isinstance(point, int) else 1 + int(point * statements())


def held(board: str) -> Held:
    """Rows of each table, read past our own code; the database must be sound."""
    with create_engine(board, poolclass=NullPool).connect() as connection:
        if not IS_SERVED:  # a server looks after that itself
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        return {
            name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()  # noqa: S608 names are ours
            for name in sorted(inspect(connection).get_table_names())
        }


def wait_for_the_killed(board: str) -> None:
    """Until the server has noticed that whoever wrote is no more, and what it was told last is done or undone."""
    if IS_SERVED:
        with create_engine(board, poolclass=NullPool).begin() as connection:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")
