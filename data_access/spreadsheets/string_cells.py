"""From a piece of a large worksheet's XML to every cell that names a shared string, found by places, without an object
for each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data_access.spreadsheets.byte_words import (
    ROOM,
    Places,
    Words,
    are_digits,
    begins,
    bytes_with_room,
    eight_from,
    ends,
    last_bytes,
    numbers,
)
from data_access.spreadsheets.string_table import NotPlain

ROW, CELL = b'<row r="', b'<c r="'
MOST_DIGITS = 7  # of a row's number
BEFORE_A, LETTERS = ord("A") - 1, 26
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class StringCells:
    """Rows and columns as in the file, from 1, and the place of each cell's string in the table.

    `rows_here`: rows in the piece; `alone`: it holds nothing but rows, such cells and empty ones.
    """

    rows: npt.NDArray[np.int32]
    columns: npt.NDArray[np.int32]
    strings: npt.NDArray[np.int32]

    rows_here: int
    alone: bool

    def parts(self) -> tuple[npt.NDArray[np.int32], ...]:
        return self.rows, self.columns, self.strings


@dataclass(frozen=True)
class _Rows:
    """Of each row its number, how many digits that is written in, and these as the last of eight bytes; the row of each
    cell.
    """

    numbers: Places
    digits: Places
    text: Words
    of_cell: Places


@dataclass(frozen=True)
class _Piece:
    data: npt.NDArray[np.uint8]
    eight: Words
    tags: Places  # of every "<", and its end three times
    kinds: npt.NDArray[np.uint8]  # the byte after each


def string_cells(window: bytes) -> StringCells:
    """Return the strings of a piece that begins with a row or with what comes before the first. Raises NotPlain where
    an address is not as usual.
    """
    piece = _piece(window)
    first = _tags(piece, CELL)
    rows = _rows(piece, first)
    strings, mine = _strings(piece, first)
    columns, right = _columns(piece, piece.tags[first], rows)
    if not (right | ~mine).all():
        raise NotPlain
    at = [values[mine].astype(np.int32) for values in (rows.numbers[rows.of_cell], columns, strings)]
    known = 4 * int(mine.sum()) + int(_empty(piece, first).sum()) + len(rows.numbers) + len(_tags(piece, b"</row>"))
    return StringCells(at[0], at[1], at[2], len(rows.numbers), known == len(piece.tags) - 3)


def _tags(piece: _Piece, beginning: bytes) -> Places:
    """Which of the tags begin so."""
    maybe = np.flatnonzero(piece.kinds == beginning[1])
    return maybe[begins(piece.eight[piece.tags[maybe]], beginning)]


def _empty(piece: _Piece, first: Places) -> Mask:
    """Which of the cells end with their own tag."""
    return ends(piece.eight[np.maximum(piece.tags[first + 1] - 8, 0)], b"/>")


def _piece(window: bytes) -> _Piece:
    data = bytes_with_room(window)
    tags = np.flatnonzero(data[:-ROOM] == ord("<"))
    tags = np.append(tags, [len(window)] * 3)
    return _Piece(data, eight_from(data), tags, data[tags + 1])


def _rows(piece: _Piece, first: Places) -> _Rows:
    tags = _tags(piece, ROW)
    places = piece.tags[tags] + len(ROW)
    quotes = piece.data[np.minimum(places[:, None] + np.arange(1, MOST_DIGITS + 1), len(piece.data) - 1)] == ord('"')
    digits = quotes.argmax(axis=1) + 1
    text = piece.eight[np.minimum(places + digits - 8, len(piece.eight) - 1)]
    cells = np.diff(np.append(np.searchsorted(first, tags), len(first)))
    if not (quotes.any(axis=1) & are_digits(text, digits)).all() or cells.sum() != len(first):
        raise NotPlain
    return _Rows(numbers(text, digits), digits, last_bytes(text, digits), np.repeat(np.arange(len(tags)), cells))


def _strings(piece: _Piece, first: Places) -> tuple[Places, Mask]:
    """For each cell its string's place, and whether it is of the form <c … t="s"><v>12</v></c>."""
    value, closing, end = (piece.tags[first + n] for n in (1, 2, 3))
    digits = closing - value - len(b"<v>")
    mine = (digits > 0) & (digits <= 8) & (closing + len(b"</v>") == end)
    mine &= ends(piece.eight[np.maximum(value - 8, 0)], b' t="s">') & begins(piece.eight[value], b"<v>")
    mine &= begins(piece.eight[closing], b"</v>") & begins(piece.eight[end], b"</c>")
    text, digits = piece.eight[np.maximum(closing - 8, 0)], np.clip(digits, 1, 8)
    return numbers(text, digits), mine & are_digits(text, digits)


def _columns(piece: _Piece, cells: Places, rows: _Rows) -> tuple[Places, Mask]:
    """Each cell's column, and whether its address is of one or two letters and its own row's number."""
    first, second = (piece.data[cells + len(CELL) + n].astype(np.int64) - BEFORE_A for n in (0, 1))
    two = second > 0
    digits = rows.digits[rows.of_cell]
    end = np.minimum(cells + len(CELL) + 1 + two + digits, len(piece.data) - ROOM)
    right = last_bytes(piece.eight[end - 8], digits) == rows.text[rows.of_cell]
    right &= (piece.data[end] == ord('"')) & (first > 0) & (first <= LETTERS) & (second <= LETTERS)
    return np.where(two, first * LETTERS + second, first), right
