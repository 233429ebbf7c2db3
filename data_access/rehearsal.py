"""A transaction in which everything can be stored and nothing is, and which no writer waits for.

Of the embedded database only one connection writes at a time. Here what is written goes into tables of the connection's
own memory that stand before those of the database under the same names: those that grow with the reports are copied,
of records the new ones stand beside the old. A served database lets others write meanwhile: there the transaction is
taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from data_access.database import Busy, Session, database_url, embedded_path, is_within_whole, writing_engine
from data_access.queue import Queue, Tell, WaitedTooLong
from models.tables import BreakdownRow, Figure, Report, Submission

COPIED = (Submission, Report, Figure, BreakdownRow)
BLANK = {"sheets": "'[]'", "warnings": "'[]'", "lamps_changed": "NULL"}
"""Of submissions what only their own page shows."""
NOT_OF_A_VIEW = {"true", "false"}
"""SQLite gives columns of these names another one in a view."""


@contextmanager
def rehearsing(record_tables: Sequence[str]) -> Iterator[Session]:
    """Give a session that stores submissions, reports, figures and records of these tables, and forgets them."""
    with Session(writing_engine()) as session:
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            for table in COPIED:
                _copy(connection, str(table.__tablename__))
            for name in record_tables:
                (_copy if NOT_OF_A_VIEW & _columns(connection, name).keys() else _add_to)(connection, name)
        try:
            yield session
        finally:
            session.rollback()


DERIVED = tuple(str(table.__tablename__) for table in (Figure, BreakdownRow))
_senders: dict[str, Queue] = defaultdict(Queue)


@contextmanager
def one_after_another(patience: float, tell: Tell) -> Iterator[None]:
    """Let those who submit come in the order in which they came: what one has computed still holds when it is stored.
    Raises Busy.
    """
    try:
        with _senders[database_url()].turn(patience, tell):
            yield
    except WaitedTooLong:
        raise Busy from None


@dataclass(frozen=True)
class Derived:
    """What is kept of figures and breakdowns otherwise than in the database of `version`: by table the rows that are
    gone, those that end at another instant, and the new ones.
    """

    version: int
    gone: dict[str, list[tuple[Any, ...]]]
    ended: dict[str, list[tuple[Any, ...]]]
    new: dict[str, list[tuple[Any, ...]]]


def can_reckon_ahead() -> bool:
    """Tell whether figures can be made before the lock is taken: not within a larger transaction, which has it."""
    return embedded_path() is not None and not is_within_whole()


def derived(session: Session) -> Derived:
    """Return what was rehearsed of figures and breakdowns in an embedded database."""
    connection = session.connection()
    version = connection.execute(text("SELECT version FROM data_version")).scalar_one()
    gone, ended, new = {}, {}, {}
    for table in DERIVED:
        gone[table] = _rows(
            connection,
            f'SELECT id FROM main."{table}" WHERE id NOT IN (SELECT id FROM temp."{table}")',  # noqa: S608
        )
        ended[table] = _rows(
            connection,
            f'SELECT now.until, now.id FROM temp."{table}" AS now JOIN main."{table}" AS was ON was.id = now.id '  # noqa: S608
            "WHERE now.until IS NOT was.until",
        )
        names = ", ".join(f'"{name}"' for name in _columns(connection, table) if name != "id")
        new[table] = _rows(
            connection,
            f'SELECT {names} FROM temp."{table}" WHERE id > (SELECT coalesce(max(id), 0) FROM main."{table}") '  # noqa: S608
            "ORDER BY id",
        )
    return Derived(int(version), gone, ended, new)


def _rows(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    return list(map(tuple, connection.exec_driver_sql(query)))


def store_derived(session: Session, derived: Derived) -> bool:
    """Store what was rehearsed; False, and nothing stored, where anything was accepted since."""
    connection = session.connection()
    if connection.execute(text("SELECT version FROM data_version")).scalar_one() != derived.version:
        return False
    for table in DERIVED:
        names = [f'"{name}"' for name in _columns(connection, table) if name != "id"]
        marks = ", ".join("?" * len(names))
        for statement, rows in (
            (f'DELETE FROM "{table}" WHERE id = ?', derived.gone[table]),  # noqa: S608
            (f'UPDATE "{table}" SET until = ? WHERE id = ?', derived.ended[table]),  # noqa: S608
            (f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({marks})', derived.new[table]),  # noqa: S608
        ):
            if rows:
                connection.exec_driver_sql(statement, rows)
    return True


def _columns(connection: Connection, table: str) -> dict[str, str]:
    """Return name → how it is declared; references to other tables are left out."""
    rows = connection.exec_driver_sql(f'PRAGMA main.table_info("{table}")')
    numbered = "INTEGER PRIMARY KEY AUTOINCREMENT"  # a number that is gone is not given again
    return {name: f'"{name}" {numbered if key and name == "id" else kind}' for _, name, kind, _, _, key in rows}


def _copy(connection: Connection, table: str) -> None:
    columns = _columns(connection, table)
    values = ", ".join(BLANK.get(name, f'"{name}"') for name in columns)
    connection.exec_driver_sql(f'CREATE TEMP TABLE "{table}" ({", ".join(columns.values())})')
    connection.exec_driver_sql(f'INSERT INTO temp."{table}" SELECT {values} FROM main."{table}"')  # noqa: S608 names are ours
    indexes = connection.exec_driver_sql(
        "SELECT sql FROM main.sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?", (table,)
    )
    for (statement,) in indexes.all():
        for beginning in ("CREATE UNIQUE INDEX ", "CREATE INDEX "):
            if statement.startswith(beginning):
                connection.exec_driver_sql(statement.replace(beginning, f"{beginning}temp.", 1))


def _add_to(connection: Connection, table: str) -> None:
    """New rows get numbers after those of the database."""
    columns, added = _columns(connection, table), f"added_{table}"
    names = ", ".join(f'"{name}"' for name in columns)
    own = ", ".join(f'"{name}"' for name in columns if name != "id")
    given = ", ".join(f'NEW."{name}"' for name in columns if name != "id")
    connection.exec_driver_sql(f'CREATE TEMP TABLE "{added}" ({", ".join(columns.values())})')
    connection.exec_driver_sql(
        f'INSERT INTO temp.sqlite_sequence (name, seq) SELECT ?, coalesce(max(id), 0) FROM main."{table}"',  # noqa: S608 names are ours
        (added,),
    )
    connection.exec_driver_sql(
        f'CREATE TEMP VIEW "{table}" AS SELECT {names} FROM main."{table}" '  # noqa: S608
        f'UNION ALL SELECT {names} FROM temp."{added}"'
    )
    connection.exec_driver_sql(
        f'CREATE TEMP TRIGGER "{added}_in" INSTEAD OF INSERT ON "{table}" BEGIN '  # noqa: S608
        f'INSERT INTO "{added}" ({own}) VALUES ({given}); END'
    )
