"""A zip archive goes in; it is refused before reading where it would unpack beyond the limits, and members are unpacked within them."""

from __future__ import annotations

import zipfile

from data_access.spreadsheets.limits import MIB, ReadLimits
from data_access.spreadsheets.refusals import Rejected

SMALL = 16 * MIB  # members up to this size may be packed as tightly as they like
ENCRYPTED_FLAG = 0x1
MEMBERS = 20_000


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
