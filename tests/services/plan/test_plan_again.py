"""The plan's workbook imported again: what is used may grow and change, and never loses a task or a measure."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from services.access.refusal import RefusedRequest
from services.operations.set_up import PLAN_FILE
from services.plan.decisions import import_plan
from tests.services.conftest import Report

CASE = {"实施编码": "A1", "责任单位": "区人社局", "办件量": 10, "办结量": 8, "推送量": 10, "关联事项办件量": 9}


def shipped_without(task: str) -> bytes:
    """The shipped plan without a task and its measures."""
    book = load_workbook(PLAN_FILE)
    for sheet in book.worksheets:
        for row in range(sheet.max_row, 1, -1):
            if str(sheet.cell(row, 1).value) == task or str(sheet.cell(row, 1).value).startswith(f"{task}."):
                sheet.delete_rows(row)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_plan_in_use_refuses_a_workbook_with_fewer_tasks_and_names_them(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03")
    with pytest.raises(RefusedRequest, match="只能增改，不能删减：新工作簿缺少任务 1.2，共 1 项"):
        import_plan(shipped_without("1.2"), "方案.xlsx")


def test_the_whole_plan_again_is_taken(report: Report) -> None:
    report("monthly_cases", "区人社局", "2023-01", [CASE], "2023-02-03")
    assert import_plan(PLAN_FILE.read_bytes(), "方案.xlsx").tasks == 24


def test_a_plan_that_nobody_has_used_gives_way_to_a_smaller_one(district: None) -> None:
    assert import_plan(shipped_without("1.2"), "方案.xlsx").tasks == 23
