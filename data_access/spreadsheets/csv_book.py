"""The bytes of a text file go in; one sheet of text cells comes out (UTF-8 with or without BOM, UTF-16, GB18030)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from data_access.spreadsheets.columns import columns_of
from data_access.spreadsheets.limits import MIB, ReadLimits
from data_access.spreadsheets.refusals import Rejected
from data_access.spreadsheets.sheets import Book, Sheet, check_rows

DELIMITERS = (",", "\t", ";")
SAMPLE_LINES = 50
WIDEST = 16_384


def open_csv(content: bytes, sheet_name: str, limits: ReadLimits) -> Book:
    """Every cell is text. Raises Rejected for bytes that are no text, and for text without two cells side by side or
    rows of one.
    """
    text = _decoded(content)
    delimiter = _delimiter(text)
    csv.field_size_limit(MIB)
    widths = [len(row) for row in _rows(text, delimiter)]
    check_rows(1, len(widths), limits)
    width = max(widths, default=0)
    if width > WIDEST or width * len(widths) > max(limits.box_cells, 50 * sum(widths)):
        raise Rejected("not-a-spreadsheet")
    padded = (row + [""] * (width - len(row)) for row in _rows(text, delimiter))
    return Book("csv", [Sheet(sheet_name, columns_of(padded, width))])


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as problem:
        raise Rejected("damaged") from problem


def _decoded(content: bytes) -> str:
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    raise Rejected("not-a-spreadsheet")


def _is_text(text: str) -> bool:
    """Random bytes often decode as GB18030, but not without control characters or unassigned code points."""
    sample = text[:100_000]
    odd = sum(
        1
        for char in sample
        if (char < " " and char not in "\t\n\r\f\x1a") or "\ue000" <= char <= "\uf8ff" or char == "\x7f"
    )
    return "\0" not in text and odd * 200 <= len(sample)


def _delimiter(text: str) -> str:
    """The mark that cuts the most of the first lines into the same number of columns."""
    lines = [line for line in islice(io.StringIO(text), SAMPLE_LINES) if line.strip()]
    return max(DELIMITERS, key=lambda mark: _agreement(lines, mark))


def _agreement(lines: list[str], mark: str) -> tuple[int, int]:
    counts = [line.count(mark) for line in lines if mark in line]
    return max(map(counts.count, set(counts)), default=0), max(counts, default=0)
