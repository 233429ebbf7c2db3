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
from components.elements.plain import plain
from components.elements.rendering import render
from components.elements.templates import from_template
from components.upload.checking import Upload
from components.upload.problem_table import (
    BLANK,
    WrongRows,
    columns_to_show,
    corner,
    corrected_from,
    heading,
    message_of,
    row_number,
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


@dataclass(frozen=True)
class Sheet:
    """One sheet of the upload with what is wrong in it; `number` tells its widgets from those of other sheets."""

    held: Upload
    wrong: WrongRows
    number: int
    units: Sequence[str]  # names that a cell of that kind may hold

    @cached_property
    def records(self) -> frozenset[int]:
        """Return the rows of the file that are records."""
        return frozenset(self.wrong.reading.records["_row"].tolist())

    def field(self, letter: str) -> Field | None:
        """Return the field, or None for a column that was not understood."""
        name = next((column.name for column in self.wrong.reading.columns if column.column == letter), None)
        part = (DATASETS | BUREAU_DATASETS)[self.held.report.dataset or ""].part(self.wrong.reading.part)
        return part.field(name) if name else None

    def key(self, what: str, cell: str = "", now: str = "") -> str:
        """Return another key where the cell holds something else `now`, so that a field shows it; what is typed into
        the others is left alone.
        """
        return f"{what} {self.held.key[0]} {self.number} {cell} {now}"


@st.fragment
def correct_rows(sheet: Sheet) -> None:
    """Draw a page of the wrong rows; an applied correction runs the whole page again, for the counts and what may be
    submitted.
    """
    rows = sheet.wrong.rows
    pages = -(-len(rows) // ROWS_ON_A_PAGE)
    render(
        note(
            f"工作表“{sheet.wrong.reading.name}”有问题或已改正的 {len(rows):,} 行，行号与 Excel 中一致。个别错误可在格中直接改，改完点“应用改正”；原文件不变。"  # noqa: E501
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
    elif sentence := st.session_state.pop(f"applied {sheet.number}", None):
        render(from_template("upload/applied.html", sentence=sentence))


def _page(sheet: Sheet, pages: int) -> int:
    if pages <= 1:
        return 1
    key = f"wrong rows {sheet.number}"
    if turn := st.session_state.pop(f"turn {sheet.number}", None):
        st.session_state[key] = turn
    return st.pagination(pages, key=key)


def _cells(sheet: Sheet, rows: Sequence[int]) -> tuple[list[CellCorrection], list[Place]]:
    """Draw the rows and return what was typed into them, and the cells that are to be as in the file again."""
    letters = columns_to_show(sheet.wrong, rows)
    typed, taken_back = list[CellCorrection](), list[Place]()
    with st.container(key=f"typed_rows_{sheet.number}"):
        render(_wide(sheet, letters, rows))
        for place, words in zip(
            _line(letters),
            [corner(), *(heading(sheet.wrong, letter) for letter in letters)],
            strict=True,
        ):
            place.html(words)
        for row in rows:
            first, *places = _line(letters)
            first.html(row_number(row))
            in_file = typed_in(sheet.wrong, row)
            for letter, place in zip(letters, places, strict=True):
                with place:
                    value, back = _cell(sheet, row, letter, in_file.get(letter, ""))
                typed += [CellCorrection(sheet.wrong.reading.name, row, letter, value)] if value is not None else []
                taken_back += [back] if back else []
    return typed, taken_back


def _wide(sheet: Sheet, letters: Sequence[str], rows: Sequence[int]) -> Markup:
    """Return the rule by which the columns with something to type in are wider than those that only tell which row it
    is.
    """
    places = [
        index
        for index, letter in enumerate(letters, 2)
        if any(sheet.wrong.problem(row, letter) or sheet.wrong.correction(row, letter) for row in rows)
    ]
    return from_template("upload/wide_columns.html", sheet=sheet.number, places=places)


def _line(letters: Sequence[str]) -> Sequence[DeltaGenerator]:
    return st.columns(len(letters) + 1, gap=None, wrap=False)


def _cell(sheet: Sheet, row: int, letter: str, in_file: str) -> tuple[str | None, Place | None]:
    """Return what was typed there if anything was, and the cell whose correction is to be taken back."""
    problem, correction = sheet.wrong.problem(row, letter), sheet.wrong.correction(row, letter)
    field = sheet.field(letter)
    if field is None or row not in sheet.records or (problem is None and correction is None):
        label = "".join(sheet.wrong.label(letter).split())
        render(wrong_cell(label, in_file, problem) if problem else typed_cell(label, in_file))
        return None, None
    now = (correction.value or "") if correction else as_in_excel(problem.value if problem else "") or in_file
    typed = _input(sheet, field, row, letter, now, is_corrected=correction is not None)
    render(
        *([corrected_from(correction, still_wrong=_is_error(problem))] if correction else []),
        *([message_of(problem)] if problem else []),
        *([from_template("upload/merged.html")] if sheet.wrong.is_merged(row, letter) else []),
    )
    if correction and st.form_submit_button(
        "恢复",
        key=sheet.key("back", f"{letter}{row}"),
        type="tertiary",
        help=plain(f"恢复 {letter}{row} 为文件中的内容"),
    ):
        return None, correction.anchor
    return (typed if typed is not None and typed.strip() != now.strip() else None), None


def _is_error(problem: Problem | None) -> bool:
    return problem is not None and problem.severity == "error"


def _input(sheet: Sheet, field: Field, row: int, letter: str, now: str, *, is_corrected: bool) -> str | None:
    """Return what was typed or chosen, None where nothing was chosen."""
    label, key = (
        f"{letter}{row} {field.label}",
        sheet.key("corrected" if is_corrected else "cell", f"{letter}{row}", now),
    )
    words = _words(field, sheet)
    if not words:
        return st.text_input(label, now, key=key)
    current = words.index(now or BLANK) if is_corrected and (now or BLANK) in words else None
    chosen = st.selectbox(label, words, current, key=key, placeholder=now or "请选择")
    return "" if chosen == BLANK else chosen


def _words(field: Field, sheet: Sheet) -> list[str]:
    """Return what may stand in a cell that takes one of a list of words."""
    words = {Kind.CHOICE: list(field.choices), Kind.YES_NO: ["是", "否"], Kind.UNIT: list(sheet.units)}.get(
        field.kind, []
    )
    return [*words, BLANK] if words and not field.required else words


def _apply(sheet: Sheet, typed: Sequence[CellCorrection], taken_back: Sequence[Place]) -> None:
    try:
        with st.spinner("正在重新检查"):
            sheet.held.correct(typed, taken_back)
    except RefusedRequest as refused:
        st.warning(plain(refused))
        return
    report = sheet.held.report
    left = f"还有错误 {report.errors:,} 处" if report.errors else "没有错误了，可以确认报送"
    st.session_state[f"applied {sheet.number}"] = (
        f"已重新检查全部数据：已改正 {sheet.held.workbook.mended:,} 处，{left}。"
    )
    st.rerun()
