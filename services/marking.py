"""The uploader's own workbook with every wrong cell coloured and explained: content, report and cells in, bytes out."""

from __future__ import annotations

from data_access.marked_workbook import NotMarkable, mark
from models.cells import WorkbookCells
from models.validation import ValidationReport
from services.refusal import RefusedRequest


def marked(content: bytes, report: ValidationReport, cells: WorkbookCells | None) -> bytes:
    """An .xlsx, whatever came in. Raises RefusedRequest where none can be made."""
    try:
        return mark(content, report.problems, cells, report.file)
    except NotMarkable:
        raise RefusedRequest("这份文件无法生成标注后的工作簿，请按上面列出的单元格改正原文件。") from None
