"""Wrong cells in place: the uploader's own rows under their own headings, with Excel's row numbers and the message in
the cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from components.elements.context import PageContext
from components.elements.empty_state import note
from components.elements.lamp import css_class, word_chip
from components.elements.phrases import as_typed, lines, quiet
from components.elements.table import Column, Kind, Table, Width, table_markup
from components.elements.templates import from_template
from models.cells import CellKind, SheetCells, as_in_excel, column_letter, column_number
from models.corrections import CorrectedCell
from models.lamps import FACES, Lamp
from models.validation import Problem, SheetReading
from rules.intake.alike import Mistake, mistakes

CONTEXT_COLUMNS = 3  # shown beside the wrong ones, so that people know the row
BLANK = "（空白）"
MOST_KINDS = 20
MOST_VALUES = 3
SEVERITY_WORDS = {True: "错误", False: "提示"}


@dataclass(frozen=True)
class WrongRows:
    """The rows of one sheet that hold wrong cells, or cells that were corrected on screen."""

    cells: SheetCells
    reading: SheetReading
    by_row: Mapping[int, Mapping[str, Problem]]  # row → column letter → problem
    corrected: Mapping[int, Mapping[str, CorrectedCell]] = field(default_factory=dict)

    @property
    def rows(self) -> list[int]:
        return sorted({*self.by_row, *self.corrected})

    def label(self, letter: str) -> str:
        """Return the heading as typed."""
        return next((column.label for column in self.reading.columns if column.column == letter), "")

    def problem(self, row: int, letter: str) -> Problem | None:
        return self.by_row.get(row, {}).get(letter)

    def correction(self, row: int, letter: str) -> CorrectedCell | None:
        return self.corrected.get(row, {}).get(letter)

    def is_merged(self, row: int, letter: str) -> bool:
        """Return whether the cell is merged with the rows above or below."""
        return any(
            top < bottom and top <= row <= bottom and left <= column_number(letter) <= right
            for top, left, bottom, right in self.cells.merged
        )


def wrong_rows(
    cells: SheetCells, reading: SheetReading, problems: Iterable[Problem], corrected: Iterable[CorrectedCell] = ()
) -> WrongRows:
    by_row: dict[int, dict[str, Problem]] = {}
    for problem in problems:
        if problem.sheet == reading.name and problem.row is not None and problem.column is not None:
            by_row.setdefault(problem.row, {})[problem.column] = problem
    by_cell: dict[int, dict[str, CorrectedCell]] = {}
    for correction in corrected:
        if correction.sheet == reading.name:
            by_cell.setdefault(correction.row, {})[correction.column] = correction
    return WrongRows(cells, reading, by_row, by_cell)


def columns_to_show(wrong_rows: WrongRows, rows: Sequence[int]) -> list[str]:
    """Return letters in the order of the file: the first few it was understood by, every wrong one and every
    one that was corrected.
    """
    wrong = {letter for row in rows for letter in (*wrong_rows.by_row.get(row, ()), *wrong_rows.corrected.get(row, ()))}
    context = [column.column for column in wrong_rows.reading.columns][:CONTEXT_COLUMNS]
    return sorted({*wrong, *context}, key=lambda letter: (len(letter), letter))


def heading(wrong: WrongRows, letter: str) -> Markup:
    """Return the heading as typed, over the column's letter."""
    return _cell("heading", "", lines((wrong.label(letter), quiet(letter))))


def typed_in(wrong_rows: WrongRows, row: int) -> dict[str, str]:
    """Return column letter → what was typed in that row of the file."""
    position = row - wrong_rows.cells.first_row
    if not 0 <= position < len(wrong_rows.cells.text):
        return {}
    values = zip(wrong_rows.cells.text.iloc[position], wrong_rows.cells.kind[position], strict=True)
    return {
        column_letter(wrong_rows.cells.first_column + offset): as_in_excel(text)
        + ("%" if kind == CellKind.PERCENT else "")
        for offset, (text, kind) in enumerate(values)
    }


def typed_cell(label: str, typed: str) -> Markup:
    """Return a cell as somebody typed it; `label` stands before it on a phone."""
    return _cell("", label, typed)


def wrong_cell(label: str, typed: str, problem: Problem) -> Markup:
    """Return a cell that cannot be corrected on screen, such as a total."""
    words = Markup("{}{}").format(typed or as_in_excel(problem.value), message_of(problem))
    return _cell(f"wrong {css_class(_lamp(problem))}", label, words)


def corner() -> Markup:
    """Return the head of the row numbers."""
    return from_template("upload/cell.html", css="corner", content="行")


def row_number(row: int) -> Markup:
    return from_template("upload/cell.html", css="row-number", content=row)


def _cell(css: str, label: str, content: str | Markup) -> Markup:
    return from_template("upload/typed_cell.html", css=css, label=label, content=content)


def message_of(problem: Problem) -> Markup:
    """Return the message at the cell, with its shape and colour."""
    lamp = _lamp(problem)
    return from_template("upload/message.html", css=css_class(lamp), shape=FACES[lamp].shape, message=problem.message)


def corrected_from(correction: CorrectedCell, *, still_wrong: bool) -> Markup:
    """Return “还行 → 满意”: what the file says and what stands in its place."""
    return from_template(
        "upload/corrected.html",
        words="改过，仍有误" if still_wrong else "已改正",
        typed=as_in_excel(correction.typed) or BLANK,
        value=correction.value or BLANK,
    )


def _lamp(problem: Problem) -> Lamp:
    return Lamp.OVERDUE if problem.severity == "error" else Lamp.DUE_SOON


def kinds_of_problems(problems: Iterable[Problem], here: PageContext, *, several: bool) -> Markup:
    """Return the problems of one column with one mistake together, what is wrong with whole columns and sheets first;
    `several`: sheets, so that each place names its own.
    """
    kinds = mistakes(problems)
    if not kinds:
        return Markup("")
    columns = (
        Column[Mistake]("column", "列", lambda kind: _column_in_words(kind.first)),
        Column[Mistake](
            "severity",
            "性质",
            lambda kind: SEVERITY_WORDS[kind.first.severity == "error"],
            width=Width.UNBROKEN,
            drawn=lambda kind: word_chip(_lamp(kind.first), SEVERITY_WORDS[kind.first.severity == "error"]),
        ),
        Column[Mistake]("problem", "问题", lambda kind: kind.first.message, width=Width.PROSE),
        Column[Mistake](
            "typed",
            "所填内容",
            _values_in_words,
            width=Width.AS_TYPED,
            drawn=lambda kind: as_typed(_values_in_words(kind)) if kind.first.cell else "",
        ),
        Column[Mistake]("number", "处数", lambda kind: kind.number, Kind.NUMBER),
        Column[Mistake]("place", "首个单元格", lambda kind: _place(kind.first, several=several), width=Width.UNBROKEN),
    )
    table = Table("kinds", "检查结果", columns, page_size=None, is_whole=False, css="kinds")
    others = kinds[MOST_KINDS:]
    left = f"其余 {len(others):,} 种，{sum(kind.number for kind in others):,} 处，见下表和标注后的工作簿。"
    return table_markup(table, kinds[:MOST_KINDS], here) + (note(left) if others else Markup(""))


def _values_in_words(kind: Mistake) -> str:
    """Return what was typed, “本月、2023.8 等 4 种” where it was not always the same."""
    named = "、".join(as_in_excel(value.first.value) or BLANK for value in kind.values[:MOST_VALUES])
    return named + (f" 等 {len(kind.values):,} 种" if len(kind.values) > MOST_VALUES else "")


def _column_in_words(problem: Problem) -> str:
    return f"{problem.column or ''} {problem.field or ''}".strip() or "整张表"


def _place(problem: Problem, *, several: bool) -> str:
    return f"{problem.sheet} {problem.cell or ''}".strip() if several and problem.sheet else problem.cell or ""
