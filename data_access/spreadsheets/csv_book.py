"""From the bytes of a text file to one sheet of text cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from data_access.spreadsheets.columns import columns_of
from data_access.spreadsheets.limits import MIB, ReadLimits
from data_access.spreadsheets.refusals import Rejected, open_quote_sentence
from data_access.spreadsheets.sheets import Book, Sheet, check_rows
from data_access.spreadsheets.text_encoding import decoded

DELIMITERS = (",", "\t", ";", "|")
SAMPLE_CHARACTERS, SAMPLE_ROWS = 200_000, 50
STATED = re.compile(r"^\ufeff?\"?sep=(.)\"?\r?\n", re.IGNORECASE)  # Excel's own hint, a line that it does not show
KEPT_AS_TEXT = re.compile(r"^(?:=\"(?P<formula>[^\"]*)\"|'(?P<marked>[\d=+\-@].*))$", re.DOTALL)
"""What programs write so that a spreadsheet leaves a number alone; neither sign is shown."""
WIDEST = 16_384
LEAST_COLUMNS = 3  # of a table whose rows are told by their delimiters


def open_csv(content: bytes, sheet_name: str, limits: ReadLimits) -> Book:
    """Return a book of one sheet in which every cell is text. Raises Rejected for bytes that are no text, for text
    without two cells side by side or rows of one, and for a quote that does not close where nothing separates the rows.
    """
    text, delimiter = _delimited(decoded(content))
    csv.field_size_limit(MIB)
    table = _Table(text, delimiter)
    widths = table.widths()
    check_rows(1, len(widths), limits)
    width = max(widths, default=0)
    if width > WIDEST or width * len(widths) > max(limits.box_cells, 50 * sum(widths)):
        raise Rejected("not-a-spreadsheet")
    rows = map(_as_shown, table.rows()) if '="' in text or "'" in text else table.rows()
    padded = (row + [""] * (width - len(row)) for row in rows)
    return Book("csv", [Sheet(sheet_name, columns_of(padded, width))])


def _as_shown(row: list[str]) -> list[str]:
    matches = ((cell, KEPT_AS_TEXT.match(cell) if cell[:1] in {"=", "'"} else None) for cell in row)
    return [cell if match is None else match["formula"] or match["marked"] or "" for cell, match in matches]


class _Table:
    """The rows of a delimited text. Where a quote opens a field and swallows the rows behind it, every line is a row
    and that quote a sign like any other.
    """

    def __init__(self, text: str, delimiter: str) -> None:
        self.text, self.delimiter = text, delimiter
        self.line_by_line = False

    def rows(self) -> Iterator[list[str]]:
        return self._lines() if self.line_by_line else csv.reader(self._text(), delimiter=self.delimiter)

    def widths(self) -> list[int]:
        """Return how many cells each row has. Raises Rejected: damaged, with the line, where a quote does not close and
        lines are no rows.
        """
        widths, line = self._widths()
        if line is None:
            return widths
        self.line_by_line = True
        widths = [len(row) for row in self._lines()]
        (usual, number), *_ = Counter(width for width in widths if width).most_common(1) or [(0, 0)]
        if usual < LEAST_COLUMNS or number < sum(map(bool, widths)):
            raise Rejected("damaged", open_quote_sentence(line))
        return widths

    def _widths(self) -> tuple[list[int], int | None]:
        """And the line of the quote that swallows rows, None where there is none."""
        reader, widths, begins, usual = csv.reader(self._text(), delimiter=self.delimiter), [], 1, 0
        try:
            for row in reader:
                widths.append(len(row))
                usual = usual or len(row)
                if reader.line_num > begins and self._swallows(row, usual):
                    return [], begins
                last, begins = begins, reader.line_num + 1
        except csv.Error:  # a field longer than any cell
            return [], begins
        return (widths, None) if not widths or self._closes(last) else ([], last)

    def _swallows(self, row: list[str], usual: int) -> bool:
        """Whether a line within a field is itself a row of the table."""
        within = (line for field in row if "\n" in field or "\r" in field for line in field.splitlines()[1:])
        return usual >= LEAST_COLUMNS and any(line.count(self.delimiter) >= usual - 1 for line in within)

    def _closes(self, line: int) -> bool:
        """Whether the last row, which begins at that line, ends with all its quotes closed."""
        try:
            for _ in csv.reader(islice(self._text(), line - 1, None), delimiter=self.delimiter, strict=True):
                pass
        except csv.Error as problem:
            return "unexpected end" not in str(problem)
        return True

    def _lines(self) -> Iterator[list[str]]:
        for line in self._text():
            try:
                yield from csv.reader([line], delimiter=self.delimiter, strict=True)
            except csv.Error:
                yield from csv.reader([line], delimiter=self.delimiter, quoting=csv.QUOTE_NONE)

    def _text(self) -> io.StringIO:
        return io.StringIO(self.text, newline="")


def _delimited(text: str) -> tuple[str, str]:
    """The text without a line that states the delimiter, and the delimiter: stated, or the one that cuts the most of
    the first rows into the same number of columns, and into the most.
    """
    if stated := STATED.match(text):
        return text[stated.end() :], stated[1]
    sample = text[:SAMPLE_CHARACTERS]
    return text, max(DELIMITERS, key=lambda mark: _columns_cut(sample, mark))


def _columns_cut(sample: str, mark: str) -> int:
    csv.field_size_limit(SAMPLE_CHARACTERS)
    rows = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=mark), SAMPLE_ROWS)
    return max((number * (width - 1) for width, number in Counter(map(len, rows)).items()), default=0)
