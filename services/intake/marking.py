"""The uploader's own workbook with every wrong cell coloured and explained: from a checked workbook to bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data_access.marked_workbook import NotMarkable
from data_access.marked_workbook import mark as marked_workbook
from models.cells import Refused
from models.corrections import CorrectedCell
from models.validation import Problem
from services.access.refusal import RefusedRequest
from services.intake.checked_workbook import CheckedWorkbook


def mark(workbook: CheckedWorkbook) -> bytes:
    """Return an .xlsx, whatever came in. Raises RefusedRequest where none can be made."""
    report = workbook.report
    try:
        return marked_workbook(
            workbook.content, [*_mended(report.corrected), *report.problems], workbook.cells, report.file
        )
    except NotMarkable:
        raise RefusedRequest("这份文件无法生成标注后的工作簿，请按上面列出的单元格改正原文件。") from None
    except Refused as refused:
        raise RefusedRequest(refused.refusal.message) from refused


def _mended(cells: Sequence[CorrectedCell]) -> Iterator[Problem]:
    """The workbook says what it said: what was mended on screen is listed first, so that it is not forgotten in the
    next one.
    """
    if cells:
        words = f"有 {len(cells):,} 处已在屏幕上改正，本文件中仍是原内容；改用本文件重新报送的，请一并改正。"
        yield Problem(None, None, None, None, "corrected", "corrected", None, words)
    for cell in cells:
        words = f"已在屏幕上改为“{cell.value}”" if cell.value else "已在屏幕上改为空白"
        yield Problem(
            cell.sheet,
            cell.row,
            cell.column,
            cell.label,
            "corrected",
            "corrected",
            cell.typed,
            f"{words}，本文件中未改。",
        )
