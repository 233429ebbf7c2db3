"""From the problems of a workbook to those of one column with one mistake and one typed value together, the gravest and
most frequent first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.validation import Problem


@dataclass(frozen=True)
class Alike:
    """`first`: as the problems came; `number`: of equal ones with it."""

    first: Problem
    number: int


def alike(problems: Iterable[Problem]) -> list[Alike]:
    """Return equal problems as one each; what is wrong with a whole file, sheet or column comes before all cells and by
    itself, errors before warnings.
    """
    first: dict[tuple[object, ...], Problem] = {}
    number: dict[tuple[object, ...], int] = {}
    for problem in problems:
        key = (
            (problem.sheet, problem.column, problem.code, problem.severity, problem.value)
            if problem.cell
            else (problem,)
        )
        first.setdefault(key, problem)
        number[key] = number.get(key, 0) + 1
    alike = [Alike(problem, number[key]) for key, problem in first.items()]
    return sorted(alike, key=lambda kind: (kind.first.cell is not None, kind.first.severity != "error", -kind.number))
