"""A small district to submit to, a ledger to submit, and the process that submits it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.intake_files import TICKETS, write_ledger
from data_access.database import engine
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


def start(ledger: Path, point: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.robustness.submitting", str(ledger), point]
    return subprocess.Popen(
        command, cwd=ROOT, env={**os.environ}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


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
