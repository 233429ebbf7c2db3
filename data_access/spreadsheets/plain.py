"""From a large .xlsx in the form that nearly every program writes to its sheets by column, each text once, found by
places.

Three times as fast as a general reader. Whatever is not of that form raises NotPlain or NeedsCare and is read another
way.
"""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data_access.spreadsheets.background import Background
from data_access.spreadsheets.columns import used_texts
from data_access.spreadsheets.kinds import BLANK, TEXT
from data_access.spreadsheets.limits import ReadLimits
from data_access.spreadsheets.package import Package
from data_access.spreadsheets.scan import Scan, windows
from data_access.spreadsheets.sheet_xml import CellReader
from data_access.spreadsheets.sheets import Column, Scattered, Sheet, check_box
from data_access.spreadsheets.string_cells import StringCells, string_cells
from data_access.spreadsheets.string_table import NotPlain, is_utf8, string_table

EMPTY = re.compile(rb'<c r="[^>]*/>')
BEGINNING = b"<sheetData"


def plain_sheets(package: Package, sheets: list[tuple[str, str]], limits: ReadLimits) -> list[Sheet]:
    """Raises NotPlain and NeedsCare before anything is handed over; Rejected for what no way can read."""
    path = package.strings_path()
    table = Background(lambda: string_table(package.chunks(path) if path else []))
    cells = CellReader(package.shown(), [], package.workbook.date1904)
    scanned = [(name, *_scanned(package, path, cells)) for name, path in sheets]
    strings = pa.concat_arrays([table.result(), pa.array([""], pa.large_string())])
    return [_sheet(name, scan, text_cells, strings, limits) for name, scan, text_cells in scanned]


def _scanned(package: Package, path: str, cells: CellReader) -> tuple[Scan, StringCells]:
    """What is no string is kept by the scan; together they are every cell of the sheet."""
    scan, string_windows = Scan(cells), []
    for number, window in enumerate(windows(package.chunks(path))):
        if number == 0 and not (BEGINNING in window and is_utf8(window)):
            raise NotPlain
        string_windows.append(string_cells(window))
        if string_windows[-1].alone and b"hidden" not in window:
            scan.rows += string_windows[-1].rows_here
        else:
            _others(scan, window, len(string_windows[-1].rows))
    rows, columns, strings = (
        np.concatenate(parts) for parts in zip(*map(StringCells.parts, string_windows), strict=True)
    )
    return scan, StringCells(rows, columns, strings, scan.rows, alone=False)


def _others(scan: Scan, window: bytes, strings: int) -> None:
    scan.check(window)
    others = scan.cells_here - strings
    if others and scan.numbers_and_others(window) + len(EMPTY.findall(window)) != others:
        raise NotPlain
    scan.rows_and_merges(window)


def _sheet(name: str, scan: Scan, text_cells: StringCells, strings: pa.Array, limits: ReadLimits) -> Sheet:
    others = scan.scatter.columns
    filled = len(text_cells.rows) + sum(len(cells.rows) for cells in others.values())
    if not filled:
        return Sheet(name, [], hidden_rows=scan.handler.hidden_rows, merged=scan.handler.merged)
    top, bottom = _ends([text_cells.rows, *(np.array(cells.rows) for cells in others.values())])
    left, right = _ends([text_cells.columns, np.array(list(others), np.int64)])
    check_box(name, (bottom - top + 1) * (right - left + 1), filled, (bottom, right), limits)
    grid = _grid(text_cells, (top, left), (bottom - top + 1, right - left + 1), strings)
    columns = [_column(codes, strings, others.get(left + index), top) for index, codes in enumerate(grid)]
    return Sheet(name, columns, top, left, scan.handler.hidden_rows, scan.handler.merged)


def _ends(numbers: list[np.ndarray]) -> tuple[int, int]:
    there = [some for some in numbers if len(some)]
    return min(int(some.min()) for some in there), max(int(some.max()) for some in there)


def _grid(text_cells: StringCells, corner: tuple[int, int], size: tuple[int, int], strings: pa.Array) -> np.ndarray:
    """By column and row the place of the cell's string, and that of the last, empty one where there is none."""
    blank = len(strings) - 1
    if len(text_cells.strings) and text_cells.strings.max() >= blank:
        raise NotPlain
    grid = np.full((size[1], size[0]), -1, np.int32)
    grid[text_cells.columns - corner[1], text_cells.rows - corner[0]] = text_cells.strings
    nothing = grid < 0
    if nothing.sum() != nothing.size - len(text_cells.strings):  # an address used twice
        raise NotPlain
    grid[nothing] = blank
    return grid


def _column(codes: np.ndarray, strings: pa.Array, others: Scattered | None, top: int) -> Column:
    places, codes = used_texts(codes, strings)
    words = strings.take(pa.array(places))
    kinds = np.where(pc.binary_length(words).to_numpy() > 0, TEXT, BLANK).astype(np.uint8)[codes]
    if others is not None:
        words = _put(words, codes, kinds, others, np.array(others.rows) - top)
    return pa.DictionaryArray.from_arrays(pa.array(codes), words), kinds


def _put(words: pa.Array, codes: np.ndarray, kinds: np.ndarray, others: Scattered, at: np.ndarray) -> pa.Array:
    """The other cells into their rows; returns the words with theirs."""
    if kinds[at].any() or len(np.unique(at)) != len(at):
        raise NotPlain
    texts = pa.array(others.texts, pa.large_string()).dictionary_encode()
    codes[at] = texts.indices.to_numpy() + len(words)
    kinds[at] = np.frombuffer(others.kinds, np.uint8)
    return pa.concat_arrays([words, texts.dictionary])
