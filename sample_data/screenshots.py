"""From lines of text to a picture of a web page with them (.png), drawn without a font of this machine.

The characters lie beside as dots (dot_letters.txt): a font would draw other pixels on another machine.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

SIDE = 24
"""Dots of a character, each way; half as many across for letters and digits."""
WIDTH, MARGIN, BAR = 960, 48, 44
BLANK_LINES = 3

Picture = list[bytearray]
"""Rows of pixels, 1 for ink."""


def screenshot(lines: Sequence[str]) -> bytes:
    """Return a picture of these lines; the first is in the bar of the browser."""
    picture = [bytearray(WIDTH) for _ in range(BAR + MARGIN * (len(lines) + BLANK_LINES))]
    _write(picture, lines[0], MARGIN, (BAR - SIDE) // 2)
    _rule(picture, BAR, 0)
    for number, line in enumerate(lines[1:], 1):
        _write(picture, line, MARGIN, BAR + MARGIN * number)
    for number in range(len(lines), len(lines) + BLANK_LINES - 1):  # the rest of the page is grey text
        _rule(picture, BAR + MARGIN * number, MARGIN)
    return _png(picture)


@cache
def letters() -> dict[str, tuple[int, ...]]:
    """Return character → its rows of dots as numbers, the leftmost dot highest."""
    lines = (Path(__file__).parent / "dot_letters.txt").read_text(encoding="ascii").splitlines()
    dots_of = {}
    for line in lines:
        code, dots = line.split()
        dots_of[chr(int(code, 16))] = tuple(
            int(dots[start : start + SIDE // 4], 16) for start in range(0, len(dots), SIDE // 4)
        )
    return dots_of


def _write(picture: Picture, text: str, left: int, top: int) -> None:
    for character in text:
        for y, row in enumerate(letters()[character] if character != " " else ()):
            for x in range(SIDE):
                picture[top + y][left + x] |= row >> (SIDE - 1 - x) & 1
        left += SIDE if ord(character) > 255 else SIDE // 2


def _rule(picture: Picture, y: int, margin: int) -> None:
    picture[y][margin : WIDTH - margin] = bytes([1]) * (WIDTH - 2 * margin)


def _png(picture: Picture) -> bytes:
    """One bit a pixel, 0 for ink."""
    rows = b"".join(
        b"\0" + int("".join("01"[not pixel] for pixel in row), 2).to_bytes(WIDTH // 8, "big") for row in picture
    )
    head = struct.pack(">IIBBBBB", WIDTH, len(picture), 1, 0, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
