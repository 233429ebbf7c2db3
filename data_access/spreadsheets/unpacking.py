"""A zip archive goes in; it is refused before reading where it would unpack beyond the limits, and members are unpacked
within them.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

from data_access.spreadsheets.limits import MIB, ReadLimits
from data_access.spreadsheets.refusals import Rejected

SMALL = 16 * MIB  # members up to this size may be packed as tightly as they like
ENCRYPTED_FLAG = 0x1
MEMBERS = 20_000
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError)


def check_members(archive: zipfile.ZipFile, limits: ReadLimits) -> None:
    """Raises Rejected for what the archive declares; what it does not declare meets the child's memory limit."""
    members = archive.infolist()
    if len(members) > MEMBERS or sum(member.file_size for member in members) > limits.unpacked_bytes:
        raise Rejected("unsafe")
    for member in members:
        if member.flag_bits & ENCRYPTED_FLAG:
            raise Rejected("password")
        if member.file_size > SMALL and member.file_size > limits.unpacked_ratio * max(member.compress_size, 1):
            raise Rejected("unsafe")


class Archive:
    """A zip whose parts are found whatever the case of their names, and unpacked piece by piece within the limits."""

    def __init__(self, content: bytes, limits: ReadLimits) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.left = limits.unpacked_bytes  # bytes that may still be unpacked
        self.members = {unquote(name.replace("\\", "/").lstrip("/")).lower(): name for name in self.archive.namelist()}

    def chunks(self, path: str, size: int = MIB) -> Iterator[bytes]:
        """Yield the part unpacked piece by piece. Raises Rejected where it is missing, broken or unpacks beyond the
        limits.
        """
        if path.lower() not in self.members:
            raise Rejected("damaged")
        try:
            with self.archive.open(self.members[path.lower()]) as part:
                while piece := part.read(size):
                    self.left -= len(piece)
                    if self.left < 0:
                        raise Rejected("unsafe")
                    yield piece
        except BROKEN as problem:
            raise Rejected("damaged") from problem

    def size(self, path: str) -> int:
        """Return the unpacked bytes as declared; 0 where the part is missing."""
        return self.archive.getinfo(self.members[path.lower()]).file_size if path.lower() in self.members else 0
