"""What every format's reader gives the hand-over: a visible sheet as chunks of rows with their first address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

Box = tuple[int, int, int, int]


@dataclass
class Grid:
    """One visible sheet. `chunks` yields lists of equally long rows; the first row is `first_row` (1-based, as Excel shows it)."""

    name: str
    chunks: Iterator[list[list[object]]]
    width: int
    first_row: int = 1
    first_column: int = 1
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[Box] = field(default_factory=list)
    changes: dict[tuple[int, int], tuple[str, int]] = field(default_factory=dict)  # (row, column) → text, kind in place


@dataclass
class Book:
    format: str
    grids: Iterator[Grid]
    hidden_sheets: list[str] = field(default_factory=list)


CHUNK_ROWS = 8192


def in_chunks(rows: Iterator[list[object]], size: int = CHUNK_ROWS) -> Iterator[list[list[object]]]:
    chunk: list[list[object]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
