"""From the problems of a workbook to those of one column with one mistake together, and within them those of one typed
value, the gravest and most frequent first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


@dataclass(frozen=True)
class Mistake:
    """One mistake in one column; `values`: the problems of each typed value, the most frequent first."""

    values: Sequence[Alike]

    @property
    def first(self) -> Problem:
        return self.values[0].first

    @property
    def number(self) -> int:
        return sum(value.number for value in self.values)


def mistakes(problems: Iterable[Problem]) -> list[Mistake]:
    """Return the problems as one each column and mistake, in the order of `alike`."""
    by_mistake: dict[tuple[object, ...], list[Alike]] = {}
    for value in alike(problems):
        problem = value.first
        key = (problem.sheet, problem.column, problem.code, problem.severity) if problem.cell else (problem,)
        by_mistake.setdefault(key, []).append(value)
    kinds = [Mistake(values) for values in by_mistake.values()]
    return sorted(kinds, key=lambda kind: (kind.first.cell is not None, kind.first.severity != "error", -kind.number))
