"""The wrong rows of a sheet as a sheet: what is wrong is a field to type in, at its place; the whole file is judged
again on request.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from catalogue.datasets import BUREAU_DATASETS, DATASETS
from components.elements.empty_state import note
from components.elements.rendering import render
from components.upload.checking import Upload
from components.upload.problem_table import (
    BLANK,
    WrongRows,
    columns_to_show,
    heading,
    mended_from,
    said_of,
    typed_cell,
    typed_in,
    wrong_cell,
)
from models.cells import as_in_excel
from models.corrections import CellCorrection, Place
from models.definitions import Field, Kind
from models.validation import Problem
from services.access.refusal import RefusedRequest

ROWS_ON_A_PAGE = 20
MERGED = Markup('<em class="said mended">合并单元格，改一处即可</em>')


@dataclass(frozen=True)
class Sheet:
    """One sheet of the upload with what is wrong in it; `number` tells its widgets from those of other sheets."""

    held: Upload
    found: WrongRows
    number: int
    units: Sequence[str]  # names that a cell of that kind may hold

    @cached_property
    def records(self) -> frozenset[int]:
        """The rows of the file that are records."""
        return frozenset(self.found.reading.records["_row"].tolist())

    def field(self, letter: str) -> Field | None:
        """None for a column that was not understood."""
        name = next((column.name for column in self.found.reading.columns if column.column == letter), None)
        part = (DATASETS | BUREAU_DATASETS)[self.held.report.dataset or ""].part(self.found.reading.part)
        return part.field(name) if name else None

    def key(self, what: str, cell: str = "", stands: str = "") -> str:
        """Another one where something else stands, so that a field shows it; what is typed into the others is left
        alone.
        """
        return f"{what} {self.held.key[0]} {self.number} {cell} {stands}"


@st.fragment
def correct_rows(sheet: Sheet) -> None:
    """A page of the wrong rows; an applied correction runs the whole page again, for the counts and what may be
    submitted.
    """
    rows = sheet.found.rows
    pages = -(-len(rows) // ROWS_ON_A_PAGE)
    render(
        note(
            f"工作表“{sheet.found.reading.name}”有问题或已改正的 {len(rows):,} 行，行号与 Excel 中一致。个别错误可在格中直接改，改完点“应用改正”；原文件不变。"  # noqa: E501
        )
    )
    number = _page(sheet, pages)
    with st.form(f"rows of sheet {sheet.number}", enter_to_submit=False, border=False):
        typed, taken_back = _cells(sheet, rows[(number - 1) * ROWS_ON_A_PAGE : number * ROWS_ON_A_PAGE])
        with st.container(horizontal=True):
            applied = st.form_submit_button("应用改正", key=sheet.key("apply"), type="primary")
            turned = number < pages and st.form_submit_button("应用改正并看下一页", key=sheet.key("next"))
    if turned:
        st.session_state[f"turn {sheet.number}"] = number + 1
    if applied or turned or taken_back:
        _apply(sheet, typed, taken_back)
    elif said := st.session_state.pop(f"applied {sheet.number}", None):
        render(Markup('<p class="banner" role="status">{}</p>').format(said))


def _page(sheet: Sheet, pages: int) -> int:
    if pages <= 1:
        return 1
    key = f"wrong rows {sheet.number}"
    if turn := st.session_state.pop(f"turn {sheet.number}", None):
        st.session_state[key] = turn
    return st.pagination(pages, key=key)


def _cells(sheet: Sheet, rows: Sequence[int]) -> tuple[list[CellCorrection], list[Place]]:
    """Draws the rows; what was typed into them, and the cells that are to be as in the file again."""
    letters = columns_to_show(sheet.found, rows)
    typed, taken_back = list[CellCorrection](), list[Place]()
    with st.container(key=f"typed_rows_{sheet.number}"):
        render(_wide(sheet, letters, rows))
        for place, words in zip(
            _line(letters),
            [Markup('<div class="cell corner">行</div>'), *(heading(sheet.found, letter) for letter in letters)],
            strict=True,
        ):
            place.html(words)
        for row in rows:
            first, *places = _line(letters)
            first.html(f'<div class="cell row-number">{row}</div>')
            in_file = typed_in(sheet.found, row)
            for letter, place in zip(letters, places, strict=True):
                with place:
                    now, back = _cell(sheet, row, letter, in_file.get(letter, ""))
                typed += [CellCorrection(sheet.found.reading.name, row, letter, now)] if now is not None else []
                taken_back += [back] if back else []
    return typed, taken_back


def _wide(sheet: Sheet, letters: Sequence[str], rows: Sequence[int]) -> Markup:
    """The columns with something to type in are wider than those that only tell which row it is."""
    wide = [
        n
        for n, letter in enumerate(letters, 2)
        if any(sheet.found.problem(r, letter) or sheet.found.correction(r, letter) for r in rows)
    ]
    columns = Markup(", ").join(
        Markup(".st-key-typed_rows_{} [data-testid=stColumn]:nth-child({})").format(sheet.number, n) for n in wide
    )
    return Markup("<style>{} {{ width: var(--wrong) !important; }}</style>").format(columns)


def _line(letters: Sequence[str]) -> Sequence[DeltaGenerator]:
    return st.columns(len(letters) + 1, gap=None, wrap=False)


def _cell(sheet: Sheet, row: int, letter: str, in_file: str) -> tuple[str | None, Place | None]:
    """What was typed there if anything was, and the cell whose correction is to be taken back."""
    problem, mended, field = sheet.found.problem(row, letter), sheet.found.correction(row, letter), sheet.field(letter)
    if field is None or row not in sheet.records or (problem is None and mended is None):
        label = "".join(sheet.found.label(letter).split())
        render(wrong_cell(label, in_file, problem) if problem else typed_cell(label, in_file))
        return None, None
    stands = (mended.value or "") if mended else as_in_excel(problem.value if problem else "") or in_file
    typed = _input(sheet, field, row, letter, stands, is_mended=mended is not None)
    render(
        *([mended_from(mended, still_wrong=_is_error(problem))] if mended else []),
        *([said_of(problem)] if problem else []),
        *([MERGED] if sheet.found.is_merged(row, letter) else []),
    )
    if mended and st.form_submit_button(
        "恢复", key=sheet.key("back", f"{letter}{row}"), type="tertiary", help=f"恢复 {letter}{row} 为文件中的内容"
    ):
        return None, mended.anchor
    return (typed if typed is not None and typed.strip() != stands.strip() else None), None


def _is_error(problem: Problem | None) -> bool:
    return problem is not None and problem.severity == "error"


def _input(sheet: Sheet, field: Field, row: int, letter: str, stands: str, *, is_mended: bool) -> str | None:
    """None where nothing was chosen."""
    label, key = f"{letter}{row} {field.label}", sheet.key("mended" if is_mended else "cell", f"{letter}{row}", stands)
    words = _words(field, sheet)
    if not words:
        return st.text_input(label, stands, key=key)
    chosen = words.index(stands or BLANK) if is_mended and (stands or BLANK) in words else None
    found = st.selectbox(label, words, chosen, key=key, placeholder=stands or "请选择")
    return "" if found == BLANK else found


def _words(field: Field, sheet: Sheet) -> list[str]:
    """What may stand in a cell that takes one of a list of words."""
    words = {Kind.CHOICE: list(field.choices), Kind.YES_NO: ["是", "否"], Kind.UNIT: list(sheet.units)}.get(
        field.kind, []
    )
    return [*words, BLANK] if words and not field.required else words


def _apply(sheet: Sheet, typed: Sequence[CellCorrection], taken_back: Sequence[Place]) -> None:
    try:
        with st.spinner("正在重新检查"):
            sheet.held.correct(typed, taken_back)
    except RefusedRequest as refused:
        st.warning(str(refused))
        return
    report = sheet.held.report
    left = f"还有错误 {report.errors:,} 处" if report.errors else "没有错误了，可以确认报送"
    st.session_state[f"applied {sheet.number}"] = (
        f"已重新检查全部数据：已改正 {sheet.held.workbook.mended:,} 处，{left}。"
    )
    st.rerun()
