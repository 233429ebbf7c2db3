"""A book of any format goes in; a plain .xlsx with every cell at its address, of its kind, comes out. Nothing becomes a
formula.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime

from data_access.marking.xml_text import HEAD, MAIN, PACKAGE, RELATIONS, quoted, text
from data_access.spreadsheets.kinds import BLANK, BOOL, DATE, NUMBER, PERCENT
from data_access.spreadsheets.sheets import Book, Box, Sheet

TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
EXACT_DIGITS = 15
ROWS_AT_ONCE = 2_000
HIDDEN = ' hidden="1"'
GENERAL, AS_TEXT, SHARE, DAY, MOMENT = range(5)
FORMATS = (0, 49, 10, 164, 165)  # of the cell styles in that order
FIRST_DAY, EARLIEST = datetime(1899, 12, 30), datetime(1900, 3, 1)  # noqa: DTZ001 cells have no time zone


def plain_xlsx(book: Book) -> bytes:
    """Sheets beyond the visible ones, formats and formulas are not in a book and so not in the workbook."""
    out = io.BytesIO()
    names: list[str] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for sheet in book.sheets:
            names.append(sheet.name)
            with archive.open(f"xl/worksheets/sheet{len(names)}.xml", "w", force_zip64=True) as part:
                part.writelines(piece.encode() for piece in _sheet(sheet))
        for path, content in _frame(names).items():
            archive.writestr(path, HEAD + content)
    return out.getvalue()


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f'{HEAD}<worksheet xmlns="{MAIN.decode()}"><sheetData>'
    height = len(sheet.columns[0][1]) if sheet.columns else 0
    letters = [_letters(sheet.first_column + number) for number in range(len(sheet.columns))]
    hidden = set(sheet.hidden_rows)
    for start in range(0, height, ROWS_AT_ONCE):
        columns = [
            (texts.slice(start, ROWS_AT_ONCE).to_pylist(), kinds[start : start + ROWS_AT_ONCE].tolist())
            for texts, kinds in sheet.columns
        ]
        yield "".join(_rows(columns, letters, sheet.first_row + start, hidden))
    yield "</sheetData>" + _merges(sheet.merged) + "</worksheet>"


def _rows(
    columns: list[tuple[list[str], list[int]]], letters: list[str], first: int, hidden: set[int]
) -> Iterator[str]:
    for offset in range(len(columns[0][0])):
        row = first + offset
        cells = "".join(
            _cell(f"{letter}{row}", texts[offset], kinds[offset])
            for letter, (texts, kinds) in zip(letters, columns, strict=True)
            if kinds[offset] != BLANK
        )
        yield f'<row r="{row}"{HIDDEN if row in hidden else ""}>{cells}</row>'


def _cell(address: str, value: str, kind: int) -> str:
    if kind == NUMBER and len(value.strip("-").replace(".", "")) <= EXACT_DIGITS and "E" not in value:
        return f'<c r="{address}"><v>{value}</v></c>'
    if kind == PERCENT:
        return f'<c r="{address}" s="{SHARE}"><v>{float(value) / 100!r}</v></c>'
    if kind == BOOL:
        return f'<c r="{address}" t="b"><v>{int(value == "TRUE")}</v></c>'
    if kind == DATE and (serial := _serial(value)):
        return f'<c r="{address}" s="{MOMENT if "T" in value else DAY}"><v>{serial!r}</v></c>'
    if not value:
        return ""
    return f'<c r="{address}" s="{AS_TEXT}" t="inlineStr"><is><t xml:space="preserve">{text(value)}</t></is></c>'


def _serial(value: str) -> float | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return (moment - FIRST_DAY).total_seconds() / 86_400 if moment >= EARLIEST else None


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _merges(boxes: list[Box]) -> str:
    """Those that lie over another are left out: Excel would mend the file."""
    kept: list[Box] = []
    for box in boxes:
        if not any(box[0] <= b[2] and b[0] <= box[2] and box[1] <= b[3] and b[1] <= box[3] for b in kept[-1_000:]):
            kept.append(box)
    cells = "".join(f'<mergeCell ref="{_letters(c1)}{r1}:{_letters(c2)}{r2}"/>' for r1, c1, r2, c2 in kept)
    return f'<mergeCells count="{len(kept)}">{cells}</mergeCells>' if kept else ""


def _frame(names: list[str]) -> dict[str, str]:
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name="{quoted(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in zip(numbers, names, strict=True)
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPES}.worksheet+xml"/>' for n in numbers
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    looks = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for number in FORMATS
    )
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'  # noqa: E501
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/>{parts}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN.decode()}" xmlns:r="{RELATIONS}"><bookViews><workbookView/></bookViews><sheets>{sheets}</sheets></workbook>'  # noqa: E501
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{relations}'
            f'<Relationship Id="rId{len(names) + 1}" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>'
        ),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{MAIN.decode()}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'  # noqa: E501
            '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd hh:mm:ss"/></numFmts>'
            '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'  # noqa: E501
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(FORMATS)}">{looks}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        ),
    }
