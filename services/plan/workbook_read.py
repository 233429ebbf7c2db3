"""How a plan workbook is understood: by its headings, and by those that the bureau pointed out once."""

from __future__ import annotations

from catalogue.datasets.plan_workbook import PLAN_WORKBOOK
from data_access.confirmed_headings import confirmed_columns
from data_access.database import reading
from data_access.submissions import hash_of
from models.validation import ValidationReport
from services.access.permission import BUREAU_ALONE, requires_role
from services.intake.checked_workbook import CheckedWorkbook, Request
from services.intake.checking import report_of
from services.plan.decisions import cells_read_as


@requires_role(*BUREAU_ALONE)
def read_plan_workbook(content: bytes, file_name: str) -> CheckedWorkbook:
    """Return the workbook with what its columns were taken for and every wrong cell; its report is refused where no
    sheet was understood. Nothing is stored. Raises RefusedRequest where it cannot be read at all.
    """
    request = Request(PLAN_WORKBOOK.code)
    with reading() as session:
        remembered = confirmed_columns(session, None, PLAN_WORKBOOK.code)
    cells, understanding = cells_read_as(content, file_name, PLAN_WORKBOOK, remembered)
    report = report_of(understanding, ValidationReport(file=file_name, sha256=hash_of(content)), request)
    return CheckedWorkbook(content, request, report, report, cells)
