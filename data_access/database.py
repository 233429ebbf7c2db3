"""The database: one engine per address, transactions, and the version that every accepted write raises.

SQLite in data/ unless DATABASE_URL says otherwise. Readers never wait for a writer (write-ahead log); writers queue.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool, QueuePool
from sqlmodel import Session as Session  # the name by which services pass a transaction on

from data_access.failures import Busy as Busy
from data_access.failures import DatabaseFailure as DatabaseFailure
from data_access.failures import Fault as Fault
from data_access.failures import StorageFull, failure_of, raise_failure
from data_access.failures import Unusable as Unusable
from data_access.queue import Queue, Tell, WaitedTooLong, nobody_told

ROOT = Path(__file__).resolve().parent.parent


LOG_PAGES = 16_384
"""64 MiB of write-ahead log before it is put into the file: a large submission is written once while its sender waits,
not twice.
"""

READERS, MORE_READERS = 16, 48
"""Connections kept for readers, and those opened beyond them while they are needed; writers have their own."""

PATIENCE = 15.0  # seconds that a writer waits for others, unless it says otherwise
NOT_AT_ALL = 0.0

_writers: dict[str, Queue] = defaultdict(Queue)
_held: dict[Path, IO[str]] = {}
"""Embedded databases from which this process serves the board, each with the file that says so."""


_another: ContextVar[str | None] = ContextVar("another database", default=None)


def database_url() -> str:
    """Return DATABASE_URL, else the embedded database in data/."""
    return _another.get() or os.environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'data' / 'board.sqlite3'}"


@contextmanager
def looking_into(path: Path) -> Iterator[None]:
    """Ask within the block the embedded database at this path."""
    token = _another.set(f"sqlite:///{path}")
    try:
        yield
    finally:
        for made in (engine(), writing_engine()):
            made.dispose()
        _another.reset(token)


def engine() -> Engine:
    return _engine(database_url())


@lru_cache(maxsize=8)
def _engine(url: str) -> Engine:
    return _made(url, poolclass=QueuePool, pool_size=READERS, max_overflow=MORE_READERS, pool_timeout=10)


@lru_cache(maxsize=8)
def _writing_engine(url: str) -> Engine:
    """A writer of the embedded database has the only connection that writes, for as long as it writes."""
    if url.startswith("sqlite"):
        return _made(url, poolclass=NullPool)
    return _made(url, poolclass=QueuePool, pool_size=4, max_overflow=4, pool_timeout=10)


def _made(url: str, **pool: Any) -> Engine:
    """Raises Unusable where the address cannot be understood or its driver is not there."""
    try:
        if url.startswith("sqlite"):
            path = embedded_path(url)
            made = create_engine("sqlite://", creator=lambda: _connect_sqlite(path), **pool)
            event.listen(made, "connect", _prepare_sqlite)
            event.listen(made, "begin", _begin_sqlite)
        else:
            made = create_engine(url, pool_pre_ping=True, **pool)
            event.listen(made, "begin", _begin_served)
    except ImportError as problem:  # of another kind of server none is used, nor is another driver of this one
        fault = Fault.NO_DRIVER if url.startswith("postgresql+psycopg:") else Fault.BAD_ADDRESS
        raise Unusable(fault) from problem
    except (ArgumentError, NoSuchModuleError, ValueError) as problem:
        raise Unusable(Fault.BAD_ADDRESS) from problem
    event.listen(made, "handle_error", raise_failure)
    return made


def writing_engine() -> Engine:
    return _writing_engine(database_url())


def forget_engine() -> None:
    """Forget all that is known of the database after another was put in its place."""
    for made in (_engine, _writing_engine):
        if made.cache_info().currsize:
            made(database_url()).dispose()
        made.cache_clear()


def embedded_path(url: str | None = None) -> Path | None:
    """Return where the embedded database lies; None for a served one, and for one in memory."""
    url = url or database_url()
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def hold_for_serving() -> None:
    """Tell others on this machine that the board is served from this embedded database, for as long as this process
    lives.
    """
    if (path := embedded_path()) is not None and path not in _held:
        _held[path] = lock = _lock_of(path).open("a")
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)


def is_served() -> bool:
    """Return whether any process on this machine serves the board from this embedded database."""
    path = embedded_path()
    if path is None or not _is_there(_lock_of(path)):
        return False
    with _lock_of(path).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def left_in_haste() -> bool:
    """Return whether the last user of the embedded database did not come to close it."""
    path = embedded_path()
    log = path and path.with_name(f"{path.name}-wal")
    return log is not None and log.exists() and log.stat().st_size > 0


def is_whole() -> bool:
    """Return whether the embedded database's file is undamaged."""
    with engine().connect() as connection:
        return connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one() == "ok"


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.serving")


def _connect_sqlite(path: Path | None) -> sqlite3.Connection:
    """The file must be there: a wrong address makes no database. Raises Unusable."""
    if path is None:
        return sqlite3.connect(":memory:", check_same_thread=False)
    if not path.exists():
        raise Unusable(Fault.MISSING)
    try:
        return sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=rw", uri=True, check_same_thread=False)
    except sqlite3.Error as problem:
        raise failure_of(problem) or problem from problem


def make_file() -> None:
    """Make the empty file of an embedded database, and its folder, both for this account of the machine alone. What is
    there already is only closed to others. Raises Unusable.
    """
    path = embedded_path()
    if path is None:
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        close_to_others(path)
        close_folder_to_others()
    except OSError as problem:
        full = problem.errno == errno.ENOSPC
        raise (StorageFull() if full else Unusable(Fault.NO_ACCESS)) from problem


def close_to_others(path: Path) -> None:
    """Let nobody else on the machine read it."""
    if path.stat().st_uid == os.geteuid() and path.stat().st_mode & 0o077:
        path.chmod(0o600)


def close_folder_to_others() -> None:
    """Let this account alone enter the folder in which the embedded database lies by default."""
    folder = ROOT / "data"
    path = embedded_path()
    if path is not None and path.parent.resolve() == folder.resolve() and folder.stat().st_uid == os.geteuid():
        folder.chmod(0o700)


def _prepare_sqlite(dbapi_connection: Any, _: Any) -> None:
    dbapi_connection.isolation_level = None  # we begin transactions ourselves, below
    checkpoint = f"wal_autocheckpoint={LOG_PAGES}"
    # synchronous=FULL: what is accepted is on the disk, a power cut included
    for pragma in (
        "busy_timeout=15000",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-65536",
        checkpoint,
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the write lock at once: upgrading a read transaction later fails when another wrote meanwhile.
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"PRAGMA busy_timeout={int(1000 * options.get('patience', PATIENCE))}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")


WRITERS_LOCK = 5_281_701
"""Of a served database, the advisory lock that its writers take one after another, whichever process they are in."""


def _begin_served(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("writes", False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, int(1000 * options.get('patience', PATIENCE)))}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")


_whole: ContextVar[Session | None] = ContextVar("whole", default=None)


@contextmanager
def as_one_transaction() -> Iterator[None]:
    """Make every transaction within a part of this one, which goes in wholly or not at all. An error must not be caught
    within: what its part had done would go in.
    """
    with writing() as session:
        token = _whole.set(session)
        try:
            yield
        finally:
            _whole.reset(token)


def is_within_whole() -> bool:
    """Tell whether a transaction that begins now is a part of a larger one."""
    return _whole.get() is not None


@contextmanager
def reading() -> Iterator[Session]:
    """Give a consistent view of the database; nothing written in it is stored."""
    if (whole := _whole.get()) is not None:
        yield whole
        return
    with Session(engine()) as session:
        _begin(session)
        yield session


_at_beginning: list[Callable[[Session], None]] = []


def at_beginning(learn: Callable[[Session], None]) -> None:
    """Let this be done at the beginning of every transaction: services learn what the board asked declares."""
    _at_beginning.append(learn)


def _begin(session: Session) -> None:
    for learn in _at_beginning:
        learn(session)


def is_another() -> bool:
    """Return whether another database than the board's is looked into."""
    return _another.get() is not None


@contextmanager
def writing(patience: float = PATIENCE, tell: Tell = nobody_told) -> Iterator[Session]:
    """Give one transaction: wholly in or wholly out. Raises the version that caches watch.

    Waits `patience` seconds for other writers, then raises Busy; `tell` is told how many are before this one. Raises
    DatabaseFailure.
    """
    with noting(patience, tell) as session:
        yield session
        if session is not _whole.get():
            session.execute(text("UPDATE data_version SET version = version + 1"))


@contextmanager
def noting(patience: float = PATIENCE, tell: Tell = nobody_told) -> Iterator[Session]:
    """Give a transaction like `writing` for what no cached answer shows: log entries and when somebody was last seen.
    The version stays.
    """
    if (watched := _watched.get()) is not None:
        watched.append(None)
    if (whole := _whole.get()) is not None:
        yield whole
        whole.flush()
        return
    with (
        _turn(patience, tell) as left,
        Session(writing_engine()) as session,
        session.begin(),
    ):
        session.connection(execution_options={"writes": True, "patience": left})
        _begin(session)
        yield session


_watched: ContextVar[list[None] | None] = ContextVar("writes that are watched", default=None)


@contextmanager
def watching_writes() -> Iterator[list[None]]:
    """Give a list that grows with every transaction that begins to write within the block."""
    writes = list[None]()
    token = _watched.set(writes)
    try:
        yield writes
    finally:
        _watched.reset(token)


@contextmanager
def _turn(patience: float, tell: Tell) -> Iterator[float]:
    try:
        with _writers[database_url()].turn(patience, tell) as left:
            yield left
    except WaitedTooLong:
        raise Busy from None


def writers() -> int:
    """Return how many transactions of this process write or wait to."""
    return len(_writers[database_url()])


def data_version() -> int:
    """Return the version, which rises with every accepted write, in whichever process it was made."""
    with engine().connect() as connection:  # every answer of a page asks for it
        return _version(connection)


def version_seen(session: Session) -> int:
    """Return the version of the database that this transaction sees."""
    return _version(session.connection())


def _version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT version FROM data_version").scalar_one())


def raise_version_above(session: Session, version: int) -> None:
    """Raise the version above `version` after an older database took this one's place: no answer cached of it is used
    again.
    """
    session.execute(text("UPDATE data_version SET version = :version WHERE version <= :version"), {"version": version})


def _is_there(path: Path) -> bool:
    """Raises Unusable where the folder does not let it be seen."""
    try:
        return path.exists()
    except PermissionError:
        raise Unusable(Fault.NO_ACCESS) from None


def is_initialised() -> bool:
    """Return whether the tables exist; nothing is made. Raises DatabaseFailure where it cannot be opened."""
    path = embedded_path()
    if path is not None and not _is_there(path):
        return False
    return inspect(engine()).has_table("data_version")


def is_at_head() -> bool:
    """Tell whether the tables are those of this version of the program."""
    return revision() == _revisions()[0]


def refuse_other_version() -> None:
    """Raise Unusable where the tables are not those of this version of the program."""
    at = revision()
    refuse_newer(at)
    if at != _revisions()[0]:
        raise Unusable(Fault.OLDER_VERSION)


def refuse_newer(migration: str | None) -> None:
    """Raise Unusable where the migration is none of this program's: a later version made it."""
    if migration is not None and migration not in _revisions():
        raise Unusable(Fault.NEWER_VERSION)


def revision() -> str | None:
    """Return the migration at which the tables are."""
    with engine().connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@lru_cache(maxsize=1)
def _revisions() -> tuple[str, ...]:
    """The migrations, the newest first."""
    return tuple(script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions())


def upgrade(migration: str = "head") -> None:
    """Create the tables or bring them to the given migration."""
    make_file()
    refuse_newer(revision())
    try:
        command.upgrade(_alembic(), migration)
    except DBAPIError as problem:
        raise failure_of(problem.orig) or problem from problem
    with engine().begin() as connection:
        if not connection.execute(text("SELECT count(*) FROM data_version")).scalar_one():
            connection.execute(text("INSERT INTO data_version (id, version) VALUES (1, 0)"))


def downgrade(migration: str = "base") -> None:
    command.downgrade(_alembic(), migration)


def _alembic() -> Config:
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", database_url().replace("%", "%%"))
    return config
