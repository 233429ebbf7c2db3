"""Killing the process while a bulletin goes its way or a migration runs leaves every step done or not begun, and the
same command finishes what is left.

`make test` tries a point of each; `make test-all` kills 60 times on each way, spread over all its SQL statements: with
the 86 of test_killed.py more than 200 in all, the moments not counted.
"""

import gzip
import shutil
import signal
import sqlite3
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

from tests.robustness.conftest import ROOT, Act, Held, held, nth, spread_over

FIRST_VERSION = ROOT / "tests" / "migrations" / "first_version.sqlite3.gz"
NEVER = 10**6
"""A statement that no process comes to."""


def act(name: str, point: int, database: Path) -> str:
    """Act, and be killed before the statement; return what was told at the end, if it came to that."""
    status, printed = Act("act", database, name, str(point)).end()
    assert status == (0 if point == NEVER else -signal.SIGKILL), printed
    return printed


@pytest.fixture(scope="session")
def statements(whole_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], int]:
    """How many SQL statements an act takes from its beginning to its end."""

    @cache
    def counted(name: str) -> int:
        database = tmp_path_factory.mktemp("counted") / "board.sqlite3"
        if name == "upgrade":
            first_version(database)
        else:
            shutil.copy(whole_template, database)
        return int(act(name, NEVER, database))

    return counted


def first_version(database: Path) -> None:
    database.write_bytes(gzip.decompress(FIRST_VERSION.read_bytes()))


def steps(database: Path) -> dict[str, int]:
    """Rows of what a bulletin's way leaves, as the tables themselves have them."""
    return {name: number for name, number in held(database).items() if name.startswith(("bulletin", "audit_entry"))}


def is_whole_way(now: Held, before: Held) -> bool:
    """Tell whether every step that is there has its entry in the log, and every entry its step."""
    taken = now["bulletin"] + now["bulletin_act"]
    issued = now["bulletin_issue"] == 0 or now["bulletin_file"] > 0
    return now["audit_entry"] - before["audit_entry"] == taken and issued


@pytest.mark.parametrize("point", spread_over(60, usual=90))
def test_a_kill_leaves_every_step_of_a_bulletin_whole_and_its_way_goes_on(
    point: float, board: Path, statements: Callable[[str], int]
) -> None:
    before = steps(board)
    act("bulletin", nth(point, partial(statements, "bulletin")), board)
    assert is_whole_way(steps(board), before)
    act("bulletin", NEVER, board)
    done = steps(board)
    assert is_whole_way(done, before)
    assert (done["bulletin"], done["bulletin_issue"], done["bulletin_act"]) == (1, 1, 3)


@pytest.mark.parametrize("point", spread_over(60, usual=40))
def test_a_kill_in_the_midst_of_a_migration_leaves_a_database_of_before_or_after_and_the_next_one_ends_it(
    point: float, tmp_path: Path, statements: Callable[[str], int]
) -> None:
    database, untouched = tmp_path / "board.sqlite3", tmp_path / "before.sqlite3"
    for path in (database, untouched):
        first_version(path)
    act("upgrade", nth(point, partial(statements, "upgrade")), database)
    rows = held(database)
    before = held(untouched)
    assert revision(database) == "0001" and rows == before or revision(database) > "0001"
    assert {name: rows[name] for name in ("submission", "stored_file", "reviews", "unit")} == {
        name: before[name] for name in ("submission", "stored_file", "reviews", "unit")
    }
    act("upgrade", NEVER, database)
    assert revision(database) > "0001" and held(database)["figure"] > 0


def revision(database: Path) -> str:
    with sqlite3.connect(database) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
