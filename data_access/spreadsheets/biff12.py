"""The pieces of a binary part go in ([MS-XLSB] 2.1.4 Record); its records come out, a window of whole ones at a time.

No length is believed before the bytes for it are there.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data_access.spreadsheets.byte_words import bytes_with_room, eight_from
from data_access.spreadsheets.limits import MIB
from data_access.spreadsheets.refusals import Rejected

LARGEST = 16 * MIB  # bytes of one record: far more than the longest text of a cell
NULL_STRING = 0xFFFFFFFF  # XLNullableWideString


@dataclass(frozen=True)
class Records:
    """Whole records of one part: of each its kind (2.3.1 Record Enumeration), and where in `data` its fields begin and
    how many bytes they are.
    """

    data: bytes
    kinds: npt.NDArray[np.uint16]
    places: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int64]

    def fields(self, *kinds: int) -> Iterator[tuple[int, Fields]]:
        """Yield the records of these kinds, in their order."""
        for number in np.flatnonzero(np.isin(self.kinds, kinds)).tolist():
            at = int(self.places[number])
            yield int(self.kinds[number]), Fields(self.data, at, at + int(self.sizes[number]))

    def texts(self, number: npt.NDArray[np.int64], before: npt.NDArray[np.int64]) -> list[str]:
        """Return the XLWideString (2.5.169) of each of these records, behind so many bytes. Raises Rejected where one
        would reach beyond its record.
        """
        starts = self.places[number] + before
        room = self.sizes[number] - before - 4
        if (room < 0).any():
            raise Rejected("damaged")
        sizes = 2 * (eight_from(bytes_with_room(self.data))[starts] & np.uint64(0xFFFFFFFF)).astype(np.int64)
        if (sizes > room).any():
            raise Rejected("damaged")
        data, ends = self.data, starts + 4 + sizes
        return [
            data[at:end].decode("utf-16-le", "replace")
            for at, end in zip((starts + 4).tolist(), ends.tolist(), strict=True)
        ]


class Fields:
    """The fields of one record, taken one after the other. Raises Rejected where one would reach beyond its record."""

    def __init__(self, data: bytes, at: int, end: int) -> None:
        self.data, self.at, self.end = data, at, end

    def number(self, size: int) -> int:
        """Return an unsigned number."""
        return int.from_bytes(self._take(size), "little")

    def text(self) -> str:
        """Return an XLWideString (2.5.169); a null string is an empty one."""
        characters = self.number(4)
        return "" if characters == NULL_STRING else self._take(2 * characters).decode("utf-16-le", "replace")

    def skip(self, size: int) -> None:
        self._take(size)

    def _take(self, size: int) -> bytes:
        begin, self.at = self.at, self.at + size
        if self.at > self.end:
            raise Rejected("damaged")
        return self.data[begin : self.at]


def windows(chunks: Iterable[bytes]) -> Iterator[Records]:
    """Raises Rejected where the part ends within a record."""
    waiting = b""
    for chunk in chunks:
        data = waiting + chunk
        records, end = _whole_records(data)
        waiting = data[end:]
        yield records
    if waiting:
        raise Rejected("damaged")


def _whole_records(data: bytes) -> tuple[Records, int]:
    """Every record that is there to its last byte, and where the first begins that is not."""
    kinds, places, sizes = array("H"), array("q"), array("q")
    keep_kind, keep_place, keep_size = kinds.append, places.append, sizes.append
    end = 0
    try:
        while True:
            kind, size, at = data[end], data[end + 1], end + 2
            if kind > 127 or size > 127:
                kind, size, at = _header(data, end)
            if at + size > len(data):
                break
            keep_kind(kind)
            keep_place(at)
            keep_size(size)
            end = at + size
    except IndexError:  # the last header is not there in full yet
        pass
    return Records(data, np.array(kinds, np.uint16), np.array(places, np.int64), np.array(sizes, np.int64)), end


def _header(data: bytes, at: int) -> tuple[int, int, int]:
    """Kind, size and where the fields begin, in the long forms: a kind of up to 2 bytes, a size of up to 4, of each
    byte 7 bits.
    """
    kind, at = data[at], at + 1
    if kind > 127:
        kind, at = kind & 127 | (data[at] & 127) << 7, at + 1
    size = 0
    for shift in (0, 7, 14, 21):
        byte, at = data[at], at + 1
        size |= (byte & 127) << shift
        if byte < 128:
            break
    if size > LARGEST:
        raise Rejected("damaged")
    return kind, size, at
