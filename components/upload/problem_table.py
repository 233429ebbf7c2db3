"""Wrong cells in place: the uploader's own rows under their own headings, with Excel's row numbers and the message in
the cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from components.elements.empty_state import note
from components.elements.tables import Column, Row, table
from models.cells import CellKind, SheetCells, as_in_excel, column_letter, column_number
from models.corrections import CorrectedCell
from models.validation import Problem, SheetReading
from rules.intake.alike import Alike, alike

CONTEXT_COLUMNS = 3  # shown beside the wrong ones, so that people know the row
BLANK = "（空白）"
MOST_KINDS = 20
KIND_COLUMNS = (
    Column("列"),
    Column("性质", css="nowrap"),
    Column("问题", css="prose"),
    Column("所填内容", css="as-typed"),
    Column("处数", number=True),
    Column("首个单元格", css="nowrap"),
)
AS_TYPED = Markup('<div class="{}" data-label="{}" data-as-typed>{}</div>')


@dataclass(frozen=True)
class WrongRows:
    """The rows of one sheet that hold wrong cells, or cells that were mended on screen."""

    cells: SheetCells
    reading: SheetReading
    by_row: Mapping[int, Mapping[str, Problem]]  # row → column letter → problem
    mended: Mapping[int, Mapping[str, CorrectedCell]] = field(default_factory=dict)

    @property
    def rows(self) -> list[int]:
        return sorted({*self.by_row, *self.mended})

    def label(self, letter: str) -> str:
        """The heading as typed."""
        return next((column.label for column in self.reading.columns if column.column == letter), "")

    def problem(self, row: int, letter: str) -> Problem | None:
        return self.by_row.get(row, {}).get(letter)

    def correction(self, row: int, letter: str) -> CorrectedCell | None:
        return self.mended.get(row, {}).get(letter)

    def is_merged(self, row: int, letter: str) -> bool:
        """With the rows above or below."""
        return any(
            top < bottom and top <= row <= bottom and left <= column_number(letter) <= right
            for top, left, bottom, right in self.cells.merged
        )


def wrong_rows(
    cells: SheetCells, reading: SheetReading, problems: Iterable[Problem], mended: Iterable[CorrectedCell] = ()
) -> WrongRows:
    by_row: dict[int, dict[str, Problem]] = {}
    for problem in problems:
        if problem.sheet == reading.name and problem.row is not None and problem.column is not None:
            by_row.setdefault(problem.row, {})[problem.column] = problem
    by_cell: dict[int, dict[str, CorrectedCell]] = {}
    for one in mended:
        if one.sheet == reading.name:
            by_cell.setdefault(one.row, {})[one.column] = one
    return WrongRows(cells, reading, by_row, by_cell)


def columns_to_show(found: WrongRows, rows: Sequence[int]) -> list[str]:
    """In the order of the file: the first few it was understood by, every wrong one and every one that was mended."""
    wrong = {letter for row in rows for letter in (*found.by_row.get(row, ()), *found.mended.get(row, ()))}
    context = [column.column for column in found.reading.columns][:CONTEXT_COLUMNS]
    return sorted({*wrong, *context}, key=lambda letter: (len(letter), letter))


def heading(found: WrongRows, letter: str) -> Markup:
    """As typed, over the column's letter."""
    return AS_TYPED.format(
        "cell heading", "", Markup('{}<br><span class="quiet">{}</span>').format(found.label(letter), letter)
    )


def typed_in(found: WrongRows, row: int) -> dict[str, str]:
    """Column letter → what was typed in that row of the file."""
    position = row - found.cells.first_row
    if not 0 <= position < len(found.cells.text):
        return {}
    values = zip(found.cells.text.iloc[position], found.cells.kind[position], strict=True)
    return {
        column_letter(found.cells.first_column + offset): as_in_excel(text) + ("%" if kind == CellKind.PERCENT else "")
        for offset, (text, kind) in enumerate(values)
    }


def typed_cell(label: str, typed: str) -> Markup:
    return AS_TYPED.format("cell", label, typed)


def wrong_cell(label: str, typed: str, problem: Problem) -> Markup:
    """A cell that cannot be mended on screen, such as a total."""
    said = typed or as_in_excel(problem.value)
    return AS_TYPED.format(f"cell wrong lamp-{_lamp(problem)}", label, Markup("{}{}").format(said, said_of(problem)))


def said_of(problem: Problem) -> Markup:
    """The message at the cell, with its shape and colour."""
    mark = "■" if problem.severity == "error" else "▲"
    return Markup('<em class="said lamp-{}">{} {}</em>').format(_lamp(problem), mark, problem.message)


def mended_from(one: CorrectedCell, *, still_wrong: bool) -> Markup:
    """“还行 → 满意”: what the file says and what stands instead."""
    return Markup('<em class="said mended" data-as-typed><b>{}</b> {} → {}</em>').format(
        "改过，仍有误" if still_wrong else "已改正", as_in_excel(one.typed) or BLANK, one.value or BLANK
    )


def _lamp(problem: Problem) -> str:
    return "overdue" if problem.severity == "error" else "due-soon"


def kinds_of_problems(problems: Iterable[Problem], *, several: bool) -> Markup:
    """Equal ones together, what is wrong with whole columns and sheets first; `several`: sheets, so that each place
    names its own.
    """
    kinds = alike(problems)
    shown, rest = kinds[:MOST_KINDS], kinds[MOST_KINDS:]
    left = (
        note(f"其余 {len(rest):,} 种，{sum(kind.number for kind in rest):,} 处，见下表和标注后的工作簿。")
        if rest
        else Markup("")
    )
    return (
        table(KIND_COLUMNS, [_kind(one, several) for one in shown], labelled=True, css="kinds") + left
        if shown
        else Markup("")
    )


def _kind(kind: Alike, several: bool) -> Row:
    one = kind.first
    column = f"{one.column or ''} {one.field or ''}".strip() or "整张表"
    typed = (
        Markup('<span class="said-so" data-as-typed>{}</span>').format(as_in_excel(one.value) or BLANK)
        if one.cell
        else ""
    )
    place = f"{one.sheet} {one.cell or ''}".strip() if several and one.sheet else one.cell or ""
    return column, _severity(one), one.message, typed, kind.number, place


def _severity(problem: Problem) -> Markup:
    if problem.severity == "error":
        return Markup('<span class="chip lamp-overdue">■ 错误</span>')
    return Markup('<span class="chip lamp-due-soon">▲ 提示</span>')
