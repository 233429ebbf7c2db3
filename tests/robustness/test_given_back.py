"""A workbook given back with its mistakes marked, mended in place and uploaded again, just works."""

import io

import openpyxl
import pytest

from models.cells import LIST_SHEET
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.intake.marking import mark
from tests.services.conftest import send, workbook

REQUEST = Request("hotline_tickets", "区人社局", False, "2023-06")
TICKET = {
    "工单编号": "GD001",
    "受理时间": "2023-06-02 09:00",
    "工单类型": "咨询",
    "责任单位": "区人社局",
    "诉求内容": "=1+1",
}


def with_text(content: bytes, label: str, text: str) -> bytes:
    """As a person types it: text, though it begins with an equals sign."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[-1]
    column = next(cell.column for row in sheet.iter_rows(max_row=1) for cell in row if cell.value == label)
    cell = sheet.cell(2, column)
    cell.value, cell.data_type = text, "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def wrong() -> bytes:
    return with_text(workbook("hotline_tickets", [TICKET | {"工单类型": "资讯"}]), "诉求内容", "=1+1")


def given_back(content: bytes) -> bytes:
    return mark(check(content, "工单.xlsx", REQUEST))


def test_mended_and_sent_again_it_goes_in(board: str, wrong: bytes) -> None:
    back = given_back(wrong)
    assert openpyxl.load_workbook(io.BytesIO(back)).sheetnames[0] == LIST_SHEET
    assert not check(back, "工单.xlsx", REQUEST).accepted
    done = send(with_text(back, "工单类型", "咨询"), "工单.xlsx", REQUEST)
    assert done.submission == 1 and [sheet.why for sheet in done.report.ignored_sheets] == ["not-data"]
    assert done.report.frames["hotline_tickets"]["request"].tolist() == ["=1+1"]


def test_as_it_was_given_back_it_is_understood_as_it_was_sent(board: str, wrong: bytes) -> None:
    sent, back = check(wrong, "工单.xlsx", REQUEST).report, check(given_back(wrong), "工单.xlsx", REQUEST).report
    assert back.problems == sent.problems
    assert back.frames["hotline_tickets"].equals(sent.frames["hotline_tickets"])


def test_given_back_again_and_again_it_has_one_list_and_text_stays_text(board: str, wrong: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(given_back(given_back(given_back(wrong)))))
    assert len([name for name in book.sheetnames if name.startswith(LIST_SHEET)]) == 1
    sheet = book.worksheets[-1]
    texts = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in texts] == ["s"]
