"""A formula that nobody has calculated is told as such, whatever the format: its cell is an error, not an empty one and
not 0.
"""

from __future__ import annotations

import io

import pytest
import xlwt

from data_access.spreadsheets import read
from models.cells import CellKind, SheetCells
from tests.data_access.workbooks import calculated, ods_of_xml, openpyxl_sheet, saved, xls_of

ONE_TO_TWO = {(0, 0): "事项", (1, 0): "甲", (1, 1): 12}


def kinds(sheet: SheetCells, row: int = 1) -> list[CellKind]:
    return [CellKind(kind) for kind in sheet.kind[row]]


def test_an_xls_by_a_program_that_does_not_calculate_has_formulas_without_value() -> None:
    book = read(xls_of(ONE_TO_TWO | {(1, 2): xlwt.Formula("B2*2"), (1, 3): calculated(0.0)}))
    assert kinds(book.sheets[0]) == [CellKind.TEXT, CellKind.NUMBER, CellKind.EMPTY_FORMULA, CellKind.EMPTY_FORMULA]
    assert book.sheets[0].text.iloc[1].tolist() == ["甲", "12", "", ""]


def test_the_formulas_of_every_visible_sheet_are_told_where_they_stand() -> None:
    book = xlwt.Workbook()
    for name, row in (("一", 2), ("旧", 3), ("三", 4)):
        sheet = book.add_sheet(name)
        sheet.write(0, 0, name)
        sheet.write(row, 1, xlwt.Formula("1+1"))
        sheet.visibility = name == "旧"
    out = io.BytesIO()
    book.save(out)
    first, third = read(out.getvalue()).sheets
    assert (len(first.kind), len(third.kind)) == (3, 5) and first.kind[2, 1] == third.kind[
        4, 1
    ] == CellKind.EMPTY_FORMULA


def test_formulas_of_an_xls_in_which_one_has_been_calculated_keep_their_values() -> None:
    for value in (7.0, "合计", True, "#N/A"):
        sheet = read(
            xls_of(
                ONE_TO_TWO
                | {(1, 2): xlwt.Formula("B2*2"), (1, 3): calculated(value), (1, 4): calculated(0.0), (1, 5): "尾"}
            )
        ).sheets[0]
        assert (
            kinds(sheet)[2] == CellKind.BLANK
            and kinds(sheet)[3] != CellKind.EMPTY_FORMULA
            and sheet.text.iat[1, 4] == "0"
        ), value


def test_a_value_that_excel_has_calculated_may_be_nothing() -> None:
    content = xls_of(ONE_TO_TWO | {(1, 2): calculated(""), (1, 3): "尾"}, recalculated=True)
    assert kinds(read(content).sheets[0]) == [CellKind.TEXT, CellKind.NUMBER, CellKind.BLANK, CellKind.TEXT]


@pytest.mark.parametrize(
    "cell",
    [
        '<table:table-cell table:formula="of:=[.A1]*2"/>',
        '<table:table-cell table:formula="of:=[.A1]*2" office:value-type="float"/>',
        '<table:table-cell table:formula="of:=[.A1]*2" office:value-type="percentage"/>',
        '<table:table-cell table:formula="of:=[.A1]*2" office:value-type="date"/>',
        '<table:table-cell table:formula="of:=[.A1]*2" office:value-type="time"/>',
        '<table:table-cell table:formula="of:=[.A1]*2" office:value-type="boolean"/>',
    ],
)
def test_an_ods_formula_without_value_is_told_whatever_type_it_states(cell: str) -> None:
    row = f'<table:table-row><table:table-cell office:value-type="float" office:value="1"/>{cell}</table:table-row>'
    assert kinds(read(ods_of_xml(f'<table:table table:name="表">{row}</table:table>')).sheets[0], 0) == [
        CellKind.NUMBER,
        CellKind.EMPTY_FORMULA,
    ]


def test_an_ods_formula_that_gives_the_empty_text_is_blank() -> None:
    cells = (
        '<table:table-cell table:formula="of:=IF(1;&quot;&quot;)" office:value-type="string" office:string-value=""/>'
    )
    row = f'<table:table-row>{cells}<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    sheet = read(ods_of_xml(f'<table:table table:name="表">{row}</table:table>')).sheets[0]
    assert sheet.first_column == 2 and kinds(sheet, 0) == [CellKind.NUMBER]


def test_an_xlsx_is_the_measure() -> None:
    workbook, sheet = openpyxl_sheet()
    for address, value in (("A1", "事项"), ("A2", "甲"), ("B2", 12), ("C2", "=B2*2")):
        sheet[address] = value
    assert kinds(read(saved(workbook)).sheets[0]) == [CellKind.TEXT, CellKind.NUMBER, CellKind.EMPTY_FORMULA]


def test_an_xls_with_a_summary_of_the_document_comes_from_a_program_that_calculates() -> None:
    content = bytearray(xls_of(ONE_TO_TWO | {(1, 2): calculated(""), (1, 3): calculated(0.0)}))
    empty_entry = content.find("Workbook".encode("utf-16-le")) + 128
    name = "\x05SummaryInformation\0".encode("utf-16-le")
    content[empty_entry : empty_entry + len(name)], content[empty_entry + 64] = name, len(name)
    assert kinds(read(bytes(content)).sheets[0]) == [CellKind.TEXT, CellKind.NUMBER, CellKind.BLANK, CellKind.NUMBER]
