"""Large workbooks read by places: what is cut out is what our own pass reads, and what is not of the usual form is left
to it.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.spreadsheets import DEFAULT
from data_access.spreadsheets.bulk import bulk_sheets
from data_access.spreadsheets.byte_words import are_digits, bytes_with_room, eight_from, numbers
from data_access.spreadsheets.package import Package
from data_access.spreadsheets.plain import plain_sheets
from data_access.spreadsheets.refusals import Rejected
from data_access.spreadsheets.scan import NeedsCare
from data_access.spreadsheets.sheets import Sheet
from data_access.spreadsheets.string_table import NotPlain, string_table
from data_access.spreadsheets.xlsx_book import open_xlsx
from tests.data_access.workbooks import xlsx_of_text, xlsx_of_xml
from tests.examples import examples

PATH = "xl/worksheets/sheet1.xml"
ROW = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
STRINGS = "<si><t>甲</t></si><si><t>乙</t></si>"


def plain(content: bytes) -> Sheet:
    (sheet,) = plain_sheets(Package(content, DEFAULT), [("Sheet1", PATH)], DEFAULT)
    return sheet


def seen(sheet: Sheet) -> dict[tuple[int, int], tuple[str, int]]:
    """Address → text and kind of the filled cells."""
    return {
        (sheet.first_row + row, sheet.first_column + column): (text, int(kinds[row]))
        for column, (texts, kinds) in enumerate(sheet.columns)
        for row, text in enumerate(texts.to_pylist())
        if kinds[row]
    }


def of_own_pass(content: bytes) -> Sheet:
    (sheet,) = open_xlsx(content, "xlsx", DEFAULT).sheets
    return sheet


@given(st.lists(st.integers(0, 10**8 - 1), min_size=1))
def test_digits_are_read_as_numbers_wherever_they_stand(values: list[int]) -> None:
    data = bytes_with_room(b"xxxxxxx" + b"".join(b"%8d" % value for value in values))
    places, lengths = 7 + 8 * np.arange(len(values)), np.array([len(str(value)) for value in values])
    words = eight_from(data)[places]
    assert numbers(words, lengths).tolist() == values and are_digits(words, lengths).all()
    assert not are_digits(words, np.minimum(lengths + 1, 8))[lengths < 8].any()


ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("&<>\"'\n\t _x000D_"), max_size=12
)


@pytest.mark.long
@examples(60)
@given(
    st.lists(
        st.tuples(
            ANY_TEXT,
            st.sampled_from(["<t>{}</t>", '<t xml:space="preserve">{}</t>', "<r><t>{}</t></r><rPh><t>音</t></rPh>"]),
        )
    )
)
def test_every_shared_string_is_what_expat_makes_of_it(items: list[tuple[str, str]]) -> None:
    table = "".join(f"<si>{form.format(escape(text))}</si>" for text, form in items)
    content = xlsx_of_xml(f"<sheetData>{ROW}</sheetData>", table)
    package = Package(content, DEFAULT)
    assert string_table(package.chunks(package.strings_path() or "")).to_pylist() == package.strings()


def test_strings_numbers_empty_cells_hidden_rows_and_merges_stand_where_the_own_pass_has_them() -> None:
    rows = (
        '<row r="3" hidden="1"><c r="B3" s="1" t="s"><v>0</v></c><c r="C3" s="2"/><c r="AB3"><v>12.5</v></c></row>'
        '<row r="9"><c r="B9" t="str"><f>A1</f><v>公式</v></c><c r="C9" t="s"><v>1</v></c><c r="D9" t="b"><v>1</v></c></row>'  # noqa: E501
    )
    content = xlsx_of_xml(f'<sheetData>{rows}</sheetData><mergeCells><mergeCell ref="B3:C3"/></mergeCells>', STRINGS)
    by_numbers, own = plain(content), of_own_pass(content)
    assert seen(by_numbers) == seen(own) and len(seen(by_numbers)) == 5
    assert (by_numbers.hidden_rows, by_numbers.merged) == (own.hidden_rows, own.merged) == ([3], [(3, 2, 3, 3)])


def test_many_rows_in_several_pieces_are_each_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data_access.spreadsheets.scan.WINDOW", 2_000)
    content = xlsx_of_text([[f"甲{row}", "", f"乙{row % 7}"] for row in range(1_200)])
    assert seen(plain(content)) == seen(of_own_pass(content))


@pytest.mark.parametrize(
    "rows",
    [
        ROW.replace('t="s"', "t='s'"),
        ROW.replace('r="B1"', 'r="B2"'),
        ROW.replace('r="B1"', 'r="B01"'),
        ROW.replace('r="B1"', 'r="A1"'),
        ROW.replace('r="B1"', 'r="ABC1"'),
        ROW.replace("<c ", "<x:c ").replace("</c>", "</x:c>"),
        ROW.replace('<c r="B1" t="s">', '<c t="s" r="B1">'),
        ROW.replace('t="s"', 't="s" s="1"'),
        ROW.replace('<c r="B1"', '<c\nr="B1"'),
        ROW.replace("<v>1</v>", "<v> 1</v>"),
        ROW.replace("<v>1</v>", "<v>7</v>"),
        ROW.replace("<v>1</v>", "<v>123456789</v>"),
        ROW.replace("<v>1</v>", "<v></v>"),
        ROW.replace('<row r="1">', '<row spans="1:2">'),
        ROW.replace('<row r="1">', '<row r="x">'),
        ROW.replace('<c r="B1" t="s"><v>1</v></c>', '<c r="B1" t="inlineStr"><is><t>甲</t></is></c>'),
        "<!-- -->" + ROW,
    ],
)
def test_what_is_not_written_as_usual_is_left_to_another_way(rows: str) -> None:
    with pytest.raises((NotPlain, NeedsCare)):
        plain(xlsx_of_xml(f"<sheetData>{rows}</sheetData>", STRINGS))


@pytest.mark.parametrize("strings", ["<si/>" + STRINGS, "<!-- -->" + STRINGS, STRINGS.replace("<si>", '<si x="1">')])
def test_strings_not_written_as_usual_are_left_to_another_way(strings: str) -> None:
    with pytest.raises(NotPlain):
        plain(xlsx_of_xml(f"<sheetData>{ROW}</sheetData>", strings))


def test_xml_in_another_encoding_is_left_to_another_way() -> None:
    with pytest.raises(NotPlain):
        string_table(['<?xml version="1.0" encoding="UTF-16"?><sst><si><t>甲</t></si></sst>'.encode("utf-16")])
    with pytest.raises(NotPlain):
        string_table(['<?xml version="1.0" encoding="GBK"?><sst><si><t>甲</t></si></sst>'.encode("gbk")])
    with pytest.raises(NotPlain):
        string_table(["<sst><si><t>甲</t></si></sst>".encode("gbk")])


def test_a_far_off_cell_makes_no_box_of_emptiness() -> None:
    far = ROW + '<row r="150000"><c r="ZZ150000" t="s"><v>0</v></c></row>'
    with pytest.raises(Rejected) as refused:
        plain(xlsx_of_xml(f"<sheetData>{far}</sheetData>", STRINGS))
    assert refused.value.code == "unsafe"


def test_what_is_left_is_read_by_the_general_reader_all_the_same() -> None:
    rows = [["事项", "办件量"], ["甲", "12"], ["", "甲 "]]
    content = xlsx_of_text(rows)
    (general,) = bulk_sheets(Package(content, DEFAULT), content, [("Sheet1", PATH)], DEFAULT)
    assert seen(general) == seen(plain(content)) and len(seen(general)) == 5
