"""Killing the process while a bulletin goes its way or a migration runs leaves every step done or not begun, and the
same command finishes what is left.

`make test` tries a point of each; `make test-all` kills, with test_killed.py, more than 200 times in all.
"""

import gzip
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.robustness.conftest import ROOT, Held, held

FIRST_VERSION = ROOT / "tests" / "migrations" / "first_version.sqlite3.gz"
NEVER = 10**6
"""A statement that no process comes to."""
OF_WAY = ["90", *(pytest.param(str(point), marks=pytest.mark.slow) for point in range(5, 500, 10))]
OF_UPGRADE = ["40", *(pytest.param(str(point), marks=pytest.mark.slow) for point in range(2, 502, 10))]


def act(name: str, point: int | str, database: Path) -> int:
    """Return the exit status of the process, -9 where it killed itself."""
    command = [sys.executable, "-m", "tests.robustness.acting", name, str(point)]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode in (0, -9), done.stderr
    return done.returncode


def steps(database: Path) -> dict[str, int]:
    """Rows of what a bulletin's way leaves, as the tables themselves have them."""
    return {name: number for name, number in held(database).items() if name.startswith(("bulletin", "audit_entry"))}


def is_whole_way(now: Held, before: Held) -> bool:
    """Tell whether every step that is there has its entry in the log, and every entry its step."""
    taken = now["bulletin"] + now["bulletin_act"]
    issued = now["bulletin_issue"] == 0 or now["bulletin_file"] > 0
    return now["audit_entry"] - before["audit_entry"] == taken and issued


@pytest.mark.parametrize("point", OF_WAY)
def test_a_kill_leaves_every_step_of_a_bulletin_whole_and_its_way_goes_on(point: str, board: Path) -> None:
    before = steps(board)
    act("bulletin", point, board)
    assert is_whole_way(steps(board), before)
    assert act("bulletin", NEVER, board) == 0
    done = steps(board)
    assert is_whole_way(done, before)
    assert (done["bulletin"], done["bulletin_issue"], done["bulletin_act"]) == (1, 1, 3)


@pytest.mark.parametrize("point", OF_UPGRADE)
def test_a_kill_in_the_midst_of_a_migration_leaves_a_database_of_before_or_after_and_the_next_one_ends_it(
    point: str, tmp_path: Path
) -> None:
    database = tmp_path / "board.sqlite3"
    database.write_bytes(gzip.decompress(FIRST_VERSION.read_bytes()))
    untouched = tmp_path / "before.sqlite3"
    shutil.copy(database, untouched)
    act("upgrade", point, database)
    rows = held(database)
    before = held(untouched)
    assert revision(database) == "0001" and rows == before or revision(database) > "0001"
    assert {name: rows[name] for name in ("submission", "stored_file", "reviews", "unit")} == {
        name: before[name] for name in ("submission", "stored_file", "reviews", "unit")
    }
    assert act("upgrade", NEVER, database) == 0
    assert revision(database) > "0001" and held(database)["figure"] > 0


def revision(database: Path) -> str:
    with sqlite3.connect(database) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
