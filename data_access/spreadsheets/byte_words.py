"""From a buffer of bytes to eight bytes at any place of it as one number, and digits so held as their value: for many
places at once.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
ROOM = 8  # bytes that must follow the last place looked at


def bytes_with_room(data: bytes) -> npt.NDArray[np.uint8]:
    return np.frombuffer(data + bytes(ROOM), np.uint8)


def eight_from(data: npt.NDArray[np.uint8]) -> Words:
    """Return an array whose element i is bytes i … i + 7, the first the lowest; a view."""
    return np.ndarray((len(data) - ROOM + 1,), "<u8", data, strides=(1,))


def word(text: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(text, "little"))


def begins(words: Words, text: bytes) -> npt.NDArray[np.bool_]:
    return (words & word(b"\xff" * len(text))) == word(text)


def ends(words: Words, text: bytes) -> npt.NDArray[np.bool_]:
    return (words >> np.uint64(8 * (8 - len(text)))) == word(text)


def last_bytes(words: Words, number: Places) -> Words:
    """Return the last `number` (1 to 8) of the eight bytes, with 0 for those before them."""
    before = (8 * (8 - number)).astype(np.uint64)
    return (words >> before) << before


def are_digits(words: Words, number: Places) -> npt.NDArray[np.bool_]:
    """Return whether the last `number` of the eight bytes are digits."""
    digits = last_bytes(words ^ word(b"0" * 8), number)
    return ((digits | (digits + word(b"\x76" * 8))) & word(b"\x80" * 8)) == 0


def numbers(words: Words, number: Places) -> npt.NDArray[np.int64]:
    """Return the last `number` digits of the eight bytes as one number: neighbours are put together, then pairs, then
    fours.
    """
    digits = last_bytes(words ^ word(b"0" * 8), number)
    pairs = digits * np.uint64(10) + (digits >> np.uint64(8))
    every_other = np.uint64(0x000000FF000000FF)
    thousands = (pairs & every_other) * np.uint64(1_000_000 << 32 | 100)
    units = ((pairs >> np.uint64(16)) & every_other) * np.uint64(10_000 << 32 | 1)
    return ((thousands + units) >> np.uint64(32)).astype(np.int64)
