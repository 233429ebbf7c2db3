"""From the bytes of an uploaded file to its visible cells with their addresses, read in a process of its own.

Kept light on purpose: the child process imports this package too, so the parent's half is only loaded when it is asked
for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_access.queue import Tell, nobody_told
from data_access.spreadsheets.limits import DEFAULT, ReadLimits

if TYPE_CHECKING:
    from models.cells import WorkbookCells

__all__ = ["DEFAULT", "ReadLimits", "read"]


def read(content: bytes, file_name: str = "", limits: ReadLimits = DEFAULT, tell: Tell = nobody_told) -> WorkbookCells:
    """Return every visible sheet as text with kinds. Raises models.cells.Refused; nothing in a file can harm this
    process. `tell` is called with how many files have to be read before.
    """
    from data_access.spreadsheets.reading import read_in_child

    return read_in_child(content, file_name, limits, tell)
