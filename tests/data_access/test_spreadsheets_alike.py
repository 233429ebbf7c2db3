"""One workbook in every format: the same rows come out, and what a format cannot tell is told here."""

from __future__ import annotations

import datetime
import io
import struct
from collections.abc import Callable
from dataclasses import replace
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
import xlwt

from data_access.spreadsheets import DEFAULT, ReadLimits, read
from models.cells import CellKind, SheetCells
from tests.data_access.workbooks import (
    calculated,
    ods_of_xml,
    record,
    unpacked,
    wide,
    xls_of,
    xlsb,
    xlsb_cell,
    xlsb_row,
    zipped,
)

T, N, P, D, B, E = CellKind.TEXT, CellKind.NUMBER, CellKind.PERCENT, CellKind.DATE, CellKind.BOOL, CellKind.ERROR
DAY, MOMENT = datetime.date(2023, 6, 3), datetime.datetime(2023, 6, 3, 10, 20)
ROWS = [  # what a cell holds, its number format, what must be read; rows 3 to 7, columns B to F
    [
        ("事项编码", "", "事项编码", T),
        ("00123456789012345678901", "", "00123456789012345678901", T),
        ("=1+1", "", "=1+1", T),
        ("二\n行", "", "二\n行", T),
        ("  两头 ", "", "  两头 ", T),
    ],
    [
        (0.95, "0%", "95", P),
        (0.855, "0.0%", "85.5", P),
        (440304199001011234.0, "0", "4.40304E+17", N),
        (0.1, "General", "0.1", N),
        (-3.0, "0", "-3", N),
    ],
    [
        (DAY, "yyyy-mm-dd", "2023-06-03", D),
        (MOMENT, "yyyy/m/d h:mm", "2023-06-03T10:20:00", D),
        (0.5, "h:mm:ss", "12:00:00", T),
        (1.25, "[h]:mm:ss", "30:00:00", T),
        (12.0, '0"个工作日"', "12", N),
    ],
    [
        (True, "", "TRUE", B),
        (False, "", "FALSE", B),
        ("#N/A", "", "#N/A", E),
        (("养老", "保险 "), "", "养老保险 ", T),
        (123456789012345.0, "0", "123456789012345", N),
    ],
    [
        ([7.0], "", "7", N),
        (["合计"], "", "合计", T),
        ([True], "", "TRUE", B),
        (["#N/A"], "", "#N/A", E),
        ([0.0], "", "0", N),
    ],
]  # a tuple is rich text, a list a formula with its stored value
CELLS = {(row, column): cell[:2] for row, cells in enumerate(ROWS, 2) for column, cell in enumerate(cells, 1)}
CODES = sorted({code for _, code in CELLS.values()})
HIDDEN_ROW = 4  # from 0; the column C is hidden too, and B and C are merged in row 8


def serial(value: datetime.date, date1904: bool) -> float:
    epoch = datetime.datetime(1904, 1, 1) if date1904 else datetime.datetime(1899, 12, 30)
    moment = value if isinstance(value, datetime.datetime) else datetime.datetime.combine(value, datetime.time())
    return (moment - epoch).total_seconds() / 86_400


def xlsx(date1904: bool) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": date1904}) as book:
        sheet, styles = (
            book.add_worksheet("数据"),
            {code: book.add_format({"num_format": code or "General"}) for code in CODES},
        )
        for place, (value, code) in CELLS.items():
            _xlsx_cell(sheet, place, value, styles[code], styles[""])
        sheet.set_row(HIDDEN_ROW, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
        sheet.merge_range(7, 1, 7, 2, "说明")
        hidden, very = book.add_worksheet("旧数据"), book.add_worksheet("极隐藏")
        for other in (hidden, very):
            other.write_string(0, 0, "旧")
        hidden.hide()
        very.very_hidden()
    return out.getvalue()


def _xlsx_cell(
    sheet: xlsxwriter.worksheet.Worksheet, place: tuple[int, int], value: object, style: object, plain: object
) -> None:
    if isinstance(value, tuple):
        sheet.write_rich_string(*place, value[0], plain, value[1])
    elif isinstance(value, list):
        sheet.write_formula(*place, "=1+1", style, value[0])
    elif value == "#N/A":
        sheet.write_formula(*place, "=NA()", style, value)
    elif isinstance(value, bool):
        sheet.write_boolean(*place, value, style)
    elif isinstance(value, str):
        sheet.write_string(*place, value, style)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(*place, value, style)
    else:
        sheet.write_number(*place, value, style)


def xlsm(date1904: bool) -> bytes:
    return zipped(unpacked(xlsx(date1904)) | {"xl/vbaProject.bin": b"macros"})


def xls(date1904: bool) -> bytes:
    book = xlwt.Workbook()
    book.dates_1904 = date1904
    sheet, styles = book.add_sheet("数据"), {code: xlwt.easyxf(num_format_str=code or "General") for code in CODES}
    formulas = {}
    for place, (value, code) in CELLS.items():
        if isinstance(value, tuple):
            sheet.write_rich_text(*place, [(value[0], xlwt.easyfont("bold on")), value[1]])
        elif isinstance(value, list):
            formulas[place] = calculated(value[0])
        elif value == "#N/A":
            sheet.row(place[0]).set_cell_error(place[1], 0x2A)
        else:
            sheet.write(*place, serial(value, date1904) if isinstance(value, datetime.date) else value, styles[code])
    sheet.row(HIDDEN_ROW).hidden = True
    sheet.col(2).hidden = True
    sheet.write_merge(7, 7, 1, 2, "说明")
    for name, state in (("旧数据", 1), ("极隐藏", 2)):
        other = book.add_sheet(name)
        other.write(0, 0, "旧")
        other.visibility = state
    return xls_of(formulas, workbook=book)


def xlsb_of_records(date1904: bool) -> bytes:
    strings: list[bytes] = []
    body = record(60, struct.pack("<IIIIH", 2, 2, 2560, 0, 1))  # BrtColInfo of a hidden column
    for row in range(2, 8):
        body += xlsb_row(row, hidden=row == HIDDEN_ROW)
        body += b"".join(_xlsb_cell(c, *cell, strings, date1904) for (r, c), cell in CELLS.items() if r == row)
    body += xlsb_cell(6, 1, wide("说明")) + record(176, struct.pack("<4I", 7, 7, 1, 2))
    formats = {number: code or "General" for number, code in enumerate(CODES, 164)}
    return xlsb({("数据", 0): body, ("旧数据", 1): b"", ("极隐藏", 2): b""}, strings, list(formats), formats, date1904)


def _xlsb_cell(column: int, value: object, code: str, strings: list[bytes], date1904: bool) -> bytes:
    style, formula = CODES.index(code), isinstance(value, list)
    (value,), rest = (value, struct.pack("<HII", 0, 0, 0)) if isinstance(value, list) else ([value], b"")
    if value == "#N/A":
        return xlsb_cell(11 if formula else 3, column, b"\x2a" + rest, style)
    if isinstance(value, bool):
        return xlsb_cell(10 if formula else 4, column, bytes([value]) + rest, style)
    if isinstance(value, str) and formula:
        return xlsb_cell(8, column, wide(value) + rest, style)
    if isinstance(value, str | tuple):
        strings.append(
            b"\0" + wide(value)
            if isinstance(value, str)
            else b"\1" + wide("".join(value)) + struct.pack("<IHH", 1, 2, 1)
        )
        return xlsb_cell(7, column, struct.pack("<I", len(strings) - 1), style)
    number = serial(value, date1904) if isinstance(value, datetime.date) else value
    return xlsb_cell(9 if formula else 5, column, struct.pack("<d", number) + rest, style)


def ods(date1904: bool) -> bytes:
    rows = [
        f'<table:table-row table:visibility="{"collapse" if row == HIDDEN_ROW else "visible"}"><table:table-cell/>'
        + "".join(_ods_cell(*CELLS[row, column]) for column in range(1, 6))
        + "</table:table-row>"
        for row in range(2, 7)
    ]
    merged = '<table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>说明</text:p></table:table-cell>'  # noqa: E501
    empty = '<table:table-row table:number-rows-repeated="2"/>'
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    foot = f"<table:table-row><table:table-cell/>{merged}<table:covered-table-cell/></table:table-row>"
    epoch = f'<table:calculation-settings><table:null-date table:date-value="{"1904-01-01" if date1904 else "1899-12-30"}"/></table:calculation-settings>'  # noqa: E501
    hidden = "".join(f'<table:table table:name="{name}" table:style-name="ta2"/>' for name in ("旧数据", "极隐藏"))
    return ods_of_xml(
        f'{epoch}<table:table table:name="数据">{columns}{empty}{"".join(rows)}{foot}</table:table>{hidden}',
        '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>',
    )


def _ods_cell(value: object, code: str) -> str:
    formula = ' table:formula="of:=1+1"' if isinstance(value, list) else ""
    (value,) = value if isinstance(value, list) else [value]
    shown = (
        "#N/A"
        if value == "#N/A"
        else "".join(value)
        if isinstance(value, tuple)
        else value
        if isinstance(value, str)
        else "如所示"
    )
    if value == "#N/A":
        kind = 'office:value-type="string" calcext:value-type="error"'
    elif isinstance(value, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, datetime.date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, float) and "h" in code:
        kind = f'office:value-type="time" office:time-value="PT{int(value * 24):02}H00M00S"'
    elif isinstance(value, float):
        kind = f'office:value-type="{"percentage" if "%" in code else "float"}" office:value="{value!r}"'
    else:
        kind = 'office:value-type="string"'
    lines = escape(shown).replace("  ", '<text:s text:c="2"/>').split("\n")
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return f"<table:table-cell{formula} {kind}>{paragraphs}</table:table-cell>"


BULK = replace(DEFAULT, bulk_bytes=0)
FORMATS: dict[str, Callable[[bool], bytes]] = {
    "xlsx": xlsx,
    "xlsm": xlsm,
    "xls": xls,
    "xlsb": xlsb_of_records,
    "ods": ods,
}


@pytest.mark.parametrize("date1904", [False, True], ids=["1900", "1904"])
@pytest.mark.parametrize(("format", "limits"), [*((format, DEFAULT) for format in FORMATS), ("xlsx", BULK)])
def test_one_workbook_gives_the_same_rows_in_every_format(format: str, limits: ReadLimits, date1904: bool) -> None:
    book = read(FORMATS[format](date1904), limits=limits)
    assert (book.format, book.epoch_1904, book.hidden_sheets) == (format, date1904, ("旧数据", "极隐藏"))
    (sheet,) = book.sheets
    assert (sheet.name, sheet.first_row, sheet.first_column, sheet.hidden_rows, sheet.merged) == (
        "数据",
        3,
        2,
        (5,),
        ((8, 2, 8, 3),),
    )
    assert cells(sheet)[:-1] == [[(text, kind) for _, _, text, kind in row] for row in ROWS]
    assert cells(sheet)[-1] == [("说明", T), *[("", CellKind.BLANK)] * 4]


def cells(sheet: SheetCells) -> list[list[tuple[str, CellKind]]]:
    return [
        [(text, CellKind(kind)) for text, kind in zip(*row, strict=True)]
        for row in zip(sheet.text.to_numpy().tolist(), sheet.kind, strict=True)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_gives_the_same_texts_and_tells_nothing_of_kinds_or_of_what_is_hidden(encoding: str) -> None:
    lines = ["," + ",".join(f'"{text}"' for _, _, text, _ in row) + "\r\n" for row in ROWS]
    book = read(",,,,,\r\n".join(["", "", *lines]).encode(encoding), "数据.csv")
    (sheet,) = book.sheets
    assert (sheet.hidden_rows, sheet.merged, book.hidden_sheets) == ((), (), ())
    assert [row for row in cells(sheet) if any(text for text, _ in row)] == [
        [(text, T) for _, _, text, _ in row] for row in ROWS
    ]
