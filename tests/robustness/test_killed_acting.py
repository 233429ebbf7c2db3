"""Killing the process while a bulletin goes its way or a migration runs leaves every step done or not begun, and the
same command finishes what is left.

`make test` tries a point of each; `make test-all` kills 60 times on each way, spread over all its SQL statements: with
the 86 of test_killed.py more than 200 in all, the moments not counted.
"""

import signal
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine

from tests.engines import Engine
from tests.robustness.conftest import Act, Held, held, nth, spread_over, wait_for_the_killed

NEVER = 10**6
"""A statement that no process comes to."""


def act(name: str, point: int, database: str) -> str:
    """Act, and be killed before the statement; return what was told at the end, if it came to that."""
    status, printed = Act("act", database, name, str(point)).end()
    assert status == (0 if point == NEVER else -signal.SIGKILL), printed
    wait_for_the_killed(database)
    return printed


@pytest.fixture(scope="session")
def statements(
    databases: Engine, whole_template: str, first_version: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], int]:
    """How many SQL statements an act takes from its beginning to its end."""

    @cache
    def counted(name: str) -> int:
        template = first_version if name == "upgrade" else whole_template
        return int(act(name, NEVER, databases.copy(template, tmp_path_factory.mktemp("counted"))))

    return counted


def steps(database: str) -> dict[str, int]:
    """Rows of what a bulletin's way leaves, as the tables themselves have them."""
    return {name: number for name, number in held(database).items() if name.startswith(("bulletin", "audit_entry"))}


def is_whole_way(now: Held, before: Held) -> bool:
    """Tell whether every step that is there has its entry in the log, and every entry its step."""
    taken = now["bulletin"] + now["bulletin_act"]
    issued = now["bulletin_issue"] == 0 or now["bulletin_file"] > 0
    return now["audit_entry"] - before["audit_entry"] == taken and issued


@pytest.mark.parametrize("point", spread_over(60, usual=90))
def test_a_kill_leaves_every_step_of_a_bulletin_whole_and_its_way_goes_on(
    point: float, board: str, statements: Callable[[str], int]
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
    point: float, databases: Engine, first_version: str, tmp_path: Path, statements: Callable[[str], int]
) -> None:
    database, before = databases.copy(first_version, tmp_path), held(first_version)
    act("upgrade", nth(point, partial(statements, "upgrade")), database)
    rows = held(database)
    assert revision(database) == "0001" and rows == before or revision(database) > "0001"
    assert {name: rows[name] for name in ("submission", "stored_file", "reviews", "unit")} == {
        name: before[name] for name in ("submission", "stored_file", "reviews", "unit")
    }
    act("upgrade", NEVER, database)
    assert revision(database) > "0001" and held(database)["figure"] > 0
    databases.forget(database)


def revision(database: str) -> str:
    with create_engine(database, poolclass=NullPool).connect() as connection:
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
