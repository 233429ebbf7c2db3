"""What the reader makes of the other formats: told by content, read in full."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
import xlwt

from data_access.spreadsheets import read
from models.cells import CellKind, Refused
from tests.data_access.workbooks import ods_of_xml, xlsx_of_text

FILES = Path(__file__).resolve().parents[1] / "spreadsheet_files"


def refusal(content: bytes, name: str = "") -> str:
    with pytest.raises(Refused) as caught:
        read(content, name)
    return caught.value.refusal.code


@pytest.mark.parametrize("name", ["mixed_cells.xls", "dates_from_1904.xls", "wps_et_that_is_xls.et"])
def test_an_xls_is_read_with_its_formats(name: str) -> None:
    book = read((FILES / name).read_bytes(), name)
    sheet = book.sheets[0]
    assert book.format == "xls" and book.hidden_sheets == ("旧数据", "极隐藏")
    assert sheet.text.iloc[3:].to_numpy().tolist() == [
        ["", "社保卡申领", "85.5", "2023-06-03"],
        ["", "12", "4.40304E+17", "2023-06-03T10:20:00"],
        ["", "TRUE", "#N/A", "=1+1"],
    ]
    assert sheet.kind[3:, 1:].tolist() == [
        [CellKind.TEXT, CellKind.PERCENT, CellKind.DATE],
        [CellKind.NUMBER, CellKind.NUMBER, CellKind.DATE],
        [CellKind.BOOL, CellKind.ERROR, CellKind.TEXT],
    ]
    assert sheet.hidden_rows == (6,) and sheet.merged == ((1, 1, 1, 4),)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("password_protected.xls", "password"),
        ("password_protected.xlsx", "password"),
        ("word_document.doc", "unsupported-format"),
        ("wps_et_of_its_own.et", "unsupported-format"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_content(name: str, code: str) -> None:
    assert refusal((FILES / name).read_bytes(), "报表.xlsx") == code


def test_the_name_of_a_file_says_nothing() -> None:
    assert read(xlsx_of_text([["甲"]]), "旧表.xls").format == "xlsx"
    assert read("甲,乙\n1,2\n".encode(), "表.xlsx").format == "csv"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_csv_is_read_in_each_encoding_and_with_each_delimiter(encoding: str, mark: str) -> None:
    lines = [
        ["事项名称", "办件编号", "备注"],
        ["社保卡申领", "00123456789012345678901", f"含“{mark}”和\n换行"],
        ["退休", "7"],
    ]
    text = "".join(mark.join(f'"{value}"' if mark in value else value for value in line) + "\r\n" for line in lines)
    sheet = read(text.encode(encoding), "6月.csv").sheets[0]
    assert sheet.name == "6月"
    assert sheet.text.to_numpy().tolist() == [*lines[:2], ["退休", "7", ""]]
    assert set(sheet.kind.ravel().tolist()) == {CellKind.TEXT, CellKind.BLANK}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_chinese_of_two_bytes_is_read_without_a_mark_and_nearly_without_ascii(encoding: str) -> None:
    sheet = read(("编号\t单位\n" + "一\t区人力资源和社会保障局\n" * 3).encode(encoding), "表.csv").sheets[0]
    assert sheet.text.to_numpy().tolist()[:2] == [["编号", "单位"], ["一", "区人力资源和社会保障局"]]


@pytest.mark.parametrize(
    "lock",
    [
        struct.pack("<HHH", 0, 0x1234, 0x5678),
        struct.pack("<HHH", 1, 1, 1) + bytes(48),
        struct.pack("<HHH", 1, 2, 2) + bytes(48),
    ],
    ids=["XOR", "RC4", "RC4 by CryptoAPI"],
)
def test_an_xls_under_a_password_is_told_as_such_however_it_is_encrypted(lock: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read(xls_under_lock(lock), "表.xls")
    assert refused.value.refusal.code == "password"


def xls_under_lock(lock: bytes) -> bytes:
    """An .xls that says in a record FILEPASS ([MS-XLS] 2.4.117) how it is encrypted, in the place of who wrote it."""
    book, content = xlwt.Workbook(), io.BytesIO()
    book.add_sheet("表").write(0, 0, "编号")
    book.save(content)
    whole = content.getvalue()
    place = whole.index(struct.pack("<HH", 0x5C, 112))
    rest = 116 - 4 - len(lock) - 4
    records = struct.pack("<HH", 0x2F, len(lock)) + lock + struct.pack("<HH", 0x5C, rest) + b" " * rest
    return whole[:place] + records + whole[place + 116 :]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2023-05-05T10:20:00Z", "2023-05-05T10:20:00"),
        ("2023-05-05T10:20:00+08:00", "2023-05-05T10:20:00"),
        ("2023-05-05T23:59:59.9999999+08:00", "2023-05-06"),
        ("2023-05-05Z", "2023-05-05"),
    ],
)
def test_a_time_with_a_zone_is_the_time_that_is_shown(written: str, read_as: str) -> None:
    cell = f'<table:table-cell office:value-type="date" office:date-value="{written}"><text:p>x</text:p>'
    cell += "</table:table-cell>"
    sheet = read(ods_of_xml(TABLE.format("表", "", ROW.format("", cell))), "表.ods").sheets[0]
    assert sheet.text.iat[0, 0] == read_as and sheet.kind[0, 0] == CellKind.DATE


TABLE = '<table:table table:name="{}" table:style-name="{}">{}</table:table>'
ROW = "<table:table-row {}>{}</table:table-row>"
TEXT_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def test_an_ods_is_read_with_kinds_hidden_rows_and_merges() -> None:
    cells = (
        '<table:table-cell office:value-type="percentage" office:value="0.855"><text:p>86%</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="12"><text:p>12 件</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2023-06-03"><text:p>6月3日</text:p></table:table-cell>'  # noqa: E501
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>真</text:p></table:table-cell>'  # noqa: E501
        '<table:table-cell table:formula="of:=NA()" office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'  # noqa: E501
        '<table:table-cell table:formula="of:=1+1"/>'
    )
    head = (
        '<table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="1" office:value-type="string">'
        '<office:annotation><text:p>批注</text:p></office:annotation><text:p>表<text:s text:c="2"/>头</text:p><text:p>二行</text:p>'  # noqa: E501
        '</table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/>'
    )
    far = ROW.format(
        'table:number-rows-repeated="1048500"', '<table:table-cell table:number-columns-repeated="16384"/>'
    )
    rows = ROW.format("", head) + ROW.format('table:visibility="collapse"', cells) + far
    style = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    content = ods_of_xml(
        TABLE.format("数据", "ta1", rows) + TABLE.format("旧", "ta2", ROW.format("", TEXT_CELL.format("x"))), style
    )
    book = read(content)
    sheet = book.sheets[0]
    assert book.format == "ods" and book.hidden_sheets == ("旧",) and len(book.sheets) == 1
    assert sheet.text.iloc[0, 0] == "表  头\n二行"
    assert sheet.text.iloc[1].tolist() == ["85.5", "12", "2023-06-03", "TRUE", "#N/A", ""]
    assert sheet.kind[1].tolist() == [
        CellKind.PERCENT,
        CellKind.NUMBER,
        CellKind.DATE,
        CellKind.BOOL,
        CellKind.ERROR,
        CellKind.EMPTY_FORMULA,
    ]
    assert sheet.hidden_rows == (2,) and sheet.merged == ((1, 1, 1, 3),)


def test_repeated_cells_with_content_are_repeated_and_a_million_of_them_refused() -> None:
    twice = ROW.format(
        'table:number-rows-repeated="2"',
        TEXT_CELL.replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="3" ').format("同"),
    )
    assert read(ods_of_xml(TABLE.format("表", "", twice))).sheets[0].text.to_numpy().tolist() == [["同"] * 3] * 2
    bomb = twice.replace('rows-repeated="2"', 'rows-repeated="1048576"').replace(
        'columns-repeated="3"', 'columns-repeated="16384"'
    )
    assert refusal(ods_of_xml(TABLE.format("表", "", bomb))) == "unsafe"


def test_an_encrypted_ods_asks_for_the_password_to_be_taken_off() -> None:
    assert refusal(ods_of_xml("", manifest="<manifest><manifest:encryption-data/></manifest>")) == "password"


def test_an_xlsb_is_read_with_its_dates_and_numbers() -> None:
    sheet = read((FILES / "dates.xlsb").read_bytes()).sheets[0]  # this and the next are from calamine's tests (MIT)
    assert sheet.text.to_numpy().tolist() == [["2021-01-01", "15"], ["2021-01-02", "16"], ["255:10:10", "17"]]
    assert CellKind(sheet.kind[0, 0]) is CellKind.DATE and CellKind(sheet.kind[0, 1]) is CellKind.NUMBER


def test_hidden_sheets_of_an_xlsb_are_named_and_not_read() -> None:
    book = read((FILES / "sheets_of_all_kinds.xlsb").read_bytes())
    assert book.format == "xlsb" and [sheet.name for sheet in book.sheets] == ["Visible"]
    assert book.hidden_sheets == ("Hidden", "VeryHidden")
