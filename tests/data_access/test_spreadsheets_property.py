"""A workbook made and read back gives the same text at the same addresses, in bulk as by the own pass."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.spreadsheets import DEFAULT, ReadLimits, read
from data_access.spreadsheets.scan import NeedsCare
from data_access.spreadsheets.xlsx_book import open_xlsx
from models.cells import CellKind, Refused

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=20).filter(
    lambda text: "_x" not in text
)
NUMBERS = st.integers(-(10**14), 10**14)
ADDRESSES = st.tuples(st.integers(0, 60), st.integers(0, 30))
SHEETS = st.dictionaries(ADDRESSES, TEXTS | NUMBERS, min_size=1, max_size=30)
FEW = settings(max_examples=12, deadline=None)


def made(cells: dict[tuple[int, int], str | int]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for (row, column), value in cells.items():
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write_number(row, column, value)
    return out.getvalue()


def cells_read(content: bytes, limits: ReadLimits) -> dict[tuple[int, int], str | int]:
    """What the child makes of it, run here because a process for every example takes too long."""
    (sheet,) = open_xlsx(content, "xlsx", limits).sheets
    return {
        (row + sheet.first_row - 1, column + sheet.first_column - 1): text if kinds[row] == CellKind.TEXT else int(text)
        for column, (texts, kinds) in enumerate(sheet.columns)
        for row, text in enumerate(texts.to_pylist())
        if text
    }


@pytest.mark.long
@given(SHEETS)
def test_what_is_written_is_read_back_by_the_own_pass(cells: dict[tuple[int, int], str | int]) -> None:
    assert cells_read(made(cells), DEFAULT) == cells


@pytest.mark.long
@given(SHEETS)
def test_what_is_written_is_read_back_in_bulk(cells: dict[tuple[int, int], str | int]) -> None:
    try:
        assert cells_read(made(cells), replace(DEFAULT, bulk_bytes=0)) == cells
    except NeedsCare:
        assert min(column for _, column in cells) >= 26  # the bulk way looks for the first column in A to Z only


@FEW
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08"]))
def test_any_bytes_are_read_or_refused(body: bytes, head: bytes) -> None:
    try:
        assert read(head + body).sheets
    except Refused as caught:
        assert caught.refusal.message.endswith("。")
