"""A database that the first version left comes up to date: what was reported and decided is there, figures are made
again, nothing is lost.

first_version.sqlite3.gz was made by the program as it stood on 2026-11-23, with tables of migration 0001: plan, units,
four workbooks and a target entered by its command line.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from data_access.database import engine, is_at_head
from services.figures.refold import refold
from tests.conftest import manage, of_its_own
from tests.engines import Engine
from tests.migrations.test_migrations import _all_tables as _all_tables


@pytest.fixture
def database(databases: Engine, first_version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Such a database. DATABASE_URL is its address."""
    yield from of_its_own(databases, databases.copy(first_version, tmp_path), monkeypatch)


def counts() -> dict[str, int]:
    tables = ("submission", "report", "stored_file", "reviews", "monthly_cases", "progress", "unit")
    with engine().connect() as connection:
        query = 'SELECT count(*) FROM "{}"'
        return {table: connection.exec_driver_sql(query.format(table)).scalar_one() for table in tables}


@pytest.mark.long
def test_one_command_brings_it_up_to_date_and_everything_is_there(database: str) -> None:
    before = counts()
    assert before["submission"] == 4 and before["reviews"] == 85
    done = manage("upgrade", database=database)
    assert done.returncode == 0, done.stderr
    assert "重新计算" in done.stdout
    assert is_at_head() and counts() == before
    assert not refold().changed
    with engine().connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []
    lamps = json.loads(manage("lamps", "--as-of", "2023-07-20", "--json", database=database).stdout)["lamps"]
    assert len(lamps) > 500 and {lamp["lamp"] for lamp in lamps} >= {"not_reported", "on_track"}
