"""Whether the board can be used now, for whatever watches the server: nothing of the district is in the answer."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from data_access.database import DatabaseFailure, is_at_head, is_initialised
from data_access.room import room_of_database
from rules.file_sizes import MEGABYTE

ROOM_NEEDED = 200 * MEGABYTE
"""Free on the disk: a large workbook with its rows, twice."""


@dataclass(frozen=True)
class Readiness:
    """`database`: it answers. `migration`: its tables are those of this version. `room`: what is sent can be stored."""

    database: bool
    migration: bool
    room: bool

    @property
    def is_ready(self) -> bool:
        return all(asdict(self).values())


def readiness() -> Readiness:
    """Return what can be used now."""
    disk = room_of_database()
    has_room = disk is None or disk.free >= ROOM_NEEDED
    try:
        return Readiness(is_initialised(), is_at_head(), has_room)
    except DatabaseFailure:
        return Readiness(False, False, has_room)
