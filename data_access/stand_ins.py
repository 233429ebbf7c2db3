"""Tables of a connection's own that stand before those of the database under the same names, until the transaction is
taken back. Nobody waits for what is written into them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

from sqlalchemy import Connection

OWN_NUMBER = "INTEGER PRIMARY KEY AUTOINCREMENT"
"""Of SQLite: a number that is gone is not given again."""


def table_added_to(table: str) -> str:
    """Return the name of the table that takes what is put into a view before this one."""
    return f"added_{table}"


class StandIns(ABC):
    """How a kind of database makes them. `schema`: where the database's own tables are found meanwhile."""

    schema: str

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _run(self, statement: str) -> None:
        self._connection.exec_driver_sql(statement)

    @abstractmethod
    def copy(self, table: str, instead: Mapping[str, str]) -> None:
        """Stand a copy before the table; `instead`: column → what is written in it instead, as SQL."""

    @abstractmethod
    def add_to(self, table: str) -> None:
        """Stand a view before the table: its rows and, with numbers after theirs, those that are put in."""


class EmbeddedStandIns(StandIns):
    """Of SQLite, in the connection's own memory."""

    schema = "main"

    def _columns(self, table: str) -> dict[str, str]:
        """Return name → how it is declared; references to other tables are left out."""
        rows = self._connection.exec_driver_sql(f'PRAGMA main.table_info("{table}")')
        return {name: f'"{name}" {OWN_NUMBER if key and name == "id" else kind}' for _, name, kind, _, _, key in rows}

    def copy(self, table: str, instead: Mapping[str, str]) -> None:
        columns = self._columns(table)
        self._run(f'CREATE TEMP TABLE "{table}" ({", ".join(columns.values())})')
        self._run(f'INSERT INTO temp."{table}" SELECT {_values(columns, instead)} FROM main."{table}"')  # noqa: S608 names are ours
        indexes = self._connection.exec_driver_sql(
            "SELECT sql FROM main.sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?", (table,)
        )
        for (statement,) in indexes.all():
            for beginning in ("CREATE UNIQUE INDEX ", "CREATE INDEX "):
                if statement.startswith(beginning):
                    self._run(statement.replace(beginning, f"{beginning}temp.", 1))

    def add_to(self, table: str) -> None:
        columns, added = self._columns(table), table_added_to(table)
        names, own = _names(columns), [name for name in columns if name != "id"]
        self._run(f'CREATE TEMP TABLE "{added}" ({", ".join(columns.values())})')
        self._run(
            f"INSERT INTO temp.sqlite_sequence (name, seq) SELECT '{added}', coalesce(max(id), 0) FROM main.\"{table}\""  # noqa: S608 names are ours
        )
        self._run(
            f'CREATE TEMP VIEW "{table}" AS SELECT {names} FROM main."{table}" '  # noqa: S608
            f'UNION ALL SELECT {names} FROM temp."{added}"'
        )
        self._run(
            f'CREATE TEMP TRIGGER "{added}_in" INSTEAD OF INSERT ON "{table}" BEGIN '  # noqa: S608
            f'INSERT INTO "{added}" ({_names(own)}) VALUES ({_new(own)}); END'
        )


class ServedStandIns(StandIns):
    """Of PostgreSQL, in the transaction's own schema, which is looked through first."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()

    def _columns(self, table: str) -> list[str]:
        rows = self._connection.exec_driver_sql(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s "
            "ORDER BY ordinal_position",
            (self.schema, table),
        )
        return list(rows.scalars())

    def _make_like(self, made: str, table: str, including: str = "") -> None:
        """An empty table with the columns of another, which numbers on from its last row; references are left out."""
        self._run(f'CREATE TEMP TABLE "{made}" (LIKE "{self.schema}"."{table}"{including})')
        if "id" not in self._columns(table):
            return
        self._run(f'CREATE TEMP SEQUENCE "{made}_number"')
        self._run(
            f'SELECT setval(\'pg_temp."{made}_number"\', coalesce(max(id), 0) + 1, false) FROM "{self.schema}"."{table}"'  # noqa: E501, S608 names are ours
        )
        self._run(f'ALTER TABLE pg_temp."{made}" ALTER id SET DEFAULT nextval(\'pg_temp."{made}_number"\')')

    def copy(self, table: str, instead: Mapping[str, str]) -> None:
        columns = self._columns(table)
        self._make_like(table, table, " INCLUDING INDEXES")
        self._run(
            f'INSERT INTO pg_temp."{table}" ({_names(columns)}) SELECT {_values(columns, instead)} FROM "{self.schema}"."{table}"'  # noqa: E501, S608 names are ours
        )
        self._run(f'ANALYZE pg_temp."{table}"')

    def add_to(self, table: str) -> None:
        columns, added = self._columns(table), table_added_to(table)
        names, own = _names(columns), [name for name in columns if name != "id"]
        self._make_like(added, table)  # it is indexed when its rows are in
        self._run(
            f'CREATE TEMP VIEW "{table}" AS SELECT {names} FROM "{self.schema}"."{table}" '  # noqa: S608
            f'UNION ALL SELECT {names} FROM pg_temp."{added}"'
        )
        self._run(
            f'CREATE RULE "{added}_in" AS ON INSERT TO pg_temp."{table}" DO INSTEAD '  # noqa: S608 names are ours
            f'INSERT INTO pg_temp."{added}" ({_names(own)}) VALUES ({_new(own)})'
        )


def has_view_before(connection: Connection, table: str) -> bool:
    """Return whether a view stands before this table of an embedded database (`add_to`)."""
    query = "SELECT 1 FROM sqlite_temp_master WHERE type = 'view' AND name = ?"
    return connection.exec_driver_sql(query, (table,)).first() is not None


def index_added(connection: Connection, table: str) -> None:
    """Index, on PostgreSQL, what was put in before this table as the table itself is: at once that costs a third of
    what it does row by row.
    """
    indexes = connection.exec_driver_sql(
        "SELECT indexdef FROM pg_indexes WHERE schemaname = %s AND tablename = %s",
        (stand_ins(connection).schema, table),
    )
    for index in indexes.scalars().all():
        connection.exec_driver_sql(f'CREATE INDEX ON pg_temp."{table_added_to(table)}" {index[index.index("USING") :]}')


def stand_ins(connection: Connection) -> StandIns:
    """Return those of the connection's kind of database."""
    kind = EmbeddedStandIns if connection.dialect.name == "sqlite" else ServedStandIns
    return kind(connection)


def _names(columns: list[str] | dict[str, str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _new(columns: list[str]) -> str:
    return ", ".join(f'NEW."{name}"' for name in columns)


def _values(columns: list[str] | dict[str, str], instead: Mapping[str, str]) -> str:
    return ", ".join(instead.get(name, f'"{name}"') for name in columns)
