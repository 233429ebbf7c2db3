"""Wrong cells in place: the uploader's own rows under their own headings, with Excel's row numbers and the message in the cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from components.tables import Column, Row, table
from models.cells import SheetCells, column_letter
from models.validation import Problem, SheetReading

MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)")
CONTEXT_COLUMNS = 3  # shown beside the wrong ones, so that people know the row


@dataclass(frozen=True)
class WrongRows:
    """The rows of one sheet that hold wrong cells."""

    cells: SheetCells
    reading: SheetReading
    by_row: Mapping[int, Mapping[str, Problem]]  # row → column letter → problem

    @property
    def rows(self) -> list[int]:
        return sorted(self.by_row)


def wrong_rows(cells: SheetCells, reading: SheetReading, problems: Iterable[Problem]) -> WrongRows:
    by_row: dict[int, dict[str, Problem]] = {}
    for problem in problems:
        if problem.sheet == reading.name and problem.row is not None and problem.column is not None:
            by_row.setdefault(problem.row, {})[problem.column] = problem
    return WrongRows(cells, reading, by_row)


def rows_in_place(found: WrongRows, rows: Sequence[int]) -> Markup:
    """`rows`: those of the page shown."""
    letters = _columns_to_show(found, rows)
    labels = {column.column: column.label for column in found.reading.columns}
    heads = Markup("").join(
        Markup('<th scope="col">{}<br><span class="quiet">{}</span></th>').format(labels.get(letter, ""), letter) for letter in letters
    )
    body = Markup("").join(_row(found, row, letters) for row in rows)
    return Markup(
        '<div class="table-frame" data-as-typed><table class="board sheet"><thead><tr><th scope="col">行</th>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(heads, body)


def _columns_to_show(found: WrongRows, rows: Sequence[int]) -> list[str]:
    """In the order of the file: the first few it was understood by, and every wrong one."""
    wrong = {letter for row in rows for letter in found.by_row[row]}
    context = [column.column for column in found.reading.columns][:CONTEXT_COLUMNS]
    return sorted({*wrong, *context}, key=lambda letter: (len(letter), letter))


def _row(found: WrongRows, row: int, letters: Sequence[str]) -> Markup:
    typed = _typed(found.cells, row)
    shown = Markup("").join(_cell(typed.get(letter, ""), found.by_row[row].get(letter)) for letter in letters)
    return Markup('<tr><th scope="row" class="row-number">{}</th>{}</tr>').format(row, shown)


def _typed(cells: SheetCells, row: int) -> dict[str, str]:
    """Column letter → what was typed in that row of the file."""
    position = row - cells.first_row
    if not 0 <= position < len(cells.text):
        return {}
    values = cells.text.iloc[position]
    return {column_letter(cells.first_column + offset): _as_in_excel(value) for offset, value in enumerate(values)}


def _as_in_excel(text: str) -> str:
    """“2023-06-30T23:59:00”, as the reader keeps a time, without the letter that nobody typed."""
    return MOMENT.sub(r"\1 \2", text)


def _cell(typed: str, problem: Problem | None) -> Markup:
    if problem is None:
        return Markup("<td>{}</td>").format(typed)
    lamp, mark = ("overdue", "■") if problem.severity == "error" else ("due-soon", "▲")
    said = typed or (problem.value or "")
    return Markup('<td class="wrong lamp-{}">{}<em>{} {}</em></td>').format(lamp, said, mark, problem.message)


def whole_problems(problems: Iterable[Problem]) -> Markup:
    """What is wrong with columns, sheets and the file as a whole, before any row."""
    columns = (Column("性质", css="nowrap"), Column("工作表", css="nowrap"), Column("列", css="nowrap"), Column("字段", css="nowrap"), Column("说明"))
    rows: list[Row] = [(_severity(one), one.sheet or "", one.column or "", one.field or "", one.message) for one in problems]
    return table(columns, rows) if rows else Markup("")


def _severity(problem: Problem) -> Markup:
    if problem.severity == "error":
        return Markup('<span class="chip lamp-overdue">■ 错误</span>')
    return Markup('<span class="chip lamp-due-soon">▲ 提示</span>')
