"""The database: one engine per address, transactions, and the version that every accepted write raises.

SQLite in data/ unless DATABASE_URL says otherwise. Readers never wait for a writer (write-ahead log); writers queue.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session as Session  # the name by which services pass a transaction on

ROOT = Path(__file__).resolve().parent.parent


FULL = ("disk is full", "no space left", "disk full")  # as SQLite and PostgreSQL say it


LOG_PAGES = 16_384
"""64 MiB of write-ahead log before it is put into the file: a large submission is written once while its sender waits,
not twice.
"""


class StorageFull(Exception):
    """There is no room to store; nothing of the transaction was."""


class Busy(Exception):
    """Another writer is at work, and the transaction was not to wait for it."""


PATIENCE = 60_000  # milliseconds that a writer of the embedded database queues


def database_url() -> str:
    """DATABASE_URL, else the embedded database in data/."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'data' / 'board.sqlite3'}"


def engine() -> Engine:
    return _engine(database_url())


@lru_cache(maxsize=8)
def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    _make_folder(url)
    made = create_engine(url, connect_args={"timeout": 60})
    event.listen(made, "connect", _prepare_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    return made


def forget_engine() -> None:
    """For when another database was put in the place of this one: nothing known of the old one is used again."""
    engine().dispose()
    _engine.cache_clear()


def _make_folder(url: str) -> None:
    path = url.removeprefix("sqlite:///")
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)


def _prepare_sqlite(dbapi_connection: Any, _: Any) -> None:
    dbapi_connection.isolation_level = None  # we begin transactions ourselves, below
    checkpoint = f"wal_autocheckpoint={LOG_PAGES}"
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "cache_size=-65536", checkpoint):
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the write lock at once: upgrading a read transaction later fails when another wrote meanwhile.
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"PRAGMA busy_timeout={options.get('patience', PATIENCE)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")


_whole: ContextVar[Session | None] = ContextVar("whole", default=None)


@contextmanager
def as_one_transaction() -> Iterator[None]:
    """Every transaction within is a part of this one, which goes in wholly or not at all. An error must not be caught
    within: what its part had done would go in.
    """
    with writing() as session:
        token = _whole.set(session)
        try:
            yield
        finally:
            _whole.reset(token)


@contextmanager
def reading() -> Iterator[Session]:
    """A consistent view of the database; nothing written in it is kept."""
    if (whole := _whole.get()) is not None:
        yield whole
        return
    with Session(engine()) as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction: wholly in or wholly out. Raises the version that caches watch; StorageFull where the disk is
    full.
    """
    with noting() as session:
        yield session
        if session is not _whole.get():
            session.execute(text("UPDATE data_version SET version = version + 1"))


@contextmanager
def noting(*, wait: bool = True) -> Iterator[Session]:
    """As `writing`, for what no kept answer tells: log entries and when somebody was last seen. The version stays.

    Without `wait` it raises Busy at once where another writer is at work.
    """
    if (whole := _whole.get()) is not None:
        yield whole
        whole.flush()
        return
    try:
        with Session(engine()) as session, session.begin():
            session.connection(execution_options={"writes": True, "patience": PATIENCE if wait else 0})
            yield session
    except OperationalError as problem:
        if not wait and "database is locked" in str(problem.orig):
            raise Busy from problem
        if any(words in str(problem.orig).lower() for words in FULL):
            raise StorageFull from problem
        raise


def data_version() -> int:
    """Rises with every accepted write, in whichever process it was made."""
    with engine().connect() as connection:
        return int(connection.execute(text("SELECT version FROM data_version")).scalar_one())


def is_initialised() -> bool:
    """Whether the tables exist; does not create the file's folder's content."""
    return inspect(engine()).has_table("data_version")


def upgrade(revision: str = "head") -> None:
    """Create the tables or bring them to the given migration."""
    engine()  # makes the folder of an embedded database
    command.upgrade(_alembic(), revision)
    with engine().begin() as connection:
        if not connection.execute(text("SELECT count(*) FROM data_version")).scalar_one():
            connection.execute(text("INSERT INTO data_version (id, version) VALUES (1, 0)"))


def downgrade(revision: str = "base") -> None:
    command.downgrade(_alembic(), revision)


def _alembic() -> Config:
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", database_url().replace("%", "%%"))
    return config
