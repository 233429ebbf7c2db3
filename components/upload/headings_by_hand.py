"""A table whose headings were not understood: its first rows, and above each column a choice of what it is. What is
chosen is remembered for the unit and the dataset, so that next month's workbook is understood by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import streamlit as st
from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import note, section
from components.elements.plain import plain
from components.elements.rendering import render
from components.elements.table import Column, Kind, Table, table_markup
from components.upload.checking import Upload, check_anew
from models.cells import SheetCells, as_in_excel, column_letter
from models.definitions import Dataset, Part
from models.validation import SheetReading
from rules.intake.header import DEEPEST, Heading, SheetTop
from rules.intake.headings import as_typed
from services.intake.checking import confirm_column, datasets_by_hand

ROWS_SHOWN = 12
EXAMPLES = 3
_ABREAST = 3
NOT_READ = "（不读取）"


@dataclass(frozen=True)
class _Table:
    """One sheet as one part of a dataset; `rows`: those of its header, from 0, `known`: column letter → label,
    `near`: column letter → the label that its heading is close to, chosen until somebody says otherwise.
    """

    upload: Upload
    cells: SheetCells
    dataset: Dataset
    part: Part
    top: int
    depth: int
    known: dict[str, str]
    near: dict[str, str]

    @property
    def headings(self) -> tuple[Heading, ...]:
        return SheetTop(self.cells).headings(self.top, self.depth)

    @property
    def open_columns(self) -> list[Heading]:
        return [heading for heading in self.headings if self.letter(heading) not in self.known]

    def letter(self, heading: Heading) -> str:
        return column_letter(self.cells.first_column + heading.index)

    def examples(self, heading: Heading) -> list[str]:
        """Return a few of what stands beneath the heading."""
        below = self.cells.text.iloc[self.top + self.depth :, heading.index]
        texts = (as_in_excel(str(text)).strip() for text in below.head(40) if text is not None)
        return list(dict.fromkeys(text for text in texts if text and text != "<NA>"))[:EXAMPLES]


def headings_of_a_strange_table(upload: Upload, here: PageContext) -> None:
    """Draw, where no table was found: which sheet, which rows are its header, and what each column is."""
    if upload.workbook.cells is None:
        return
    dataset = datasets_by_hand().get(upload.workbook.request.dataset or "")
    if dataset is None:
        render(note("请先在上面的“数据”中选定这份表是哪一种数据，再逐列指定。"))
        return
    sheets = {sheet.name: sheet for sheet in upload.workbook.cells.sheets if len(sheet.text)}
    if not sheets:
        return
    render(section("逐列指定", "选定表头在哪几行，再指明各列是什么；以后照此识别"))
    where, which, first, depth = st.columns(4)
    cells = sheets[where.selectbox("工作表", list(sheets), key=_key(upload, "sheet"))]
    names = {part.code: part.title if len(dataset.parts) > 1 else dataset.title for part in dataset.parts}
    code = which.selectbox("内容", list(names), format_func=names.__getitem__, key=_key(upload, "part"))
    last = min(len(cells.text), 30) + cells.first_row - 1
    row = first.number_input("表头从第几行起", cells.first_row, last, _likely_row(cells), key=_key(upload, "row"))
    rows = depth.selectbox("表头占几行", range(1, DEEPEST + 1), key=_key(upload, "depth"))
    render(_first_rows(cells, here))
    _columns(_Table(upload, cells, dataset, dataset.part(code), int(row) - cells.first_row, rows, {}, {}))


def headings_left_over(upload: Upload, sheet: SheetReading, here: PageContext) -> None:
    """Draw the first rows and a choice for each column that is not taken: 序号 too, which may be the only number that a
    case has.
    """
    if upload.workbook.cells is None:
        return
    cells = next((sheet_cells for sheet_cells in upload.workbook.cells.sheets if sheet_cells.name == sheet.name), None)
    dataset = datasets_by_hand().get(upload.report.dataset or "")
    if cells is None or dataset is None:
        return
    top, depth = min(sheet.header_rows) - cells.first_row, len(sheet.header_rows)
    known = {column.column: column.field for column in sheet.columns}
    near = {column.column: column.suggestion for column in sheet.unmapped if column.suggestion}
    table = _Table(upload, cells, dataset, dataset.part(sheet.part), top, depth, known, near)
    if not table.open_columns:
        return
    wanted = f"还缺 {'、'.join(sheet.missing)}" if sheet.missing else f"{len(table.open_columns)} 列没有识别"
    with st.expander(plain(f"逐列指定：{wanted}"), expanded=bool(sheet.missing) and not upload.workbook.accepted):
        render(_first_rows(cells, here))
        if near:
            render(note(f"{len(near)} 列的列名与规定的相近，已按相近的选好，请核对；未经确认不读取。"))
        _columns(table)


def _columns(shown_table: _Table) -> None:
    """Draw a choice above the examples of each column not understood yet; what is still missing; the button."""
    fields_chosen = set(shown_table.known.values())
    labels = [field.label for field in shown_table.part.fields if field.label not in fields_chosen]
    chosen: dict[str, str] = {}
    near = list(dict.fromkeys(shown_table.near.values()))  # of two columns close to the same the first is meant
    for number, heading in enumerate(shown_table.open_columns):
        if number % _ABREAST == 0:
            places = st.columns(_ABREAST)
        letter, typed = shown_table.letter(heading), as_typed(heading.levels)
        guess = shown_table.near.get(letter)
        if guess in near and guess in labels:
            near.remove(guess)
        else:
            guess = None
        place = places[number % _ABREAST]
        label = place.selectbox(
            plain(f"{letter} 列“{typed}”"),
            [NOT_READ, *labels],
            index=1 + labels.index(guess) if guess else 0,
            key=_key(shown_table.upload, f"{shown_table.cells.name} {shown_table.top} {shown_table.depth} {letter}"),
        )
        if examples := shown_table.examples(heading):
            place.caption(plain("例：" + "、".join(examples)))
        if label != NOT_READ:
            chosen[typed] = label
    if missing := _missing(shown_table, [*fields_chosen, *chosen.values()]):
        render(note(f"还缺必填的：{'、'.join(missing)}。"))
    twice = sorted({label for label in chosen.values() if list(chosen.values()).count(label) > 1})
    if twice:
        render(note(f"“{'、'.join(twice)}”选了不止一列，请只留一列。"))
    if st.button(
        "按此识别，以后照此",
        disabled=not chosen or bool(twice),
        key=_key(shown_table.upload, f"{shown_table.cells.name} go"),
    ):
        for heading_words, label in chosen.items():
            confirm_column(
                shown_table.upload.report.unit, shown_table.dataset.code, shown_table.part.code, heading_words, label
            )
        check_anew()
        st.rerun()


def _missing(shown_table: _Table, labels: Sequence[str]) -> list[str]:
    """Return the labels still missing; a unit's own workbook need not say whose it is."""
    own = shown_table.upload.workbook.request.unit is not None
    return [
        field.label
        for field in shown_table.part.fields
        if field.required and field.label not in labels and not (own and field.name == shown_table.dataset.unit_field)
    ]


def _key(upload: Upload, what: str) -> str:
    return f"by hand {upload.key[0]} {what}"


def _likely_row(cells: SheetCells) -> int:
    """Return the first row with the most texts: a title stands alone, a table's row has many."""
    top = SheetTop(cells)
    counts = [len(words) for words in top.words] or [0]
    return cells.first_row + counts.index(max(counts))


def _first_rows(cells: SheetCells, here: PageContext) -> Markup:
    """Return the sheet as it is, with Excel's letters and numbers."""
    letters = [column_letter(cells.first_column + index) for index in range(cells.text.shape[1])]
    rows: list[Sequence[Any]] = [
        (cells.first_row + index, *row) for index, row in enumerate(SheetTop(cells).raw[:ROWS_SHOWN].tolist())
    ]
    columns = [
        Column[Sequence[Any]]("row", "行", itemgetter(0), Kind.NUMBER, drawn=lambda row: str(row[0])),
        *(Column[Sequence[Any]](letter, letter, itemgetter(index)) for index, letter in enumerate(letters, 1)),
    ]
    table = Table("first_rows", cells.name, columns, page_size=None, is_whole=False, css="as-typed")
    return table_markup(table, rows, here)
