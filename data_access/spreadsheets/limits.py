"""How much memory, time and output the reading of one file may take; environment variables may say otherwise."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

MIB = 1024 * 1024


@dataclass(frozen=True)
class ReadLimits:
    """Every limit can be set by an environment variable READ_<NAME>, for instance READ_WALL_SECONDS."""

    file_bytes: int = 100 * MIB
    memory_bytes: int = 4096 * MIB  # that the child takes beyond what it has loaded
    cpu_seconds: int = 240
    wall_seconds: int = 480
    output_bytes: int = 4096 * MIB  # what the child may write
    unpacked_bytes: int = 4096 * MIB  # all members of a zip together
    unpacked_ratio: int = 400  # unpacked to packed, of a member larger than 16 MiB
    data_rows: int = 1_000_000
    head_rows: int = 50  # rows above and below the table that do not count as data
    box_cells: int = 5_000_000  # between the first and the last cell of a sheet that is mostly empty
    at_once: int = 0  # files that are read at once; 0: as many as memory allows
    bulk_bytes: int = 4 * MIB  # of XML: below, our own pass is as fast as the bulk reader and knows more

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> ReadLimits:
        """Return the limits of this installation. Raises ValueError where a variable is not a whole number."""
        names = {field.name: f"READ_{field.name.upper()}" for field in fields(cls)}
        return cls(**{name: int(environment[key]) for name, key in names.items() if key in environment})


DEFAULT = ReadLimits.from_environment()
