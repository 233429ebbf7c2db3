"""The shared strings of a large workbook go in as XML; all of them come out as one Arrow array, without an object for
each.

Only what is written in the usual plain way is cut out by its place; every other string is understood by expat.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data_access.spreadsheets.byte_words import ROOM, Places, Words, begins, bytes_with_room, eight_from
from data_access.spreadsheets.package import SharedStrings
from data_access.spreadsheets.safe_xml import parse_fragment

OPENING, PRESERVING, CLOSING = b"<si><t>", b'<si><t xml:space="preserve">', b"</t></si>"
OTHER_ENCODING = re.compile(rb"^[^<]*<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8)", re.IGNORECASE)
ODD = (b"<!", b"AlternateContent")  # comments and the like, a text in several versions
ESCAPED = re.compile(rb"_x[0-9A-Fa-f]{4}_")
NOT_AS_WRITTEN = np.array(
    [byte == ord("&") or byte == 127 or (byte < 32 and byte not in b"\t\n") for byte in range(256)]
)
Mask = npt.NDArray[np.bool_]


class NotPlain(Exception):
    """The bytes are not in the form that can be cut out by places; another way must read them."""


@dataclass(frozen=True)
class _Items:
    """Each from its <si> up to the next. `tags`: where each "<" is, `first`: which of them begins each item, and the
    end.
    """

    data: bytes
    eight: Words
    tags: Places
    first: Places

    @property
    def starts(self) -> Places:
        return self.tags[self.first]

    def pieces(self) -> pa.Array:
        """Return the texts between the places; no byte is copied."""
        buffers = [None, pa.py_buffer(self.starts), pa.py_buffer(self.data)]
        return pa.Array.from_buffers(pa.large_binary(), len(self.first) - 1, buffers)


def string_table(chunks: Iterable[bytes]) -> pa.Array:
    """Return the strings (large_string) in the order of the table. Raises NotPlain, and Rejected where an odd string is
    no XML.
    """
    data = b"".join(chunks)
    if any(odd in data for odd in ODD) or not is_utf8(data) or (data and b"<sst" not in data):
        raise NotPlain
    if b"<si" not in data:
        return pa.array([], pa.large_string())
    items = _items(data)
    pieces, usual = items.pieces(), _usual(items)
    preserving = (
        usual
        & (np.diff(items.starts) >= len(PRESERVING + CLOSING))
        & pc.starts_with(pieces, PRESERVING).to_numpy(False)
    )
    odd = ~(preserving | (usual & begins(items.eight[items.starts[:-1]], OPENING)))
    texts = _with(_cut(pieces, OPENING), preserving, _cut(pieces.filter(pa.array(preserving)), PRESERVING))
    return _with(_text(_with(texts, odd, pa.scalar(b"", texts.type))), odd, _understood(pieces.filter(pa.array(odd))))


def is_utf8(data: bytes) -> bool:
    """Return whether XML does not say otherwise; as UTF-16 nothing of what we look for would show in it."""
    return not OTHER_ENCODING.match(data)


def _items(data: bytes) -> _Items:
    every = bytes_with_room(data)
    tags, eight = np.flatnonzero(every[:-ROOM] == ord("<")), eight_from(every)
    first, last = (np.flatnonzero(begins(eight[tags], tag)) for tag in (b"<si>", b"</sst>"))
    if len(first) != data.count(b"<si") or len(last) != 1 or not len(first) or last[0] < first[-1]:
        raise NotPlain
    return _Items(data, eight, tags, np.append(first, last))


def _usual(items: _Items) -> Mask:
    """Which are one text between two tags, written as it is."""
    first, starts = items.first[:-1], items.starts
    closing = items.tags[np.minimum(first + 2, len(items.tags) - 1)]
    usual = (np.diff(items.first) == 4) & (closing + len(CLOSING) == starts[1:])
    usual &= begins(items.eight[closing], CLOSING[:8])
    every = np.frombuffer(items.data, np.uint8)
    usual[_holders(starts, np.flatnonzero(NOT_AS_WRITTEN[every]))] = False
    if b"_x" in items.data:
        usual[_holders(starts, np.array([match.start() for match in ESCAPED.finditer(items.data)], np.int64))] = False
    return usual


def _holders(starts: Places, places: Places) -> Places:
    """The items in which these bytes are."""
    inside = places[(places >= starts[0]) & (places < starts[-1])]
    return np.unique(np.searchsorted(starts, inside, side="right") - 1)


def _cut(pieces: pa.Array, opening: bytes) -> pa.Array:
    return pc.binary_slice(pieces, len(opening), -len(CLOSING))


def _with(texts: pa.Array, where: Mask, others: pa.Array | pa.Scalar) -> pa.Array:
    return pc.replace_with_mask(texts, pa.array(where), others) if where.any() else texts


def _text(texts: pa.Array) -> pa.Array:
    try:
        return texts.cast(pa.large_string())
    except pa.ArrowInvalid as not_utf8:
        raise NotPlain from not_utf8


def _understood(pieces: pa.Array) -> pa.Array:
    table = SharedStrings()
    if len(pieces):
        parse_fragment([b"<sst>", *pieces.to_pylist(), b"</sst>"], table)
    if len(table.strings) != len(pieces):
        raise NotPlain
    return pa.array(table.strings, pa.large_string())
