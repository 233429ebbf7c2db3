"""The database that the first `make run` unpacks."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sample_data.loaded_district import unpack

WHO_LOADED = "account"
OF_THE_LOADING = {
    "audit_entry": {"at", "previous", "digest"},
    "audit_head": {"digest"},
    "declaration": {"at"},
    "plan_version": {"at"},
}
"""Table → columns that say when the sample was loaded."""
OF_THE_FONT = {"bulletin_file": {"sha256"}}
"""Table → columns that other pictures change: a chart is drawn in the installed font, and without one there is none."""
NOT_OF_THE_FONT = {"stored_file": "sha256 NOT IN (SELECT sha256 FROM {}.bulletin_file)"}
COUNTS_WRITES = "data_version"


@pytest.mark.long
def test_it_holds_what_the_workbooks_give_row_for_row_and_is_packed_again_by_make_sample(
    sample_from_workbooks: Path, tmp_path: Path
) -> None:
    unpacked = tmp_path / "board.sqlite3"
    unpack(unpacked)
    with closing(sqlite3.connect(sample_from_workbooks)) as connection:
        connection.execute("ATTACH ? AS unpacked", (str(unpacked),))
        query = "SELECT name FROM {}.sqlite_master WHERE type = 'table' ORDER BY name"
        names, names_unpacked = (
            [name for (name,) in connection.execute(query.format(side))] for side in ("main", "unpacked")
        )
        assert names_unpacked == names
        assert {name: rows for name in names if name != COUNTS_WRITES and (rows := _different(connection, name))} == {}


def _different(connection: sqlite3.Connection, table: str) -> list[object]:
    """The first rows that only one of the two has."""
    columns = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
    left_out = {WHO_LOADED, *OF_THE_LOADING.get(table, ()), *OF_THE_FONT.get(table, ())}
    compared = ", ".join(f'"{name}"' for name in columns if name not in left_out)
    here, there = (
        f'SELECT {compared} FROM {side}."{table}" WHERE {NOT_OF_THE_FONT.get(table, "true").format(side)}'  # noqa: S608 names are ours
        for side in ("main", "unpacked")
    )
    both = f"SELECT * FROM ({here} EXCEPT {there}) UNION ALL SELECT * FROM ({there} EXCEPT {here}) LIMIT 3"  # noqa: S608
    return connection.execute(both).fetchall()


def test_it_is_for_this_account_alone_and_never_takes_the_place_of_another_file(tmp_path: Path) -> None:
    database = tmp_path / "board.sqlite3"
    unpack(database)
    assert database.stat().st_mode & 0o777 == 0o600
    before = database.read_bytes()
    try:
        unpack(database)
    except FileExistsError:
        assert database.read_bytes() == before
    else:
        raise AssertionError("written over")
