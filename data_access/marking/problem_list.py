"""From problems to what the marking child is told: the wrong cells with their notes, and the rows of the sheet
问题清单.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the child process must not load pandas
    from models.cells import SheetCells
    from models.validation import Problem

AUTHOR = "督查看板"
ERROR_COLOUR, WARNING_COLOUR = (
    "FFC9CF",
    "FFEB9F",
)  # a shade beside Excel's own “bad” and “neutral”, so that ours can be told
HEADINGS = (
    ("序号", 6),
    ("工作表", 16),
    ("单元格", 12),
    ("列名", 20),
    ("所填内容", 30),
    ("问题与改法", 70),
    ("程度", 8),
    ("处数", 8),
    ("其他位置", 50),
)
WORDS = {"error": "错误", "warning": "提醒", "corrected": "已改正"}
MOST_NOTES = 20_000  # of a workbook; beyond that cells are coloured and listed, not commented
MOST_ROWS = 50_000  # of the list; Excel takes 65,530 links a sheet
ALIKE = 10  # more equal problems than this stand in one row of the list
MOST_PLACES = 30  # ranges that such a row names
LONGEST_NOTE = 1_000
Place = tuple[str, int, str]  # sheet, row, column letter
Boxes = Mapping[str, Iterable[tuple[int, int, int, int]]]


def marks_of(problems: Sequence[Problem], sheets: Sequence[SheetCells] = ()) -> dict[str, Any]:
    """Return plain values: sheet → [row, column letter, colour, note] of each wrong cell, and the rows of the list with
    their links.
    """
    cells: dict[str, list[list[Any]]] = {}
    for number, ((sheet, row, letter), of_cell) in enumerate(_by_cell(problems, _anchors(sheets)).items()):
        cells.setdefault(sheet, []).append(
            [row, letter, colour_of(of_cell), note_of(of_cell) if number < MOST_NOTES else ""]
        )
    return {"cells": cells, "rows": list_rows(problems)}


def _by_cell(problems: Iterable[Problem], anchors: Mapping[Place, Place]) -> dict[Place, list[Problem]]:
    """The problems of each wrong cell, a merged one by its first; those of whole columns and sheets stand only in the
    list.
    """
    cells: dict[Place, list[Problem]] = {}
    for problem in problems:
        if problem.sheet and problem.row and problem.column:
            place = problem.sheet, problem.row, problem.column
            cells.setdefault(anchors.get(place, place), []).append(problem)
    return cells


def _anchors(sheets: Sequence[SheetCells]) -> dict[Place, Place]:
    from models.cells import column_letter

    return {
        (sheet.name, row, column_letter(column)): (sheet.name, top, column_letter(left))
        for sheet in sheets
        for top, left, bottom, right in sheet.merged
        for row in range(top, min(bottom, sheet.first_row + len(sheet.text)) + 1)
        for column in range(left, min(right, sheet.first_column + sheet.text.shape[1]) + 1)
    }


def list_rows(problems: Iterable[Problem]) -> list[list[str]]:
    """Return one row a problem, aligned with HEADINGS and a link at the end; many equal ones share a row."""
    alike: dict[tuple[str | None, ...], list[tuple[int, Problem]]] = {}
    for index, problem in enumerate(problems):
        key = (
            problem.sheet,
            problem.column,
            problem.field,
            problem.code,
            problem.severity,
            problem.value,
            problem.message,
        )
        alike.setdefault(key, []).append((index, problem))
    groups = [
        group
        for equal in alike.values()
        for group in ([equal] if len(equal) > ALIKE else [[placed] for placed in equal])
    ]
    groups.sort(key=lambda group: group[0][0])
    return [_row(number, [problem for _, problem in group]) for number, group in enumerate(groups[:MOST_ROWS], 1)]


def _row(number: int, group: Sequence[Problem]) -> list[str]:
    first = group[0]
    place = first.cell or (f"{first.column}列" if first.column else "")
    return [
        str(number),
        first.sheet or "",
        place,
        first.field or "",
        first.value or "",
        first.message,
        WORDS.get(first.severity, first.severity),
        str(len(group)),
        other_places(group[1:]),
        link_of(first) or "",
    ]


def other_places(problems: Sequence[Problem]) -> str:
    """Return the cells of one column below each other as ranges: G9、G12:G80 等."""
    if not problems:
        return ""
    letter, runs = problems[0].column or "", list[list[int]]()
    for row in sorted(problem.row or 0 for problem in problems):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    named = [
        f"{letter}{top}" if top == bottom else f"{letter}{top}:{letter}{bottom}" for top, bottom in runs[:MOST_PLACES]
    ]
    return "、".join(named) + (" 等" if len(runs) > MOST_PLACES else "")


def link_of(problem: Problem) -> str | None:
    """Return a link within the workbook: '工作表'!G7."""
    return _link(problem.sheet, problem.cell or (problem.column or "A") + "1") if problem.sheet else None


def _link(sheet: str, cell: str) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"


def with_sheet_names(marks: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the marks for a workbook in which sheets are called otherwise. `names`: name in the marks → there."""
    cells = {names.get(sheet, sheet): marked for sheet, marked in marks["cells"].items()}
    rows = [
        [number, names[sheet], *texts, _link(names[sheet], link.rpartition("!")[2])]
        if sheet in names
        else [number, sheet, *texts, link]
        for number, sheet, *texts, link in marks["rows"]
    ]
    return {"cells": cells, "rows": rows}


def note_of(problems: Sequence[Problem]) -> str:
    return "\n".join(problem.message for problem in problems)[:LONGEST_NOTE]


def colour_of(problems: Sequence[Problem]) -> int:
    return 0 if any(problem.severity == "error" for problem in problems) else 1


def free_name(taken: Iterable[str], wanted: str) -> str:
    """Return `wanted`, or that with a number where the uploader's own sheet is called so."""
    names = {name.casefold() for name in taken}
    candidates = [wanted, *(f"{wanted}{number}" for number in range(2, len(names) + 3))]
    return next(name for name in candidates if name.casefold() not in names)
