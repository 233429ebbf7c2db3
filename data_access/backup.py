"""A copy of the whole embedded database in one file, and its return. Everything is in it, uploaded files included."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from data_access.database import close_to_others, embedded_path, forget_engine, make_file


class NotABackup(Exception):
    """The file is no whole database of this board."""


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


def take_back(backup: Path, now: datetime) -> Path | None:
    """Put a copy in the place of the database; what was there is kept beside it under the returned name. Raises
    NotABackup.
    """
    target = embedded_path()
    assert target is not None
    _refuse_unless_whole(backup)
    aside = target.with_name(f"{target.stem}-replaced-{now:%Y%m%d-%H%M%S}{target.suffix}") if target.exists() else None
    if aside is not None:
        _keep_aside(target, aside)
    make_file()
    with closing(sqlite3.connect(backup)) as from_, closing(sqlite3.connect(target)) as to:
        from_.backup(to)
    forget_engine()
    return aside


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


def _refuse_unless_whole(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            ours = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('data_version', 'stored_file')"
            ).fetchone() == (2,)
    except sqlite3.Error as error:
        raise NotABackup from error
    if not (whole and ours):
        raise NotABackup
