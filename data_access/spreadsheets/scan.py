"""The XML of a large worksheet goes in piece by piece; the cells that are no plain strings, hidden rows and merges come
out.

Complete elements are cut out by their bytes and understood by expat; only plain numbers, by far the most frequent, are
taken as they stand. Where the bytes are not of the form that Excel, WPS and the usual libraries write, NeedsCare is
raised and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from data_access.spreadsheets.safe_xml import parse_fragment
from data_access.spreadsheets.sheet_xml import CellReader, SheetHandler, column_number
from data_access.spreadsheets.sheets import Scatter, Scattered

WINDOW = 4 * 1024 * 1024
ROW_END = b"</row>"
ODD = (b"<!", b":c ", b" t='", b"AlternateContent")  # comments and the like, prefixed cells, other quotes
WITHOUT_ADDRESS = re.compile(rb'<(?:c|row)(?: (?!r=")|[/>\t\r\n])')
UNUSUAL = re.compile(rb'<c r="(?:[A-Z]{3}|[^A-Z])')  # far off, or written as a1 or $A$1
NOT_A_STRING = re.compile(
    rb'<c (?![^>]*(?: t="(?:s|inlineStr)"|/>))'
    rb'(?:r="([A-Z]{1,2})([0-9]+)"(?: s="([0-9]+)")?(?: t="n")?><v>([0-9.E+-]+)</v></c>|([^>]*>.*?</c>))',
    re.DOTALL,
)
STRING, INLINE = b' t="s"><v>', b' t="inlineStr"><is>'
HIDDEN_ROW = re.compile(rb'<row [^>]*hidden="[^>]*>')
MERGES = re.compile(rb"<mergeCells.*?</mergeCells>", re.DOTALL)
ROW_NUMBER = re.compile(rb'<row r="([0-9]+)"')
FIRST_COLUMNS = [bytes([letter]) for letter in range(65, 91)]
EMPTY_ROWS = 200_000  # more empty rows than this before the last one are for the careful pass


class NeedsCare(Exception):
    """The bulk way cannot be sure of this file; read it by our own pass."""


class Scan:
    """What fastexcel does not tell about one worksheet."""

    def __init__(self, cells: CellReader) -> None:
        self.scatter = Scatter()
        self.handler = SheetHandler(cells, self.scatter.add)
        self.number = lru_cache(maxsize=65_536)(lambda value, style: cells.number(value.decode(), style.decode()))
        self.numbers: dict[bytes, Scattered] = {}
        self.rows = self.cells_here = 0
        self.first_column = 0  # the first that may hold something, 0 while none does
        self.certain_column = 0  # the first that surely does

    def run(self, chunks: Iterable[bytes]) -> None:
        for window in windows(chunks):
            self.check(window)
            self._find_first_column(window)
            if window.count(STRING) + window.count(INLINE) != self.cells_here:
                self.numbers_and_others(window)
            self.rows_and_merges(window)

    def first_column_for_sure(self) -> int:
        if not self.first_column or self.first_column != self.certain_column:
            raise NeedsCare
        return self.first_column

    def check(self, window: bytes) -> None:
        """Raises NeedsCare where the addresses of the cells could be misread."""
        if any(odd in window for odd in ODD) or UNUSUAL.search(window):
            raise NeedsCare
        rows = window.count(b'<row r="')
        self.cells_here = window.count(b'<c r="')
        in_doubt = window.count(b"<c") != self.cells_here or window.count(b"<row") != rows  # <cols> and the like
        if in_doubt and WITHOUT_ADDRESS.search(window):
            raise NeedsCare
        self.rows += rows
        last = ROW_NUMBER.match(window, window.rfind(b'<row r="')) if rows else None
        if last and int(last[1]) > self.rows + EMPTY_ROWS:
            raise NeedsCare

    def _find_first_column(self, window: bytes) -> None:
        self.first_column = _earlier_column(window, self.first_column, rb"[^>]*[^/>]>|>")
        self.certain_column = _earlier_column(
            window, self.certain_column, rb"[^>]*>(?:<f[^>]*>[^<]*</f>)?(?:<v>[^<]|<is><t[^>]*>[^<])"
        )

    def numbers_and_others(self, window: bytes) -> int:
        """Keeps every cell that has content and names or holds no string; tells how many there are."""
        others, number = [], self.number
        cells_found = NOT_A_STRING.findall(window)
        for letters, row, style, value, other in cells_found:
            if other:
                others.append(b"<c " + other)
                continue
            cells = self.numbers.get(letters) or self._numbers_of(letters)
            text, kind = number(value, style)
            cells.rows.append(int(row))
            cells.texts.append(text)
            cells.kinds.append(kind)
        if others:
            parse_fragment([b"<x>", *others, b"</x>"], self.handler)
        return len(cells_found)

    def _numbers_of(self, letters: bytes) -> Scattered:
        self.numbers[letters] = self.scatter.column(column_number(letters.decode()))
        return self.numbers[letters]

    def rows_and_merges(self, window: bytes) -> None:
        hidden = [tag.rstrip(b"/>") + b"/>" for tag in HIDDEN_ROW.findall(window)] if b'hidden="' in window else []
        parse_fragment([b"<x>", *hidden, *MERGES.findall(window), b"</x>"], self.handler)


def windows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces that end with a row, and what follows the last row."""
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= WINDOW:
            whole = b"".join(waiting)
            end = whole.rfind(ROW_END) + len(ROW_END)
            if end >= len(ROW_END):
                yield whole[:end]
                whole = whole[end:]
            waiting, size = [whole], len(whole)
    yield b"".join(waiting)


def _earlier_column(window: bytes, known: int, cell: bytes) -> int:
    """The first column with such a cell in this window, or the one known already."""
    for number, letter in enumerate(FIRST_COLUMNS[: known - 1 if known else None], 1):
        if re.search(rb'<c r="' + letter + rb'[0-9]+"(?:' + cell + rb")", window):
            return number
    return known
