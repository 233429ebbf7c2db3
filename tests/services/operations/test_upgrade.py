"""A database of an earlier version comes up to date, or stays as it was; what it was is kept as a copy."""

import fcntl
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import data_access.database as database
from data_access.backup import rows_by_table
from services.access.refusal import RefusedRequest
from services.audit.search import AuditQuestion, find_acts
from services.operations.upgrade import bring_up_to_date


@pytest.fixture
def earlier(planned_file: Path) -> Path:
    """A database one migration behind, with the plan and the units."""
    database.downgrade("-1")
    return planned_file


def what_it_says(path: Path) -> tuple[str, dict[str, int]]:
    """Revision of the tables, and rows of each."""
    with closing(sqlite3.connect(path)) as connection:
        revision = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    return revision, rows_by_table(path)


def test_a_copy_of_it_as_it_was_is_kept_and_the_log_says_from_where_to_where_it_came(earlier: Path) -> None:
    before = what_it_says(earlier)
    copy = bring_up_to_date()
    assert copy is not None and copy.parent == earlier.parent / "backups" and what_it_says(copy) == before
    assert database.is_at_head()
    entry = find_acts(AuditQuestion()).acts[0]
    assert (entry.action, entry.before, entry.after) == ("upgrade", before[0], database.revision())


def test_of_a_database_that_is_up_to_date_no_copy_is_made(planned_file: Path) -> None:
    assert bring_up_to_date() is None
    assert not (planned_file.parent / "backups").exists()


def test_where_the_migration_fails_the_database_is_as_it_was(earlier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = what_it_says(earlier)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no such column")

    monkeypatch.setattr("data_access.database.command.upgrade", fail)
    with pytest.raises(RefusedRequest, match=r"数据库还是升级前的样子.*请换回原来的程序"):
        bring_up_to_date()
    assert what_it_says(earlier) == before


@pytest.mark.long
@pytest.mark.parametrize("step", ["assess", "refold_where_needed", "is_whole"])
def test_where_what_comes_after_the_migration_fails_the_database_is_put_back(
    earlier: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = what_it_says(earlier)

    def fail(*_: object) -> bool:
        if step == "is_whole":
            return False
        raise ZeroDivisionError

    monkeypatch.setattr(f"services.operations.upgrade.{step}", fail)
    with pytest.raises(RefusedRequest, match="数据库还是升级前的样子"):
        bring_up_to_date()
    assert what_it_says(earlier) == before
    monkeypatch.undo()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{earlier}")
    bring_up_to_date()
    assert database.is_at_head()


def test_it_is_not_upgraded_under_a_board_that_is_served(earlier: Path) -> None:
    before = what_it_says(earlier)
    with earlier.with_name("board.sqlite3.serving").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        with pytest.raises(RefusedRequest, match="请先停止看板"):
            bring_up_to_date()
    assert what_it_says(earlier) == before
