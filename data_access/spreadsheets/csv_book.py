"""The bytes of a text file go in; one sheet of text cells comes out (UTF-8 with or without BOM, UTF-16, GB18030)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from data_access.spreadsheets.grid import Book, Grid, in_chunks
from data_access.spreadsheets.refusals import Rejected

DELIMITERS = (",", "\t", ";")
SAMPLE_LINES = 50


def open_csv(content: bytes, sheet_name: str) -> Book:
    text = _decoded(content)
    delimiter = _delimiter(text)
    csv.field_size_limit(1024 * 1024)
    width = max((len(row) for row in _rows(text, delimiter)), default=0)
    padded = (row + [""] * (width - len(row)) for row in _rows(text, delimiter))
    return Book("csv", iter([Grid(sheet_name, in_chunks(padded), width)]))


def _rows(text: str, delimiter: str) -> Iterator[list[object]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as problem:
        raise Rejected("damaged") from problem


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(content, "utf-16")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return _strict(content, encoding)
        except Rejected:
            continue
    raise Rejected("not-a-spreadsheet")


def _strict(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise Rejected("not-a-spreadsheet") from problem
    if "\0" in text:
        raise Rejected("not-a-spreadsheet")
    return text


def _delimiter(text: str) -> str:
    """The mark that cuts the most of the first lines into the same number of columns."""
    lines = [line for line in islice(io.StringIO(text), SAMPLE_LINES) if line.strip()]
    def agreement(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines if mark in line]
        return (max(map(counts.count, set(counts)), default=0), max(counts, default=0))
    best = max(DELIMITERS, key=agreement)
    if agreement(best) == (0, 0) and len(lines) < 1:
        raise Rejected("empty")
    return best
