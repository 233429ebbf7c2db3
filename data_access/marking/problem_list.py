"""Problems go in; the rows of the sheet 问题清单, the notes of the wrong cells and where they lie come out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.cells import LIST_SHEET
from models.validation import Problem

HEADINGS = (("序号", 6), ("工作表", 16), ("单元格", 10), ("列名", 20), ("所填内容", 30), ("问题与改法", 70), ("程度", 8))
WORDS = {"error": "错误", "warning": "提醒"}
AUTHOR = "督查看板"
ERROR_COLOUR, WARNING_COLOUR = "FFC7CE", "FFEB9D"
MOST_LINKS = 60_000  # Excel takes 65,530 links a sheet
MOST_NOTES = 20_000  # beyond that cells are coloured and listed, not commented
LONGEST_NOTE = 1_000
SheetAndCell = tuple[str, str]


def row_of(number: int, problem: Problem) -> tuple[str, ...]:
    """One row of the list, aligned with HEADINGS."""
    place = problem.cell or (f"{problem.column}列" if problem.column else "")
    return (
        str(number), problem.sheet or "", place, problem.field or "", problem.value or "", problem.message,
        WORDS.get(problem.severity, problem.severity),
    )


def link_of(problem: Problem) -> str | None:
    """'工作表'!G7, for a link within the workbook."""
    if not problem.sheet:
        return None
    quoted = problem.sheet.replace("'", "''")
    return f"'{quoted}'!{problem.cell or (problem.column or 'A') + '1'}"


def by_cell(problems: Iterable[Problem]) -> dict[SheetAndCell, list[Problem]]:
    """The problems of each wrong cell; those of whole columns and sheets stand only in the list."""
    cells: dict[SheetAndCell, list[Problem]] = {}
    for problem in problems:
        if problem.sheet and problem.cell:
            cells.setdefault((problem.sheet, problem.cell), []).append(problem)
    return cells


def note_of(problems: Sequence[Problem]) -> str:
    return "\n".join(problem.message for problem in problems)[:LONGEST_NOTE]


def colour_of(problems: Sequence[Problem]) -> str:
    return ERROR_COLOUR if any(problem.severity == "error" for problem in problems) else WARNING_COLOUR


def free_name(taken: Iterable[str]) -> str:
    """问题清单, or with a number where the uploader's own sheet is called so."""
    names = {name.casefold() for name in taken}
    candidates = [LIST_SHEET, *(f"{LIST_SHEET}{number}" for number in range(2, len(names) + 3))]
    return next(name for name in candidates if name.casefold() not in names)
