"""Alembic's entry: brings the database of DATABASE_URL to the tables of models, wholly or not at all."""

import os
import subprocess
import sys
from collections.abc import Collection, Mapping
from tempfile import TemporaryDirectory
from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations.ops import MigrationScript
from alembic.runtime.migration import MigrationContext, MigrationInfo
from alembic.util import CommandError
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

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
from data_access.database import ROOT, database_url
from data_access.record_tables import record_table


def plain_type(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Migrations outlive libraries: they name SQLAlchemy's own types, not SQLModel's."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def one_transaction(engine: sa.Engine) -> None:
    """SQLite's driver would commit after each statement; a migration that fails half way must leave nothing behind."""

    @sa.event.listens_for(engine, "connect")
    def leave_transactions_to_us(connection: Any, _: Any) -> None:
        connection.isolation_level = None

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def number_revision(_: MigrationContext, __: Any, scripts: list[MigrationScript]) -> None:
    """Give a new migration the number after the last one, unless --rev-id gives another."""
    for script in scripts:
        if not getattr(context.config.cmd_opts, "rev_id", None):
            script.rev_id = f"{int(context.script.get_current_head() or 0) + 1:04}"


NAMES_WHO_ACTED = "0006"
"""Below this migration the entries of the audit log lose what their digests are made of."""


def keep_the_log(
    ctx: MigrationContext, step: MigrationInfo, heads: Collection[Any], run_args: Mapping[str, Any]
) -> None:
    """Refuses a way down on which the chain of a log with entries would be lost; what was done by then is undone."""
    connection = ctx.connection
    if step.is_upgrade or connection is None or str(step.up_revision_id) > NAMES_WHO_ACTED:
        return
    if (
        sa.inspect(connection).has_table("audit_entry")
        and connection.execute(sa.text("SELECT count(*) FROM audit_entry")).scalar()
    ):
        raise CommandError("The audit log has entries, and its chain would be lost: take a backup back instead.")


def run(**where: Any) -> None:
    for dataset in DATASETS.shipped.values():
        for part in dataset.parts:
            record_table(part)  # a table that nobody asked for is not in the metadata yet
    context.configure(
        target_metadata=SQLModel.metadata,
        render_item=plain_type,
        transactional_ddl=True,
        process_revision_directives=number_revision,
        on_version_apply=keep_the_log,
        **where,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate(url: str) -> None:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    sqlite = engine.dialect.name == "sqlite"
    if sqlite:
        one_transaction(engine)
    with engine.connect() as connection:
        run(connection=connection, render_as_batch=sqlite)  # SQLite changes a column only by making its table anew


def compare_with_the_migrations() -> None:
    """Hold the tables against what the migrations make from nothing, so that no database at hand need be at head."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/migrated.sqlite3"
        upgrade = [sys.executable, "-c", "from data_access.database import upgrade; upgrade()"]
        subprocess.run(upgrade, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, check=True)
        migrate(url)


if context.is_offline_mode():
    run(url=database_url(), literal_binds=True)
elif getattr(context.config.cmd_opts, "autogenerate", False):
    compare_with_the_migrations()
else:
    migrate(context.config.get_main_option("sqlalchemy.url") or database_url())
