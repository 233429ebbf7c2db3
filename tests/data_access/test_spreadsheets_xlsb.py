"""What the reader makes of the records of an .xlsb, sound and lying."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from data_access.spreadsheets import read
from models.cells import CellKind, Refused, SheetCells
from tests.data_access.workbooks import record, unpacked, wide, xlsb, xlsb_cell, xlsb_row, zipped

FILES = Path(__file__).resolve().parents[1] / "spreadsheet_files"
REAL, RK, TEXT, SHARED = 5, 2, 6, 7


def real(number: float) -> bytes:
    return struct.pack("<d", number)


def only_sheet(body: bytes, **rest: object) -> SheetCells:
    return read(xlsb({("表", 0): body}, **rest)).sheets[0]  # type: ignore[arg-type]


def cells(body: bytes, **rest: object) -> list[tuple[str, CellKind]]:
    """The cells of the first row of a sheet of these records."""
    sheet = only_sheet(body, **rest)
    return [(text, CellKind(kind)) for text, kind in zip(sheet.text.iloc[0], sheet.kind[0], strict=True)]


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read(content)
    return caught.value.refusal.code


def test_merges_and_hidden_rows_are_told() -> None:
    body = b"".join(xlsb_row(n, hidden=n == 4) + xlsb_cell(TEXT, 1, wide(f"行{n + 1}")) for n in range(2, 6))
    body += xlsb_cell(TEXT, 3, wide("末"))
    merges = (
        record(177, struct.pack("<I", 2))
        + record(176, struct.pack("<4I", 2, 2, 1, 3))
        + record(176, struct.pack("<4I", 3, 3, 1, 1))
        + record(178)
    )
    sheet = only_sheet(body + merges)
    assert (sheet.first_row, sheet.first_column, sheet.text[0].tolist()) == (3, 2, ["行3", "行4", "行5", "行6"])
    assert sheet.hidden_rows == (5,) and sheet.merged == ((3, 2, 3, 4),)


def test_a_number_is_read_as_its_format_shows_it() -> None:
    body = xlsb_row(0) + b"".join(
        xlsb_cell(REAL, n, real(value), n) for n, value in enumerate([0.95, 0.855, 45080, 0.5, 1.25, 95])
    )
    assert cells(
        body, styles=[9, 10, 164, 165, 46, 166], formats={164: 'yyyy"年"m"月"d"日"', 165: "h:mm", 166: '0"%"'}
    ) == [
        ("95", CellKind.PERCENT),
        ("85.5", CellKind.PERCENT),
        ("2023-06-03", CellKind.DATE),
        ("12:00:00", CellKind.TEXT),
        ("30:00:00", CellKind.TEXT),
        ("95", CellKind.NUMBER),
    ]


def test_dates_of_a_1904_workbook_are_right() -> None:
    content = xlsb({("表", 0): xlsb_row(0) + xlsb_cell(REAL, 0, real(43618))}, styles=[14], date1904=True)
    assert read(content).sheets[0].text.iat[0, 0] == "2023-06-03" and read(content).epoch_1904


@pytest.mark.parametrize(
    ("rk", "text"),
    [
        (12 << 2 | 2, "12"),
        (-3 << 2 & 0xFFFFFFFF | 2, "-3"),
        (1234 << 2 | 3, "12.34"),
        (0x3FE00000, "0.5"),
        (0x40590000 | 1, "1"),
    ],
)
def test_short_numbers_are_understood_in_their_four_forms(rk: int, text: str) -> None:
    assert cells(xlsb_row(0) + xlsb_cell(RK, 0, struct.pack("<I", rk))) == [(text, CellKind.NUMBER)]


def test_errors_and_truths_are_read_of_constants_and_of_formulas() -> None:
    rest = struct.pack("<HII", 0, 0, 0)  # flags and an empty formula
    body = (
        xlsb_row(0)
        + xlsb_cell(3, 0, b"\x2a")
        + xlsb_cell(11, 1, b"\x07" + rest)
        + xlsb_cell(4, 2, b"\x01")
        + xlsb_cell(10, 3, b"\x00" + rest)
    )
    assert cells(body) == [
        ("#N/A", CellKind.ERROR),
        ("#DIV/0!", CellKind.ERROR),
        ("TRUE", CellKind.BOOL),
        ("FALSE", CellKind.BOOL),
    ]


def test_a_stored_formula_result_is_read_and_an_empty_one_is_blank() -> None:
    rest = struct.pack("<HII", 0, 0, 0)
    body = (
        xlsb_row(0)
        + xlsb_cell(9, 0, real(7) + rest)
        + xlsb_cell(8, 1, wide("") + rest)
        + xlsb_cell(8, 2, wide("合计") + rest)
    )
    assert cells(body) == [("7", CellKind.NUMBER), ("", CellKind.BLANK), ("合计", CellKind.TEXT)]


def test_rich_text_is_joined_and_phonetic_guides_are_left_out() -> None:
    rich = (
        b"\x03" + wide("养老保险 ") + struct.pack("<IHH", 1, 2, 1) + wide("yang lao") + struct.pack("<IHHI", 1, 0, 0, 0)
    )
    assert cells(xlsb_row(0) + xlsb_cell(SHARED, 0, struct.pack("<I", 0)), strings=[rich]) == [
        ("养老保险 ", CellKind.TEXT)
    ]


def test_cells_without_a_column_follow_the_one_before() -> None:
    short = [
        record(17, bytes(4) + wide("乙")),
        record(13, struct.pack("<II", 1, 95 << 2 | 3)),
        record(12, bytes(4)),
        record(15, bytes(4) + b"\1"),
    ]
    assert cells(xlsb_row(0) + xlsb_cell(TEXT, 3, wide("甲")) + b"".join(short), styles=[0, 9]) == [
        ("甲", CellKind.TEXT),
        ("乙", CellKind.TEXT),
        ("95", CellKind.PERCENT),
        ("", CellKind.BLANK),
        ("TRUE", CellKind.BOOL),
    ]
    assert only_sheet(xlsb_row(0) + short[0] + xlsb_row(1) + short[1]).text.to_numpy().tolist() == [["乙"], ["0.95"]]


def test_a_lying_dimension_is_ignored() -> None:
    lying = record(148, struct.pack("<4I", 0, 0xFFFFFFFF, 0, 0xFFFFFFFF))
    assert cells(lying + xlsb_row(0) + xlsb_cell(TEXT, 0, wide("甲"))) == [("甲", CellKind.TEXT)]


def test_control_characters_are_shown_as_pictures() -> None:
    body = (
        xlsb_row(0)
        + xlsb_cell(TEXT, 0, wide("响铃\x07"))
        + xlsb_cell(SHARED, 1, bytes(4))
        + xlsb_cell(TEXT, 2, wide("二\n行"))
    )
    assert [text for text, _ in cells(body, strings=[b"\0" + wide("制\x01")])] == ["响铃␇", "制␁", "二\n行"]


@pytest.mark.long
def test_a_sheet_larger_than_one_piece_is_read_across_the_seams() -> None:
    texts = [f"{n}-" + "办" * (n % 50) for n in range(30_000)]
    body = b"".join(
        xlsb_row(n, hidden=n % 1000 == 7) + xlsb_cell(TEXT, 0, wide(text)) + record(16, bytes(4) + real(n))
        for n, text in enumerate(texts)
    )
    sheet = only_sheet(body)
    assert len(body) > 2 * 1024 * 1024
    assert sheet.text[0].tolist() == texts and sheet.text[1].tolist() == [str(n) for n in range(30_000)]
    assert sheet.hidden_rows == tuple(range(8, 30_000, 1000))


FIRST = xlsb_row(0) + xlsb_cell(TEXT, 0, wide("甲"))
LYING = {
    "a record beyond its part": FIRST + record(6, bytes(12), size=5000),
    "a record larger than any": FIRST + record(6, bytes(12), size=0x0FFFFFFF),
    "a text beyond its record": FIRST + xlsb_cell(TEXT, 1, struct.pack("<I", 0x7FFFFFFF) + b"abcd"),
    "a cell too short for its number": FIRST + xlsb_cell(REAL, 1, b"\0" * 4),
    "a cell too short for its column": FIRST + record(1, b"\0"),
    "a row too short": record(0, bytes(8)),
    "a string that is not there": FIRST + xlsb_cell(SHARED, 1, struct.pack("<I", 1)),
    "a row beyond the last": xlsb_row(1_048_576) + xlsb_cell(TEXT, 0, wide("甲")),
    "a column beyond the last": xlsb_row(0) + xlsb_cell(TEXT, 16_384, wide("甲")),
    "a cell before any row": xlsb_cell(TEXT, 0, wide("甲")),
    "a merge beyond the last row": FIRST + record(176, struct.pack("<4I", 0, 0xFFFFFFFF, 0, 1)),
    "a merge that ends before it begins": FIRST + record(176, struct.pack("<4I", 5, 2, 0, 1)),
    "a merge too short": FIRST + record(176, bytes(9)),
}


@pytest.mark.parametrize("lie", LYING)
def test_a_lying_sheet_is_refused_as_damaged(lie: str) -> None:
    assert refusal(xlsb({("表", 0): LYING[lie]})) == "damaged"


@pytest.mark.parametrize("part", ["xl/workbook.bin", "xl/styles.bin", "xl/s.bin", "xl/worksheets/sheet1.bin"])
def test_a_part_cut_off_is_refused_as_damaged(part: str) -> None:
    members = unpacked(xlsb({("表", 0): FIRST}, strings=[b"\0" + wide("乙")], formats={164: "0.0%"}))
    assert refusal(zipped(members | {part: members[part][:-1]})) == "damaged"


def test_a_far_off_cell_is_named() -> None:
    assert refusal(xlsb({("表", 0): FIRST + xlsb_row(1_048_575) + xlsb_cell(TEXT, 200, wide("远"))})) == "unsafe"
