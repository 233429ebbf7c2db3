"""A database that the first version left comes up to date: what was reported and decided is there, figures are made
again, nothing is lost.

first_version.sqlite3.gz was made by the program as it stood on 2026-11-23, with tables of migration 0001: plan, units,
four workbooks and a target entered by its command line.
"""

import gzip
import json
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from data_access.database import engine, is_at_head
from services.figures.refold import refold
from tests.conftest import manage
from tests.migrations.test_migrations import _all_tables as _all_tables

HERE = Path(__file__).parent


@pytest.fixture
def first_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where such a database lies. DATABASE_URL points to it."""
    path = tmp_path / "board.sqlite3"
    path.write_bytes(gzip.decompress((HERE / "first_version.sqlite3.gz").read_bytes()))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    return path


def counts(path: Path) -> dict[str, int]:
    tables = ("submission", "report", "stored_file", "reviews", "monthly_cases", "progress", "unit")
    with sqlite3.connect(path) as connection:
        query = 'SELECT count(*) FROM "{}"'
        return {table: connection.execute(query.format(table)).fetchone()[0] for table in tables}


@pytest.mark.long
@pytest.mark.embedded
def test_one_command_brings_it_up_to_date_and_everything_is_there(first_version: Path) -> None:
    before = counts(first_version)
    assert before["submission"] == 4 and before["reviews"] == 85
    done = manage("upgrade", database=first_version)
    assert done.returncode == 0, done.stderr
    assert "重新计算" in done.stdout
    assert is_at_head() and counts(first_version) == before
    assert not refold().changed
    with engine().connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []
    lamps = json.loads(manage("lamps", "--as-of", "2023-07-20", "--json", database=first_version).stdout)["lamps"]
    assert len(lamps) > 500 and {lamp["lamp"] for lamp in lamps} >= {"not_reported", "on_track"}
