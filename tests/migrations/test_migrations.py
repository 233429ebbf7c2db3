"""Migrations lead from nothing to the tables of models and back, on a real file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, inspect
from sqlmodel import SQLModel

import models.assessment  # noqa: F401
import models.bulletins  # noqa: F401
import models.deadline_requests  # noqa: F401
import models.instructions  # noqa: F401
import models.meetings  # noqa: F401
import models.notices  # noqa: F401
import models.rectifications  # noqa: F401
import models.rounds  # noqa: F401
import models.spot_checks  # noqa: F401
import models.tables  # noqa: F401
from catalogue.datasets import DATASETS
from data_access import database
from data_access.audit import acts, ends_as_it_says, record
from data_access.record_tables import record_table
from tests.engines import Engine as Databases

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True, scope="module")
def _all_tables() -> None:
    """Those of the records are made when they are first asked for."""
    for dataset in DATASETS.values():
        for part in dataset.parts:
            record_table(part)


@pytest.fixture
def engine(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Of a database in which nothing is; DATABASE_URL points to it."""
    url = databases.empty(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    made = create_engine(url)
    yield made
    made.dispose()
    databases.forget(url)


def _tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def _config() -> Config:
    return Config(str(ROOT / "alembic.ini"))


@pytest.mark.long
def test_up_from_nothing_makes_every_table_of_the_models(engine: Engine) -> None:
    database.upgrade()
    assert _tables(engine) == set(SQLModel.metadata.tables)


@pytest.mark.long
def test_the_migrations_and_the_models_agree(engine: Engine) -> None:
    database.upgrade()
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


@pytest.mark.long
def test_down_to_nothing_leaves_no_table(engine: Engine) -> None:
    database.upgrade()
    database.downgrade()
    assert _tables(engine) == set()


@pytest.mark.long
def test_down_and_up_again_agrees_too(engine: Engine) -> None:
    database.upgrade()
    database.downgrade()
    database.upgrade()
    assert _tables(engine) == set(SQLModel.metadata.tables)


@pytest.mark.long
def test_up_twice_changes_nothing(engine: Engine) -> None:
    database.upgrade()
    before = database.data_version()
    database.upgrade()
    assert database.data_version() == before


@pytest.mark.long
def test_every_step_goes_down_and_up(engine: Engine) -> None:
    steps = [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]
    database.upgrade()
    for revision, below in zip(steps, [*steps[1:], "base"], strict=True):
        database.downgrade(below)
        command.upgrade(_config(), revision)
        database.downgrade(below)
    command.upgrade(_config(), "head")
    assert _tables(engine) == set(SQLModel.metadata.tables)


def test_a_migration_that_fails_leaves_nothing_behind(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import op

    def break_off(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(op, "create_index", break_off)
    with pytest.raises(RuntimeError, match="power cut"):
        database.upgrade()
    assert inspect(engine).get_table_names() == []


@pytest.mark.long
def test_an_account_bound_to_single_sign_on_before_accounts_were_marked_counts_as_marked(engine: Engine) -> None:
    database.upgrade("0005")
    insert = sa.text(
        "INSERT INTO account (name, person, role, must_change, subject, created_at) "
        "VALUES (:name, '甲', 'leader', false, :subject, '2023-06-01 00:00:00.000000')"
    )
    with engine.begin() as connection:
        connection.execute(insert, [{"name": "jia", "subject": "https://sso 1"}, {"name": "yi", "subject": None}])
    database.upgrade()
    with engine.connect() as connection:
        assert dict(connection.execute(sa.text("SELECT name, single_sign_on FROM account")).all()) == {
            "jia": 1,
            "yi": 0,
        }


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory.from_config(_config()).get_heads()) == 1


@pytest.mark.long
def test_a_way_down_that_would_lose_the_chain_of_the_log_is_refused(engine: Engine) -> None:
    database.upgrade()
    with database.noting() as session:
        record(session, by="管理局", action="submit", subject="试")
    for revision in ("base", "0003", "0005"):
        with pytest.raises(CommandError, match="chain would be lost"):
            database.downgrade(revision)
    with database.reading() as session:
        assert ends_as_it_says(session)
        assert [act.subject for act in acts(session)] == ["试"]
