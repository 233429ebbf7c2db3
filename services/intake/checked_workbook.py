"""A workbook on its way in, as one value: read → check → correct → submit (checking, corrections, upload).

Whoever holds a CheckedWorkbook holds what the file says, what was asked of it and what was found, and they belong
together: only the stages make one from another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.cells import WorkbookCells
from models.corrections import CellCorrection
from models.validation import ValidationReport


@dataclass(frozen=True)
class Request:
    """What the uploader says of the workbook; everything may be left for the file to tell."""

    dataset: str | None = None
    unit: str | None = None
    district: bool = False  # a whole-district ledger
    month: str | None = None


@dataclass(frozen=True)
class CheckedWorkbook:
    """A file, the request it answers, and everything found in it.

    `request`: with the unit by its own name. `report`: of the file as corrected; `as_read`: of the file itself.
    `cells` None: the file could not be read.
    """

    content: bytes
    request: Request
    as_read: ValidationReport
    report: ValidationReport
    cells: WorkbookCells | None

    @property
    def accepted(self) -> bool:
        """Whether it can be submitted as it stands."""
        return self.report.accepted

    @property
    def corrections(self) -> list[CellCorrection]:
        """What was mended on screen, each once, at the first cell of its merge."""
        mended = {cell.anchor: CellCorrection(*cell.anchor, cell.value or "") for cell in self.report.corrected}
        return list(mended.values())

    @property
    def mended(self) -> int:
        """How many cells are right now that were not."""
        wrong = {
            (problem.sheet, problem.row, problem.column)
            for problem in self.report.problems
            if problem.severity == "error"
        }
        return sum(cell.place not in wrong for cell in self.report.corrected)


Progress = Callable[[str, int, int], None]
"""Told the stage (等候, 读取, 检查, 排队, 存储), how much of it is done, and of how much: files that are read before
this one, bytes read, rows checked, submissions that are stored before this one, rows stored.
"""


def untold(stage: str, done: int, total: int) -> None:
    """Report no progress: for callers who do not watch."""
