"""From the bytes of an .xls to the formulas that nobody has calculated yet. Clauses are those of [MS-XLS].

The format has no formula without a value (2.5.133 FormulaValue): a program that writes formulas and does not calculate
puts 0 or the empty text, as Excel does for a formula that gives just that. What tells them apart is the workbook: Excel
notes the engine that calculated (2.4.215 RecalcId), Excel, WPS and LibreOffice add a summary of the document, and where
a program has calculated, some formula gives something else.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from xlrd.compdoc import CompDoc

from data_access.spreadsheets.compound import OLE2, stream_names

Place = tuple[int, int]
FORMULA, EOF, SHEET, RECALCULATED, BOF = 0x0006, 0x000A, 0x0085, 0x01C1, 0x0809
SUMMARY = "\x05summaryinformation"
CELL = 14  # bytes of row, column, style and value


def never_calculated(content: bytes) -> list[set[Place]]:
    """Return by worksheet the rows and columns (from 0) of its formulas; nothing where the workbook has been
    calculated. Raises what xlrd raises.
    """
    if not content.startswith(OLE2) or SUMMARY in stream_names(content):
        return []
    stream = _workbook(content)
    starts = []
    for kind, fields in _records(stream, 0):
        if kind == RECALCULATED:
            return []
        if kind == SHEET and len(fields) > 5 and fields[5] == 0:  # a worksheet: no chart, macro or module
            starts.append(struct.unpack_from("<I", fields)[0])
    of_sheets = [_formulas(stream, start) for start in starts]
    return [] if any(places is None for places in of_sheets) else [places for places in of_sheets if places is not None]


def _formulas(stream: bytes, start: int) -> set[Place] | None:
    """None where one has a value that somebody must have calculated."""
    places = set()
    for kind, fields in _records(stream, start):
        if kind == FORMULA and len(fields) >= CELL:
            row, column, _, value = struct.unpack_from("<3H8s", fields)
            if value != bytes(8) and not (value[0] == 3 and value.endswith(b"\xff\xff")):
                return None
            places.add((row, column))
    return places


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and fields of each record (2.1.4) of the substream that begins here; those of charts within it too."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4 + size
        depth += (kind == BOF) - (kind == EOF)
        yield kind, stream[at - size : at]
        if depth <= 0:
            return


def _workbook(content: bytes) -> bytes:
    document = CompDoc(content, logfile=io.StringIO(), ignore_workbook_corruption=True)
    return document.get_named_stream("Workbook") or document.get_named_stream("Book") or b""
