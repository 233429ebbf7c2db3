"""A heading confirmed once by a unit is understood from then on, whoever names the unit; other units are not
concerned.
"""

import io

import openpyxl
import pytest

from services.intake.checked_workbook import Request
from services.intake.checking import check, confirm_column
from tests.services.conftest import workbook

TICKET = {"工单编号": "GD001", "受理时间": "2023-06-02 09:00", "工单类型": "咨询", "责任单位": "区人社局"}


def sent_as(heading: str, unit: str = "区人社局") -> bytes:
    """With 受理时间 under another heading."""
    book = openpyxl.load_workbook(io.BytesIO(workbook("hotline_tickets", [TICKET | {"责任单位": unit}])))
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "受理时间")
    sheet.cell(1, column).value = heading
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def confirm(heading: str) -> None:
    report = check(sent_as(heading), "工单.xlsx", Request("hotline_tickets", "区人社局", False, "2023-06")).report
    (column,) = report.sheets[0].unmapped
    assert not report.accepted and column.suggestion == "受理时间"
    confirm_column("区人社局", "hotline_tickets", "hotline_tickets", column.label, column.suggestion)


@pytest.mark.parametrize("heading", ["受理的时间", "受理_的时间"])
@pytest.mark.parametrize("unit", ["区人社局", None])
def test_a_confirmed_heading_is_understood_from_then_on(district: None, heading: str, unit: str | None) -> None:
    confirm(heading)
    report = check(sent_as(heading), "工单.xlsx", Request("hotline_tickets", unit, False, "2023-06")).report
    assert report.accepted
    assert {column.label: column.match for column in report.sheets[0].columns}[heading] == "remembered"


def test_what_one_unit_confirmed_does_not_concern_another(district: None) -> None:
    confirm("受理的时间")
    report = check(
        sent_as("受理的时间", "东关街道"), "工单.xlsx", Request("hotline_tickets", "东关街道", False, "2023-06")
    ).report
    assert not report.accepted
