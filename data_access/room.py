"""How much room the disk under the data has, and what takes it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, text
from sqlmodel import Session, col

from data_access.database import embedded_path
from models.tables import StoredFile, Submission


@dataclass(frozen=True)
class DiskRoom:
    """Bytes of the whole disk, and those that are free on it for this account."""

    total: int
    free: int

    @property
    def used_share(self) -> float:
        return 1 - self.free / self.total if self.total else 1.0


def room_beside(folder: Path) -> DiskRoom | None:
    """Return the room of the disk on which the folder is; None where it cannot be told."""
    place = next((path for path in (folder, *folder.absolute().parents) if path.exists()), None)
    if place is None:
        return None
    try:
        usage = shutil.disk_usage(place)
    except OSError:
        return None
    return DiskRoom(usage.total, usage.free)


def room_of_database() -> DiskRoom | None:
    """Return the room of the disk on which the embedded database lies; None for a served one."""
    path = embedded_path()
    return None if path is None else room_beside(path.parent)


def bytes_of_database(session: Session) -> int:
    """Return how many bytes the database takes, its log included."""
    path = embedded_path()
    if path is None:
        query = text("SELECT pg_database_size(current_database())")
        return int(session.connection().execute(query).scalar_one())
    parts = (path, path.with_name(f"{path.name}-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


def bytes_of_files(session: Session) -> tuple[int, int]:
    """Return the bytes of the workbooks that were submitted, and of every other file that is kept."""
    size, submitted = func.coalesce(func.sum(StoredFile.size), 0), select(col(Submission.sha256))
    connection = session.connection()
    every = int(connection.execute(select(size)).scalar_one())
    workbooks = int(connection.execute(select(size).where(col(StoredFile.sha256).in_(submitted))).scalar_one())
    return workbooks, every - workbooks
