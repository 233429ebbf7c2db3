"""From a zip and the parts that change to a new zip, its other members as packed as they were, the changed ones packed
on every core.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO

from data_access.marking.xml_text import Unpatchable

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
UTF8_NAMES = 0x800
LARGEST = 0xFFFF_FFFF  # what the plain format can say
JANUARY_1980 = 33
LEVEL = 1
WAITING = 4  # pieces packed or waiting at once


@dataclass(frozen=True)
class Packed:
    """A member as it lies in the archive."""

    method: int
    flags: int
    crc: int
    size: int
    data: list[bytes]

    @property
    def packed_size(self) -> int:
        return sum(map(len, self.data))


def pack(pieces: Iterable[bytes]) -> Packed:
    """Return the pieces of one member, packed side by side: deflated data may be joined where each piece ends on a
    whole byte.
    """
    crc = size = 0
    waiting: deque[Future[bytes]] = deque()
    data: list[bytes] = []
    with ThreadPoolExecutor(min(os.cpu_count() or 1, WAITING)) as threads:
        for piece in pieces:
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            waiting.append(threads.submit(_deflated, piece))
            if len(waiting) > WAITING:
                data.append(waiting.popleft().result())
        data += [packing.result() for packing in waiting]
    data.append(zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS).flush())
    return Packed(zipfile.ZIP_DEFLATED, UTF8_NAMES, crc, size, data)


def _deflated(piece: bytes) -> bytes:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)


def rebuild(content: bytes, archive: zipfile.ZipFile, changed: Mapping[str, Packed | None], out: BinaryIO) -> None:
    """Write the archive in its order, with `changed` members in their place or at the end; None leaves a member out."""
    members: dict[str, Packed | zipfile.ZipInfo | None] = {info.filename: info for info in archive.infolist()}
    members |= changed
    directory: list[bytes] = []
    offset = 0
    for name, member in members.items():
        if member is None:
            continue
        packed = member if isinstance(member, Packed) else _as_it_was(content, member)
        raw_name = name.encode("utf-8" if packed.flags & UTF8_NAMES else "cp437")
        head = (
            packed.flags,
            packed.method,
            0,
            JANUARY_1980,
            packed.crc,
            packed.packed_size,
            packed.size,
            len(raw_name),
        )
        if max(packed.size, packed.packed_size, offset) >= LARGEST:
            raise Unpatchable
        directory.append(CENTRAL.pack(b"PK\1\2", 20, 20, *head, 0, 0, 0, 0, 0, offset) + raw_name)
        out.write(LOCAL.pack(b"PK\3\4", 20, *head, 0) + raw_name)
        out.writelines(packed.data)
        offset += LOCAL.size + len(raw_name) + packed.packed_size
    listing = b"".join(directory)
    out.write(listing + END.pack(b"PK\5\6", 0, 0, len(directory), len(directory), len(listing), offset, 0))


def _as_it_was(content: bytes, member: zipfile.ZipInfo) -> Packed:
    start = member.header_offset
    name_length, extra_length = struct.unpack_from("<2H", content, start + 26)
    start += LOCAL.size + name_length + extra_length
    data = content[start : start + member.compress_size]
    return Packed(member.compress_type, member.flag_bits & UTF8_NAMES, member.CRC, member.file_size, [data])
