"""The uploader's own workbook with every wrong cell coloured and explained: content, report and cells in, bytes out."""

from __future__ import annotations

from data_access.marked_workbook import mark
from models.cells import WorkbookCells
from models.validation import ValidationReport


def marked(content: bytes, report: ValidationReport, cells: WorkbookCells | None) -> bytes:
    """An .xlsx, whatever came in."""
    return mark(content, report.problems, cells)
