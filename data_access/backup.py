"""A copy of the whole embedded database in one file, and its return. Everything is in it, uploaded files included."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from data_access.database import close_to_others, embedded_path, forget_engine, make_file, refuse_newer

NAMED = re.compile(r"board-\d{8}-\d{6}\.sqlite3")
"""The name of a copy by the moment at which it was made; no other file is ever removed."""


class NotABackup(Exception):
    """The file is no whole database of this board."""


def folder_of_backups() -> Path:
    """Return where copies go for which no place was named: beside the database."""
    source = embedded_path()
    assert source is not None
    return source.parent / "backups"


def new_backup(folder: Path, now: datetime) -> Path:
    """Return a name in the folder for a copy made now; the folder is made, for this account alone. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"board-{now:%Y%m%d-%H%M%S}.sqlite3"


def remove_but_newest(folder: Path, keep: int) -> list[str]:
    """Remove the copies of the folder but so many of the newest; return their names, oldest first."""
    copies = sorted(path for path in folder.iterdir() if NAMED.fullmatch(path.name))
    older = copies[: max(0, len(copies) - keep)]
    for path in older:
        path.unlink()
    return [path.name for path in older]


def bytes_needed() -> int:
    """Return how many bytes a copy takes at most."""
    source = embedded_path()
    assert source is not None
    parts = (source, source.with_name(f"{source.name}-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


@contextmanager
def restored_aside(backup: Path) -> Iterator[Path]:
    """Give a copy of the backup that may be written to and goes with the block. Raises NotABackup, OSError."""
    check_whole(backup)
    with TemporaryDirectory(prefix="board-") as folder:
        yield Path(shutil.copy(backup, Path(folder) / "board.sqlite3"))


def rows_by_table(path: Path) -> dict[str, int]:
    """Return table → its number of rows, of every table of the database at this path."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        names = [name for (name,) in connection.execute(query)]
        count = 'SELECT count(*) FROM "{}"'
        return {name: int(connection.execute(count.format(name)).fetchone()[0]) for name in names}


def copy_to(out: Path) -> None:
    """Write a consistent copy while others read and write. Raises OSError where it cannot be written."""
    source = embedded_path()
    assert source is not None
    try:
        out.touch(mode=0o600)
        close_to_others(out)
        with closing(sqlite3.connect(source)) as from_, closing(sqlite3.connect(out)) as to:
            from_.backup(to)
            to.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def discard(out: Path) -> None:
    """Remove a copy, and what SQLite put beside it."""
    for suffix in ("", "-wal", "-shm"):
        out.with_name(out.name + suffix).unlink(missing_ok=True)


def take_back(backup: Path, now: datetime) -> Path | None:
    """Put a copy in the place of the database; what was there is kept beside it under the returned name. Raises
    NotABackup.
    """
    target = embedded_path()
    assert target is not None
    check_whole(backup)
    aside = target.with_name(f"{target.stem}-replaced-{now:%Y%m%d-%H%M%S}{target.suffix}") if target.exists() else None
    if aside is not None:
        _keep_aside(target, aside)
    put_back(backup)
    return aside


def put_back(backup: Path) -> None:
    """Write a copy over the database, in one transaction of SQLite's: it goes in wholly or not at all."""
    target = embedded_path()
    assert target is not None
    make_file()
    with closing(sqlite3.connect(backup)) as from_, closing(sqlite3.connect(target)) as to:
        from_.backup(to)
    forget_engine()


def _keep_aside(target: Path, aside: Path) -> None:
    """A copy; where the database is damaged beyond being copied, the files themselves."""
    try:
        copy_to(aside)
    except OSError:
        aside.unlink(missing_ok=True)
        for suffix in ("", "-wal", "-shm"):
            if (part := target.with_name(target.name + suffix)).exists():
                part.rename(aside.with_name(aside.name + suffix))


def audit_head_of(backup: Path) -> tuple[int, str]:
    """Return how many entries of the audit log a copy holds, and the digest of the last. Raises NotABackup."""
    try:
        with closing(sqlite3.connect(f"{backup.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            head = connection.execute("SELECT entries, digest FROM audit_head").fetchone()
    except sqlite3.Error as error:
        raise NotABackup from error
    if head is None:
        raise NotABackup
    return int(head[0]), str(head[1])


def check_whole(path: Path) -> None:
    """Open it and read all of it. Raises NotABackup, and Unusable where a later version of the program made it."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            ours = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('data_version', 'stored_file')"
            ).fetchone() == (2,)
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone() if ours else None
    except sqlite3.Error as error:
        raise NotABackup from error
    if not (whole and ours):
        raise NotABackup
    refuse_newer(revision and str(revision[0]))
