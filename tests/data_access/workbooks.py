"""Workbooks for tests, made in memory: small .xlsx from rows or from hand-written XML, .ods from hand-written XML,
.xlsb from records, zips with odd members.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(workbook: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def openpyxl_sheet() -> tuple[openpyxl.Workbook, Worksheet]:
    workbook = openpyxl.Workbook()
    return workbook, workbook.worksheets[0]


def xlsx_of_text(rows: Iterable[Sequence[str]], name: str = "Sheet1") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
    return out.getvalue()


def zipped(members: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def xlsx_of_xml(sheet_xml: str, strings_xml: str = "", workbook_extra: str = "") -> bytes:
    """A minimal .xlsx around the inside of <worksheet> (sheetData and what follows)."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": (
                f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{workbook_extra}'
                '<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
                f'<Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
            ),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet_xml}</worksheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings_xml}</sst>',
        }
    )


def record(kind: int, fields: bytes = b"", size: int | None = None) -> bytes:
    """A record of an .xlsb ([MS-XLSB] 2.1.4); `size` is what it says of itself, where that is not true."""
    left, said = len(fields) if size is None else size, b""
    while left > 127:
        said, left = said + bytes([left & 127 | 128]), left >> 7
    return (bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])) + said + bytes([left]) + fields


def wide(text: str) -> bytes:
    """2.5.169 XLWideString."""
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def xlsb_row(number: int, hidden: bool = False) -> bytes:
    """The beginning of a row, from 0; 2.4.761 BrtRowHdr."""
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 * hidden, 0, 0))


def xlsb_cell(kind: int, column: int, value: bytes, style: int = 0) -> bytes:
    """A cell with a column of its own, from 0; 2.5.10 Cell and what follows it."""
    return record(kind, struct.pack("<II", column, style) + value)


def xlsb(
    sheets: Mapping[tuple[str, int], bytes],
    strings: Sequence[bytes] = (),
    styles: Sequence[int] = (0,),
    formats: Mapping[int, str] | None = None,
    date1904: bool = False,
) -> bytes:
    """An .xlsb of worksheets by name and state (0 visible, 1 hidden, 2 very hidden), each the records of its rows and
    what follows them.

    `strings`: 2.5.122 RichStr; `styles`: the number format of each cell style; `formats`: those that the workbook
    defines.
    """
    package = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    parts = [("worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)] + [
        ("sharedStrings", "s.bin"),
        ("styles", "styles.bin"),
    ]
    links = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{path}"/>'
        for n, (kind, path) in enumerate(parts, 1)
    )
    bundle = [
        record(156, struct.pack("<II", state, n) + wide(f"r{n}") + wide(name))
        for n, (name, state) in enumerate(sheets, 1)
    ]
    own = [record(44, struct.pack("<H", number) + wide(code)) for number, code in (formats or {}).items()]
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/_rels/workbook.bin.rels": f"<Relationships {package}>{links}</Relationships>",
            "xl/workbook.bin": record(131)
            + record(153, struct.pack("<II", date1904, 0) + wide(""))
            + b"".join(bundle)
            + record(132),
            "xl/styles.bin": b"".join(
                [
                    record(278),
                    *own,
                    record(626),
                    record(47, struct.pack("<HHHHHHH", 0xFFFF, 9, 0, 0, 0, 0, 0)),
                    record(627),
                    record(617),
                    *(record(47, struct.pack("<HHHHHHH", 0, number, 0, 0, 0, 0, 0)) for number in styles),
                    record(618),
                    record(279),
                ]
            ),
            "xl/s.bin": record(159, struct.pack("<II", 0, 0))
            + b"".join(record(19, string) for string in strings)
            + record(160),
        }
        | {f"xl/worksheets/sheet{n}.bin": record(129) + body + record(130) for n, body in enumerate(sheets.values(), 1)}
    )


class _Calculated:
    """A formula of an .xls with the value that a program has calculated ([MS-XLS] 2.4.127 Formula, 2.5.133
    FormulaValue, 2.4.268 String).
    """

    def __init__(self, value: bytes, text: str) -> None:
        self.value, self.text, self.place = value, text, (0, 0, 0)

    def get_biff_data(self) -> bytes:
        formula = xlwt.Formula("1+1").rpn()
        fields = struct.pack("<3H", *self.place) + self.value + struct.pack("<HI", 0, 0) + formula
        encoded = struct.pack("<HB", len(self.text), 1) + self.text.encode("utf-16-le")
        text = struct.pack("<HH", 0x0207, len(encoded)) + encoded if self.text else b""
        return struct.pack("<HH", 0x0006, len(fields)) + fields + text


def calculated(value: float | bool | str) -> _Calculated:
    """For `xls_of`: a formula that gave this number, truth, text or error (#N/A)."""
    if isinstance(value, float):
        return _Calculated(struct.pack("<d", value), "")
    kind, byte = (1, value) if isinstance(value, bool) else (2, 0x2A) if value == "#N/A" else (0 if value else 3, 0)
    return _Calculated(struct.pack("<BxB3xH", kind, byte, 0xFFFF), "" if kind else str(value))


def xls_of(
    cells: Mapping[tuple[int, int], object], recalculated: bool = False, workbook: xlwt.Workbook | None = None
) -> bytes:
    """An .xls of one sheet of these cells, by row and column from 0; `recalculated` says that Excel has calculated it
    (2.4.215 RecalcId).
    """
    book = workbook or xlwt.Workbook()
    sheet = book.get_sheet(0) if workbook else book.add_sheet("数据")
    for (row, column), value in cells.items():
        if isinstance(value, _Calculated):
            value.place = (row, column, 0x0F)
            sheet.row(row).insert_cell(column, value)
        else:
            sheet.write(row, column, value)
    if recalculated:
        globals_ = book._Workbook__country_rec
        book._Workbook__country_rec = lambda: globals_() + struct.pack("<HHHHI", 0x01C1, 8, 0x01C1, 0, 0x1FFFF)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods_of_xml(tables: str, styles: str = "", manifest: str = "<manifest/>") -> bytes:
    """A minimal .ods around its <table:table> elements."""
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text", "style")
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": (
                f'<office:document-content {names} xmlns:calcext="urn:calcext"><office:automatic-styles>{styles}</office:automatic-styles>'  # noqa: E501
                f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
            ),
        }
    )


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
