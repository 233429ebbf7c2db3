"""What the reader makes of .xlsx cells, both by its own pass and in bulk."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace

import pytest
import xlsxwriter

from data_access.spreadsheets import DEFAULT, ReadLimits, read
from data_access.spreadsheets import kinds as child_kinds
from models.cells import CellKind, SheetCells
from tests.data_access.workbooks import openpyxl_sheet, saved, xlsx_of_text, xlsx_of_xml

BULK = replace(DEFAULT, bulk_bytes=0)


@pytest.fixture(params=[DEFAULT, BULK], ids=["own pass", "in bulk"])
def limits(request: pytest.FixtureRequest) -> ReadLimits:
    return request.param


def cell(sheet: SheetCells, row: int, column: int) -> tuple[str, CellKind]:
    at = row - sheet.first_row, column - sheet.first_column
    return sheet.text.iat[at], CellKind(sheet.kind[at])


def test_the_child_knows_the_same_kinds_as_the_models() -> None:
    assert {kind.name: kind.value for kind in CellKind} == {
        name: getattr(child_kinds, name) for name in CellKind.__members__
    }


TYPED = [
    ("社保卡", "General", "社保卡", CellKind.TEXT),
    ("  两头有空格 ", "General", "  两头有空格 ", CellKind.TEXT),
    ("12", "General", "12", CellKind.TEXT),
    (12, "General", "12", CellKind.NUMBER),
    (-3, "General", "-3", CellKind.NUMBER),
    (0.1, "General", "0.1", CellKind.NUMBER),
    (0.00000012, "General", "0.00000012", CellKind.NUMBER),
    (123456789012345, "0", "123456789012345", CellKind.NUMBER),
    (440304199001011234, "0", "4.40304E+17", CellKind.NUMBER),
    (1.23e17, "General", "1.23E+17", CellKind.NUMBER),
    (5, '0"个工作日"', "5", CellKind.NUMBER),
    (0.85, "0%", "85", CellKind.PERCENT),
    (0.855, "0.0%", "85.5", CellKind.PERCENT),
    (1, "0%", "100", CellKind.PERCENT),
    (0.07, '[>0]0.00%;"无"', "7", CellKind.PERCENT),
    (datetime.date(2023, 6, 3), 'yyyy"年"m"月"d"日"', "2023-06-03", CellKind.DATE),
    (datetime.datetime(2023, 6, 3, 10, 20), '[$-804]yyyy"年"m"月"d"日" h:mm', "2023-06-03T10:20:00", CellKind.DATE),
    (45080, '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "2023-06-03", CellKind.DATE),
    (45080, 'm"月"d"日"', "2023-06-03", CellKind.DATE),
    (45080, "yyyy年m月", "2023-06-03", CellKind.DATE),
    (45080.99999999, "yyyy-mm-dd hh:mm:ss", "2023-06-04", CellKind.DATE),
    (-3, "yyyy-mm-dd", "-3", CellKind.NUMBER),
    (0.5, "h:mm", "12:00:00", CellKind.TEXT),
    (1.25, "[h]:mm:ss", "30:00:00", CellKind.TEXT),
    (True, "General", "TRUE", CellKind.BOOL),
    ("#N/A", "General", "#N/A", CellKind.ERROR),
    ("#DIV/0!", "General", "#DIV/0!", CellKind.ERROR),
    ("=1+1", "General", "", CellKind.EMPTY_FORMULA),
]  # value, number format → text, kind


@pytest.fixture(scope="module")
def typed() -> bytes:
    """Each of TYPED in column B, from row 2."""
    workbook, sheet = openpyxl_sheet()
    sheet["A1"] = "x"
    for row, (value, number_format, _, _) in enumerate(TYPED, 2):
        sheet.cell(row, 2, value).number_format = number_format
    return saved(workbook)


def test_every_value_is_read_as_typed_with_its_kind(typed: bytes, limits: ReadLimits) -> None:
    sheet = read(typed, limits=limits).sheets[0]
    for row, (value, number_format, text, kind) in enumerate(TYPED, 2):
        assert (value, number_format, *cell(sheet, row, 2)) == (value, number_format, text, kind)
    assert len(sheet.text) == len(TYPED) + 1


def test_text_that_looks_like_a_formula_is_text(limits: ReadLimits) -> None:
    words = ["=1+1", "+1", "-1", "@x"]
    sheet = read(xlsx_of_text([words]), limits=limits).sheets[0]
    assert list(sheet.text.iloc[0]) == words and set(sheet.kind[0].tolist()) == {CellKind.TEXT}


def test_a_stored_formula_result_is_read_and_the_formula_is_not(limits: ReadLimits) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_formula("A1", '=WEBSERVICE("x")', None, 7)
        sheet.write_formula("A2", "=B2&B3", None, "合计")
        sheet.write_formula("A3", "=1/0", None, "#DIV/0!")
    sheet_cells = read(out.getvalue(), limits=limits).sheets[0]
    assert [cell(sheet_cells, row, 1) for row in range(1, 4)] == [
        ("7", CellKind.NUMBER),
        ("合计", CellKind.TEXT),
        ("#DIV/0!", CellKind.ERROR),
    ]


def test_a_formula_whose_stored_value_is_the_empty_text_is_blank(limits: ReadLimits) -> None:
    content = xlsx_of_xml(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><f>IF(A1="","",A1)</f><v></v></c>'
        '<c r="C1"><f>A1</f></c><c r="D1" t="str"><f>A1</f><v>尾</v></c></row></sheetData>'
    )
    assert read(content, limits=limits).sheets[0].kind[0].tolist() == [
        CellKind.NUMBER,
        CellKind.BLANK,
        CellKind.EMPTY_FORMULA,
        CellKind.TEXT,
    ]


def test_dates_of_a_1904_workbook_are_right(limits: ReadLimits) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": True}) as workbook:
        workbook.add_worksheet().write_datetime(
            "A1", datetime.datetime(2023, 6, 3), workbook.add_format({"num_format": "yyyy-mm-dd"})
        )
    assert cell(read(out.getvalue(), limits=limits).sheets[0], 1, 1) == ("2023-06-03", CellKind.DATE)


def test_addresses_are_those_of_excel_and_blank_edges_are_trimmed(limits: ReadLimits) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet, border = workbook.add_worksheet(), workbook.add_format({"border": 1})
        sheet.write_blank("A1", None, border)
        sheet.write_string("C5", "首")
        sheet.write_number("E9", 3)
        sheet.write_blank("Z99", None, border)
    cells = read(out.getvalue(), limits=limits).sheets[0]
    assert (cells.first_row, cells.first_column, cells.text.shape) == (5, 3, (5, 3))
    assert cell(cells, 5, 3) == ("首", CellKind.TEXT)
    assert cell(cells, 9, 5) == ("3", CellKind.NUMBER)


def test_hidden_rows_and_merges_are_told_and_hidden_sheets_are_named_but_not_read(limits: ReadLimits) -> None:
    workbook, sheet = openpyxl_sheet()
    for row in range(1, 8):
        sheet.cell(row, 1, f"行{row}")
    sheet["C7"] = "末"
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[6].hidden = True
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("B4:B6")
    for name, state in (("旧数据", "hidden"), ("极隐藏", "veryHidden")):
        hidden = workbook.create_sheet(name)
        hidden["A1"] = "旧"
        hidden.sheet_state = state
    book = read(saved(workbook), limits=limits)
    assert [s.name for s in book.sheets] == ["Sheet"] and book.hidden_sheets == ("旧数据", "极隐藏")
    assert book.sheets[0].hidden_rows == (3, 6)
    assert set(book.sheets[0].merged) == {(1, 1, 1, 3), (4, 2, 6, 2)}
    assert cell(book.sheets[0], 3, 1) == ("行3", CellKind.TEXT)


def test_rich_text_is_joined_and_phonetic_guides_are_left_out(limits: ReadLimits) -> None:
    rich = "<si><r><t>养老</t></r><r><rPr><b/></rPr><t xml:space='preserve'>保险 </t></r><rPh sb='0' eb='2'><t>yang lao</t></rPh></si>"  # noqa: E501
    inline = '<c r="B1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r><rPh sb="0" eb="1"><t>jia</t></rPh></is></c>'
    content = xlsx_of_xml(f'<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>{inline}</row></sheetData>', rich)
    cells = read(content, limits=limits).sheets[0]
    assert list(cells.text.iloc[0]) == ["养老保险 ", "甲乙"]


def test_a_lying_dimension_is_ignored(limits: ReadLimits) -> None:
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c><c r="B{r}"><v>{r}</v></c></row>' for r in range(1, 6))
    cells = read(xlsx_of_xml(f'<dimension ref="A1"/><sheetData>{rows}</sheetData>'), limits=limits).sheets[0]
    assert cells.text.shape == (5, 2)


def test_cells_without_addresses_follow_one_another(limits: ReadLimits) -> None:
    content = xlsx_of_xml("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData>")
    assert read(content, limits=limits).sheets[0].text.to_numpy().tolist() == [["1", "2"], ["3", ""]]


def test_prefixed_element_names_are_understood(limits: ReadLimits) -> None:
    content = xlsx_of_xml(
        '<x:sheetData xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData>'
    )
    assert cell(read(content, limits=limits).sheets[0], 1, 1) == ("1", CellKind.NUMBER)


def test_control_characters_are_shown_as_pictures(limits: ReadLimits) -> None:
    content = xlsx_of_text([["响铃\x07", "换\n行", "制\t表"]])
    assert list(read(content, limits=limits).sheets[0].text.iloc[0]) == ["响铃␇", "换\n行", "制\t表"]


def test_both_ways_read_a_mixed_sheet_alike() -> None:
    workbook, sheet = openpyxl_sheet()
    for row in range(3, 60):
        values = ["甲", row, row / 7, datetime.datetime(2023, 6, 3, 8, row % 60), "#N/A", None, "0012", row % 2 == 0]
        for column, value in enumerate(values, 3):
            sheet.cell(row, column, value)
    content = saved(workbook)
    own, bulk = read(content).sheets[0], read(content, limits=BULK).sheets[0]
    assert own.text.to_numpy().tolist() == bulk.text.to_numpy().tolist() and (own.kind == bulk.kind).all()
    assert (own.first_row, own.first_column) == (bulk.first_row, bulk.first_column)
