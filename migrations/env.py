"""Alembic's entry: brings the database of DATABASE_URL to the tables of models, wholly or not at all."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

import models.bulletins  # noqa: F401
import models.notices  # noqa: F401
import models.rectifications  # noqa: F401
import models.tables  # noqa: F401
from catalogue.datasets import DATASETS
from data_access.database import database_url
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


def run(**where: Any) -> None:
    for dataset in DATASETS.values():
        for part in dataset.parts:
            record_table(part)  # a table that nobody asked for is not in the metadata yet
    context.configure(target_metadata=SQLModel.metadata, render_item=plain_type, transactional_ddl=True, **where)
    with context.begin_transaction():
        context.run_migrations()


def migrate() -> None:
    url = context.config.get_main_option("sqlalchemy.url") or database_url()
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    sqlite = engine.dialect.name == "sqlite"
    if sqlite:
        one_transaction(engine)
    with engine.connect() as connection:
        run(connection=connection, render_as_batch=sqlite)  # SQLite changes a column only by making its table anew


if context.is_offline_mode():
    run(url=database_url(), literal_binds=True)
else:
    migrate()
