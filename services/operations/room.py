"""How much room the data take, and when the disk becomes short of it."""

from __future__ import annotations

from dataclasses import dataclass

from data_access.database import reading
from data_access.room import DiskRoom, bytes_of_database, bytes_of_files, room_of_database
from services.access.permission import WHO_SUPERVISES, requires_role

SHORT_FROM = 0.8
"""Share of the disk in use from which the bureau is warned (serving.md, section 4)."""


@dataclass(frozen=True)
class Room:
    """Bytes of the database, and in it of workbooks and of other files; `disk` None where it is a server's."""

    database: int
    workbooks: int
    other_files: int
    disk: DiskRoom | None

    @property
    def is_short(self) -> bool:
        return self.disk is not None and self.disk.used_share >= SHORT_FROM


@requires_role(*WHO_SUPERVISES)
def room_taken() -> Room:
    with reading() as session:
        workbooks, others = bytes_of_files(session)
        return Room(bytes_of_database(session), workbooks, others, room_of_database())
