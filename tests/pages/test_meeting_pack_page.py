"""会议材料: units against the last meeting, one of them with its questions."""

from datetime import date

import pytest

from models.people import Role
from services.notices.meeting_pack import meeting_pack
from tests.pages.visiting import text_of

DAY, SINCE, UNIT = date(2023, 8, 22), date(2023, 7, 22), "区城管局"


@pytest.mark.long
def test_every_unit_is_listed_with_the_number_of_its_questions(visit):
    pack = meeting_pack(DAY, SINCE)
    shown = text_of(visit("meeting_pack", since=SINCE.isoformat()))
    assert f"{len(pack.units)} 个单位，需要说明的问题 {sum(len(page.questions) for page in pack.units):,} 个" in shown


@pytest.mark.long
def test_one_unit_has_its_questions_each_leading_to_its_proof(visit):
    [page] = meeting_pack(DAY, SINCE, UNIT).units
    shown = text_of(visit("meeting_pack", unit=UNIT, since=SINCE.isoformat()))
    assert page.questions and all(question.text in shown for question in page.questions)
    assert "/lamp?measure=" in shown


def test_a_last_meeting_that_is_not_earlier_is_told(visit):
    assert "上次会议的日期应早于截至日期。" in text_of(visit("meeting_pack", since=DAY.isoformat()))


def test_a_units_person_has_no_business_there(visit, become):
    become(Role.UNIT, UNIT)
    assert "责任单位不能办理此事" in text_of(visit("meeting_pack"))
