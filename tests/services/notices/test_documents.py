"""Notices and packs as documents: what they say, and the same bytes for the same content."""

import io
from datetime import date

import docx
import pytest

from models.notices import Level
from rules.as_of import parse_instant
from services.notices.documents import notice_file, pack_file
from services.notices.meeting_pack import meeting_pack
from services.notices.notices import send_notice
from services.rectifications.acts import Opening, open_rectification

UNIT, DAY = "区人社局", date(2023, 8, 22)


@pytest.fixture
def number(district: None) -> str:
    opened = open_rectification(Opening(UNIT, "窗口电话无人接听", days=3), at=parse_instant("2023-08-10T09:00"))
    return send_notice(
        UNIT,
        Level.SUPERVISE,
        [f"rectification:{opened.number}", "measure:1.2.1"],
        reply_by=date(2023, 8, 28),
        text="请报整改方案。",
        at=parse_instant("2023-08-22T09:00"),
    ).number


def words(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_notice_prints_number_matters_request_day_and_receipt(number: str) -> None:
    printed = words(notice_file(number))
    for part in (
        "督办〔2023〕1号",
        UNIT,
        "窗口电话无人接听",
        "举措 1.2.1",
        "请报整改方案。",
        "2023年8月28日",
        "回执",
        "签收人",
    ):
        assert part in printed


@pytest.mark.long
def test_the_same_notice_prints_the_same_bytes(number: str) -> None:
    assert notice_file(number) == notice_file(number)


@pytest.mark.long
def test_a_pack_has_a_page_for_each_unit_with_what_is_to_be_asked(number: str) -> None:
    pack = meeting_pack(DAY, date(2023, 7, 22))
    printed = words(pack_file(pack))
    assert {page.unit for page in pack.units} >= {UNIT}
    assert all(page.unit in printed for page in pack.units)
    assert all(question.text in printed for page in pack.units for question in page.questions)
    assert pack_file(pack) == pack_file(pack)
