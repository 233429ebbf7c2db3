"""Grids go in; Arrow record batches (texts and kinds by column) and a closing note of JSON are written out for the parent.

Layout: for each sheet one Arrow stream, then the JSON, then its length in 8 bytes.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from data_access.spreadsheets.columns import Column, columns_of
from data_access.spreadsheets.grid import Book, Grid
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.refusals import Rejected


@dataclass
class Extent:
    """The filled part of a sheet, 0-based within its grid, ends exclusive."""

    top: int = -1
    bottom: int = 0
    left: int = -1
    right: int = 0

    def add(self, offset: int, columns: list[Column]) -> None:
        for number, (_, kinds) in enumerate(columns):
            filled = np.flatnonzero(kinds)
            if not len(filled):
                continue
            first, last = offset + int(filled[0]), offset + int(filled[-1]) + 1
            self.top = first if self.top < 0 else min(self.top, first)
            self.bottom = max(self.bottom, last)
            self.left = number if self.left < 0 else min(self.left, number)
            self.right = max(self.right, number + 1)


def hand_over(book: Book, limits: ReadLimits, out: BinaryIO) -> None:
    notes = [_write_sheet(grid, limits, out) for grid in book.grids]
    if not any(note["bottom"] for note in notes):
        raise Rejected("empty")
    note = json.dumps({"format": book.format, "hidden_sheets": book.hidden_sheets, "sheets": notes}).encode()
    out.write(note + struct.pack("<Q", len(note)))


def _write_sheet(grid: Grid, limits: ReadLimits, out: BinaryIO) -> dict[str, object]:
    schema = pa.schema([(f"t{n}", pa.large_string()) for n in range(grid.width)] + [(f"k{n}", pa.uint8()) for n in range(grid.width)])
    extent, offset = Extent(), 0
    with pa.ipc.new_stream(out, schema) as writer:
        for chunk in grid.chunks:
            columns = _changed(columns_of(chunk, grid.width), grid, offset, len(chunk))
            extent.add(offset, columns)
            if extent.bottom - extent.top > limits.data_rows + limits.head_rows:
                raise Rejected("too-many-rows")
            writer.write_batch(pa.record_batch([t for t, _ in columns] + [pa.array(k) for _, k in columns], schema=schema))
            offset += len(chunk)
    return {"name": grid.name, "first_row": grid.first_row, "first_column": grid.first_column, "hidden_rows": grid.hidden_rows,
            "merged": grid.merged, "top": max(extent.top, 0), "bottom": extent.bottom, "left": max(extent.left, 0), "right": extent.right}


def _changed(columns: list[Column], grid: Grid, offset: int, count: int) -> list[Column]:
    """The columns with what the second look knows better put in place."""
    by_column: dict[int, list[tuple[int, str, int]]] = {}
    for (row, column), (text, kind) in grid.changes.items():
        at = row - grid.first_row - offset
        if 0 <= at < count:
            by_column.setdefault(column - grid.first_column, []).append((at, text, kind))
    for number, cells in by_column.items():
        columns[number] = _with_cells(columns[number], cells)
    return columns


def _with_cells(column: Column, cells: list[tuple[int, str, int]]) -> Column:
    texts, kinds = column[0].to_pylist(), column[1].copy()
    for at, text, kind in cells:
        texts[at], kinds[at] = text, kind
    return pa.array(texts, pa.large_string()), kinds
