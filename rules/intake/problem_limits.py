"""From problems as they come to those that are listed, in order, and how many of each code were not.

A file in which nearly every cell is wrong has millions of problems; nobody reads them, and they would fill the memory.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models.validation import Problem

MOST_OF_A_KIND = 20_000  # of one code in one column
MOST = 100_000  # of all
LEAST_OF_A_KIND = 1_000  # kept of each kind even then


def _no_rows() -> array[int]:
    return array("q")


@dataclass
class KeptProblems:
    """Of several problems at one cell the first alone, an error before a warning."""

    of_cells: dict[tuple[str | None, int, str], Problem] = field(default_factory=dict)
    others: list[Problem] = field(default_factory=list)
    kinds: Counter[tuple[str | None, str, str]] = field(default_factory=Counter)
    unlisted: Counter[tuple[str, str]] = field(default_factory=Counter)  # code, severity
    unlisted_rows: dict[tuple[str | None, str], array[int]] = field(default_factory=lambda: defaultdict(_no_rows))
    """Sheet, heading → the rows of errors that are not listed: a wrong cell is wrong though nobody reads of it."""

    def add(self, problem: Problem) -> None:
        if problem.row is None or problem.column is None:
            self.others.append(problem)
            return
        kind = problem.sheet, problem.column, problem.code
        self.kinds[kind] += 1
        room = LEAST_OF_A_KIND if len(self.of_cells) >= MOST else MOST_OF_A_KIND
        if self.kinds[kind] > room:
            self._count(problem)
        else:
            self._list(problem, (problem.sheet, problem.row, problem.column))

    def _count(self, problem: Problem) -> None:
        self.unlisted[problem.code, problem.severity] += 1
        if problem.severity == "error" and problem.row and problem.field:
            rows = self.unlisted_rows[problem.sheet, problem.field]
            if not rows or rows[-1] != problem.row:
                rows.append(problem.row)

    def _list(self, problem: Problem, place: tuple[str | None, int, str]) -> None:
        earlier = self.of_cells.get(place)
        if earlier is None or (problem.severity == "error" and earlier.severity != "error"):
            self.of_cells[place] = problem

    def in_order(self, sheets: Sequence[str]) -> tuple[Problem, ...]:
        """Return the problems by sheet, row and column."""
        order: dict[str | None, int] = {name: index for index, name in enumerate(sheets)}

        def position(problem: Problem) -> tuple[int, int, int, str]:
            sheet, row, column, *_ = problem
            return order.get(sheet, -1), row or 0, len(column or ""), column or ""

        return tuple(sorted((*self.others, *self.of_cells.values()), key=position))


def within_limits(problems: Iterable[Problem]) -> KeptProblems:
    limited = KeptProblems()
    for problem in problems:
        limited.add(problem)
    return limited
