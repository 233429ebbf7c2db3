"""From the XML of a worksheet and the marks of its cells to the same XML with other style numbers, piece by piece."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from data_access.marking.xml_text import MAIN, Unpatchable, attribute, utf8, with_attribute, without_attribute

WINDOW = 2 * 1024 * 1024
_SHEET_DATA = re.compile(rb"<(\w+:)?sheetData\s*(/?)>")
_ADDRESS = re.compile(rb"([A-Z]{1,3})([0-9]{1,7})")
_SELECTED = re.compile(rb'\stabSelected="[^"]*"')


@dataclass(frozen=True)
class Mark:
    """One wrong cell, 1-based; `colour` 0 for an error, 1 for a warning."""

    row: int
    column: int
    letters: bytes
    colour: int


class SheetPatch:
    """`style` gives the marked style for a style and a colour; `tail` changes what follows the rows."""

    def __init__(
        self, marks: Iterable[Mark], style: Callable[[int, int], int], tail: Callable[[bytes, bytes], bytes]
    ) -> None:
        ordered = sorted(marks, key=lambda mark: (mark.row, mark.column))
        self.waiting = deque((row, list(of_row)) for row, of_row in groupby(ordered, key=lambda mark: mark.row))
        self.style, self.tail = style, tail
        self.prefix = b""
        self.columns: list[tuple[int, int, int]] = []  # first, last, style
        self.row = 0

    def pieces(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Raises Unpatchable for XML that is not as spreadsheet programs write it."""
        source = iter(chunks)
        head, empty, rest = self._head(source)
        yield head
        if empty:
            yield b"".join(self._new_row(*marked) for marked in self.waiting) + b"</" + self.prefix + b"sheetData>"
            yield self.tail(rest + b"".join(source), self.prefix)
            return
        end = b"</" + self.prefix + b"sheetData>"
        for window in self._windows(rest, source):
            at = window.find(end)
            if at < 0:
                yield self._patched(window)
                continue
            yield self._patched(window[:at]) + b"".join(self._new_row(*marked) for marked in self.waiting) + end
            yield self.tail(window[at + len(end) :] + b"".join(source), self.prefix)
            return
        raise Unpatchable

    def _head(self, source: Iterator[bytes]) -> tuple[bytes, bool, bytes]:
        """Up to the first row, whether there are none, and what was read beyond."""
        read = b""
        for chunk in source:
            read += chunk
            if match := _SHEET_DATA.search(read):
                break
        else:
            raise Unpatchable
        head, rest = utf8(read[: match.start()]), read[match.end() :]
        if MAIN not in head:
            raise Unpatchable
        self.prefix = match[1] or b""
        self.columns = [_columns(tag) for tag in re.findall(rb"<" + self.prefix + rb"col\s[^>]*>", head)]
        return _SELECTED.sub(b"", head) + b"<" + self.prefix + b"sheetData>", bool(match[2]), rest

    def _windows(self, first: bytes, source: Iterator[bytes]) -> Iterator[bytes]:
        """Pieces that end with a row; the last has what follows the rows, or its beginning."""
        row_end, data_end = b"</" + self.prefix + b"row>", b"</" + self.prefix + b"sheetData>"
        waiting, size = [first], len(first)
        for chunk in source:
            waiting.append(chunk)
            size += len(chunk)
            if size >= WINDOW:
                whole = b"".join(waiting)
                end = len(whole) if data_end in whole else whole.rfind(row_end) + len(row_end)
                if end > len(row_end):
                    yield whole[:end]
                    whole = whole[end:]
                waiting, size = [whole], len(whole)
        yield b"".join(waiting)

    def _patched(self, window: bytes) -> bytes:
        if b"<!" in window:
            raise Unpatchable
        if not self.waiting or self._ends_before(window, self.waiting[0][0]):
            return window
        pieces, position = [], 0
        for start, number in self._rows(window):
            while self.waiting and self.waiting[0][0] <= number:
                row, marks = self.waiting.popleft()
                pieces.append(window[position:start])
                if row < number:
                    position = start
                    pieces.append(self._new_row(row, marks))
                else:
                    position = self._end_of_row(window, start)
                    pieces.append(self._patched_row(window[start:position], row, marks))
            if not self.waiting:
                break
        return b"".join([*pieces, window[position:]])

    def _ends_before(self, window: bytes, row: int) -> bool:
        last = window.rfind(b"<" + self.prefix + b"row ")
        number = attribute(window[last : window.index(b">", last) + 1], b"r") if last >= 0 else None
        if number is None or not number.isdigit() or int(number) >= row:
            return False
        self.row = int(number)
        return True

    def _rows(self, window: bytes) -> Iterator[tuple[int, int]]:
        """Where each row begins, and its number; those without one follow the one before."""
        tag = b"<" + re.escape(self.prefix) + b"row"
        for match in re.finditer(tag + rb'(?: r="([0-9]+)"|(?=[\s/>]))', window):
            stated = match[1] or attribute(window[match.start() : window.index(b">", match.start()) + 1], b"r")
            number = int(stated) if stated else self.row + 1
            if number <= self.row:
                raise Unpatchable
            self.row = number
            yield match.start(), number

    def _end_of_row(self, window: bytes, start: int) -> int:
        tag_end = window.index(b">", start)
        if window[tag_end - 1 : tag_end] == b"/":
            return tag_end + 1
        close = b"</" + self.prefix + b"row>"
        return window.index(close, tag_end) + len(close)

    def _patched_row(self, row: bytes, number: int, marks: Sequence[Mark]) -> bytes:
        missing, open_tag = [], b"<" + self.prefix + b'c r="'
        pieces, position = [], 0
        for mark in marks:
            at = row.find(b'%s%s%d"' % (open_tag, mark.letters, number), position)
            if at < 0:
                missing.append(mark)
                continue
            end = row.index(b">", at) + 1
            pieces += [row[position:at], self._restyled(row[at:end], mark.colour)]
            position = end
        changed = b"".join([*pieces, row[position:]])
        return self._with_more_cells(changed, number, missing) if missing else changed

    def _restyled(self, tag: bytes, colour: int) -> bytes:
        own = attribute(tag, b"s")
        return with_attribute(tag, b"s", b"%d" % self.style(int(own) if own and own.isdigit() else 0, colour))

    def _with_more_cells(self, row: bytes, number: int, marks: list[Mark]) -> bytes:
        """Cells that are written in an unusual way, or not at all."""
        end = row.index(b">") + 1
        tag, inside = without_attribute(row[:end], b"spans"), row[end : row.rfind(b"</")]
        if row[:end].endswith(b"/>"):
            tag, inside = tag[:-2].rstrip() + b">", b""
        own = attribute(tag, b"s") if attribute(tag, b"customFormat") in (b"1", b"true") else None
        cells = dict(self._cells(inside))
        for mark in marks:
            there = cells.get(mark.column)
            if there is None:
                style = int(own) if own else self._style_of_column(mark.column)
                cells[mark.column] = self._new_cell(mark, number, style)
            else:
                close = there.index(b">") + 1
                cells[mark.column] = self._restyled(there[:close], mark.colour) + there[close:]
        return tag + b"".join(cells[column] for column in sorted(cells)) + b"</" + self.prefix + b"row>"

    def _cells(self, inside: bytes) -> Iterator[tuple[int, bytes]]:
        """Column and XML of each cell, with what stands between it and the next."""
        starts = [match.start() for match in re.finditer(b"<" + re.escape(self.prefix) + rb"c(?=[\s/>])", inside)]
        starts.append(len(inside))
        if inside[: starts[0]].strip() or b"extLst>" in inside:
            raise Unpatchable
        column = 0
        for start, end in pairwise(starts):
            address = attribute(inside[start : inside.index(b">", start) + 1], b"r")
            before, column = column, _column_of(address) if address else column + 1
            if column <= before:
                raise Unpatchable
            yield column, inside[start:end]

    def _style_of_column(self, column: int) -> int:
        return next((style for first, last, style in self.columns if first <= column <= last), 0)

    def _new_cell(self, mark: Mark, row: int, style: int) -> bytes:
        return b'<%sc r="%s%d" s="%d"/>' % (self.prefix, mark.letters, row, self.style(style, mark.colour))

    def _new_row(self, row: int, marks: Sequence[Mark]) -> bytes:
        cells = b"".join(self._new_cell(mark, row, self._style_of_column(mark.column)) for mark in marks)
        return b'<%srow r="%d">%s</%srow>' % (self.prefix, row, cells, self.prefix)


def _columns(tag: bytes) -> tuple[int, int, int]:
    first, last, style = (int(attribute(tag, name) or 0) for name in (b"min", b"max", b"style"))
    return first, last, style


def _column_of(address: bytes) -> int:
    match = _ADDRESS.fullmatch(address)
    if not match:
        raise Unpatchable
    number = 0
    for letter in match[1]:
        number = number * 26 + letter - 64
    return number
