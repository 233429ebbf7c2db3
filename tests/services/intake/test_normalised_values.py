"""What was read otherwise than typed, of a workbook just checked and of one that was submitted."""

from typing import Any

import pytest

from data_access.database import reading
from data_access.submissions import submission
from models.people import Role
from services.access.permission import Forbidden
from services.access.refusal import RefusedRequest
from services.intake.checked_workbook import Request
from services.intake.checking import check
from services.intake.normalised_values import normalised_columns_in, normalised_columns_of
from tests.services.conftest import send, workbook

ROW = {
    "办件编号": "B1",
    "事项名称": "社保登记",
    "责任单位": "区人力资源和社会保障局",
    "评价渠道": "移动端",
    "满意度": "5",
    "评价时间": "2023年6月12日",
    "是否实名": "√",
    "申请人": " 张小明",
    "联系电话": "１３８００００１２３４",
}
TYPED = [
    ("B2", "", "1"),
    ("E2", "区人力资源和社会保障局", "区人社局"),
    ("G2", "5", "非常满意"),
    ("I2", "2023年6月12日", "2023-06-12"),
    ("M2", "√", "是"),
]
REQUEST = Request("reviews", "区人社局", False, "2023-06")


def values_read(columns: Any) -> list[tuple[str, str, str]]:
    return [(f"{column.column}{cell.row}", cell.typed, cell.read) for column in columns for cell in column.most]


def sent(rows: list[dict[str, Any]]) -> int:
    done = send(workbook("reviews", rows), "6月.xlsx", REQUEST)
    assert done.submission is not None, done.report.problems
    return done.submission


def test_a_submission_tells_the_same_as_its_check_did(district: None) -> None:
    content = workbook("reviews", [ROW, ROW | {"办件编号": "B2", "满意度": "满意"}])
    checked, number = (
        normalised_columns_in(check(content, "6月.xlsx", REQUEST)),
        send(content, "6月.xlsx", REQUEST).submission,
    )
    assert number is not None and [
        (column.column, column.kinds, column.cells) for column in normalised_columns_of(number)
    ] == [(column.column, column.kinds, column.cells) for column in checked]
    assert [cell for cell in values_read(checked) if cell[0][0] not in "KL"] == TYPED


def test_whom_a_row_tells_of_is_masked_for_all_but_its_unit(district: None, become) -> None:
    number = sent([ROW])
    assert ("K2", " 张小明", "张小明") not in values_read(normalised_columns_of(number)) and (
        "K2",
        " 张**",
        "张**",
    ) in values_read(normalised_columns_of(number))
    become(Role.UNIT, "区人社局")
    assert ("K2", " 张小明", "张小明") in values_read(normalised_columns_of(number))
    become(Role.UNIT, "区住建局")
    with pytest.raises(Forbidden):
        normalised_columns_of(number)
    become(Role.LEADER)
    with pytest.raises(Forbidden):
        normalised_columns_of(number)


def test_an_unknown_submission_is_refused_with_a_sentence(district: None) -> None:
    with pytest.raises(RefusedRequest, match="没有编号为 99 的报送"):
        normalised_columns_of(99)


@pytest.mark.parametrize("number", [1, 40, 85])
def test_every_kind_of_submission_of_the_sample_can_be_compared(sample_database: str, number: int) -> None:
    columns = normalised_columns_of(number)
    with reading() as session:
        row = submission(session, number)
    assert row is not None and {column.sheet for column in columns} <= {sheet["name"] for sheet in row.sheets}
