"""A book goes in; for each sheet an Arrow stream (each text of a column once, and kinds) and a closing note are written
for the parent.

Layout: the streams, then the note as JSON, then its length in 8 bytes.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.refusals import Rejected
from data_access.spreadsheets.sheets import Book, Box, Column, Sheet, check_rows


def hand_over(book: Book, limits: ReadLimits, out: BinaryIO) -> None:
    """Raises Rejected for a book without any content, or with too many rows."""
    notes = [_write_sheet(trimmed(sheet), limits, out) for sheet in book.sheets]
    if not any(note["filled"] for note in notes):
        raise Rejected("empty")
    note = json.dumps(
        {"format": book.format, "hidden_sheets": book.hidden_sheets, "epoch_1904": book.epoch_1904, "sheets": notes}
    ).encode()
    out.write(note + struct.pack("<Q", len(note)))


def trimmed(sheet: Sheet) -> Sheet:
    """Return the sheet without blank rows and columns around its content."""
    extents = [_extent(kinds) for _, kinds in sheet.columns]
    filled = [number for number, extent in enumerate(extents) if extent]
    if not filled:
        return Sheet(sheet.name, [], hidden_rows=sheet.hidden_rows)
    top = min(extent[0] for extent in extents if extent)
    bottom = max(extent[1] for extent in extents if extent)
    columns = [_cut(sheet.columns[number], top, bottom) for number in range(filled[0], filled[-1] + 1)]
    cut = Sheet(sheet.name, columns, sheet.first_row + top, sheet.first_column + filled[0], sheet.hidden_rows)
    cut.merged = _merges_within(sheet.merged, cut)
    return cut


def _merges_within(merged: Iterable[Box], sheet: Sheet) -> list[Box]:
    """The merges cut to the sheet's content. Left out are those that begin outside it, that are blank and would hide
    what others hold, and that lie over another (a spreadsheet would mend such a file): together they cover no more
    cells than there are.
    """
    top, left, width = sheet.first_row, sheet.first_column, len(sheet.columns)
    bottom = top + len(sheet.columns[0][1]) - 1
    covered = np.zeros(width, np.int64)  # of each column the last row that a merge covers
    boxes = []
    for r1, c1, r2, c2 in sorted(merged):
        if top <= r1 <= bottom and left <= c1 < left + width:
            box = r1, c1, min(r2, bottom), min(c2, left + width - 1)
            columns = covered[c1 - left : box[3] - left + 1]
            if box[:2] != box[2:] and columns.max() < r1 and not _hides(sheet, box):
                columns[:] = box[2]
                boxes.append(box)
    return boxes


def _hides(sheet: Sheet, box: Box) -> bool:
    """Whether a merge that shows nothing covers a cell that holds something."""
    rows = slice(box[0] - sheet.first_row, box[2] - sheet.first_row + 1)
    kinds = [kinds[rows] for _, kinds in sheet.columns[box[1] - sheet.first_column : box[3] - sheet.first_column + 1]]
    return not kinds[0][0] and any(some.any() for some in kinds)


def _extent(kinds: np.ndarray) -> tuple[int, int] | None:
    filled = np.flatnonzero(kinds)
    return (int(filled[0]), int(filled[-1]) + 1) if len(filled) else None


def _cut(column: Column, top: int, bottom: int) -> Column:
    return column[0].slice(top, bottom - top), column[1][top:bottom]


def _write_sheet(sheet: Sheet, limits: ReadLimits, out: BinaryIO) -> dict[str, Any]:
    height = len(sheet.columns[0][1]) if sheet.columns else 0
    check_rows(1, height, limits)
    names = [f"t{n}" for n in range(len(sheet.columns))] + [f"k{n}" for n in range(len(sheet.columns))]
    texts = [text if pa.types.is_dictionary(text.type) else text.dictionary_encode() for text, _ in sheet.columns]
    batch = pa.record_batch(texts + [pa.array(kinds) for _, kinds in sheet.columns], names)
    with pa.ipc.new_stream(out, batch.schema) as writer:
        writer.write_batch(batch)
    last = sheet.first_row + height - 1
    return {
        "name": sheet.name,
        "filled": bool(sheet.columns),
        "first_row": sheet.first_row,
        "first_column": sheet.first_column,
        "hidden_rows": [row for row in sorted(set(sheet.hidden_rows)) if row <= last],
        "merged": sheet.merged,
    }
