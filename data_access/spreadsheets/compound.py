"""From the bytes of an OLE2 file to whether an .xls workbook is in it, by the names of its streams."""

from __future__ import annotations

import struct

from data_access.spreadsheets.refusals import Rejected

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
WORKBOOKS = {"workbook", "book"}
ENCRYPTED = {"encryptedpackage", "encryptioninfo"}


def compound_format(content: bytes) -> str:
    """Return xls. Raises Rejected for encrypted packages, other documents and broken files."""
    try:
        names = stream_names(content)
    except (struct.error, IndexError) as problem:
        raise Rejected("damaged") from problem
    if names & ENCRYPTED:
        raise Rejected("password")
    if names & WORKBOOKS:
        return "xls"
    raise Rejected("unsupported-format" if names else "damaged")


def is_encrypted_package(content: bytes) -> bool:
    """Return whether it is one; False too where it is too broken to be known."""
    try:
        return bool(stream_names(content) & ENCRYPTED)
    except (struct.error, IndexError, Rejected):
        return False


def stream_names(content: bytes) -> set[str]:
    """Return the names in the directory, lower case. Each sector is visited once, so a looping chain ends."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in (512, 4096):
        raise Rejected("damaged")
    table = _allocation_table(content, size)
    names: set[str] = set()
    sector, seen = struct.unpack_from("<I", content, 48)[0], set()
    while sector < END and sector not in seen:
        seen.add(sector)
        names |= _names_in(content[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector] if sector < len(table) else END
    return names


def _allocation_table(content: bytes, size: int) -> list[int]:
    first = [s for s in struct.unpack_from("<109I", content, 76) if s < END]
    table: list[int] = []
    for sector in first:
        block = content[(sector + 1) * size : (sector + 2) * size]
        table += struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
    return table


def _names_in(block: bytes) -> set[str]:
    names = set()
    for start in range(0, len(block) - 127, 128):
        length = struct.unpack_from("<H", block, start + 64)[0]
        if 2 <= length <= 64:
            names.add(block[start : start + length - 2].decode("utf-16-le", "replace").lower())
    return names
