"""会议, 约谈 and 批示 on screen: entered, asked once more, shown where they belong."""

from datetime import date

import pytest

from models.instructions import Subject
from models.meetings import Promise
from models.people import Role
from rules.as_of import parse_instant
from services.instructions.instructions import InstructionNotes, enter_instruction, instructions_as_of
from services.meetings.meetings import call_meeting, commit_at_meeting, meetings_as_of
from services.meetings.packs import pack_of_meeting
from services.notices.reminders import talks_suggested
from services.notices.to_do import to_do
from services.talks.talks import TalkNotes, record_talk, talks_as_of
from tests.pages.filling import press, warnings
from tests.pages.visiting import text_of

DAY, UNIT, OTHER = date(2023, 8, 22), "青石镇", "区人社局"
MORNING = parse_instant("2023-08-22T00:01")


def box(app, kind: str, label: str):
    return next(field for field in app.get(kind) if field.label.startswith(label))


@pytest.fixture
def number(visit) -> str:  # noqa: ANN001 the database of the visit
    return call_meeting("八月调度会", DAY, [UNIT, OTHER], at=MORNING).number


@pytest.mark.long
def test_a_meeting_is_called_on_screen_and_listed(visit):
    app = visit("meeting_pack")
    box(app, "text_input", "会议名称").input("九月调度会")
    box(app, "multiselect", "参会单位").set_value([UNIT])
    app = press(app, "登记会议")
    meeting = meetings_as_of(DAY)[-1]
    assert (meeting.name, meeting.held_on, meeting.units) == ("九月调度会", date(2023, 8, 29), (UNIT,))
    assert f"/meeting?number={meeting.number}" in text_of(app)


@pytest.mark.long
def test_what_was_taken_on_is_entered_at_the_meeting_and_stands_there_with_its_lamp(visit, number):
    app = visit("meeting", number=number)
    box(app, "selectbox", "单位（第 1 项）").select(UNIT)
    box(app, "text_input", "事项（第 1 项）").input("公布一次办清单")
    shown = text_of(press(app, "登记交办"))
    [item] = next(meeting for meeting in meetings_as_of(DAY) if meeting.number == number).commitments
    assert f"/rectification?number={item.number}" in shown and "公布一次办清单" in shown and "交办 1 项" in shown


@pytest.mark.long
def test_a_line_without_a_unit_is_not_entered(visit, number):
    app = visit("meeting", number=number)
    box(app, "text_input", "事项（第 1 项）").input("公布一次办清单")
    press(app, "登记交办")
    assert "请为第 1 项选择单位和时限。" in warnings(app)
    assert box(app, "text_input", "事项（第 3 项）") is not None


@pytest.mark.long
def test_a_promise_without_a_day_is_asked_for_and_the_talk_not_recorded_without_it(visit):
    before = talks_as_of(DAY)
    app = visit("talks", unit=UNIT)
    box(app, "text_input", "约谈人").input("李样、王样")
    box(app, "text_input", "约谈事由").input("通报后仍未办结")
    box(app, "text_area", "约谈内容").input("限期完成")
    box(app, "text_input", "事项（第 2 项）").input("完成关键词")
    box(app, "date_input", "时限（第 2 项）").set_value(None)
    press(app, "登记约谈")
    assert "请为第 2 项选择时限。" in warnings(app) and talks_as_of(DAY) == before


@pytest.mark.long
def test_the_questions_for_a_unit_are_edited_and_the_pack_has_them(visit, number):
    app = visit("meeting", number=number, unit=UNIT)
    box(app, "text_area", "问题").input("何时公布清单？\n由谁负责？")
    shown = text_of(press(app, "保存问题"))
    pages = {page.unit: page for page in pack_of_meeting(number, DAY).pack.units}
    assert [question.text for question in pages[UNIT].questions] == ["何时公布清单？", "由谁负责？"]
    assert "何时公布清单？" in shown and "会议材料" in shown


def test_a_unit_sees_a_meeting_without_its_pack(visit, number, become):
    become(Role.UNIT, UNIT)
    app = visit("meeting", number=number)
    shown = text_of(app)
    assert "八月调度会" in shown and OTHER not in shown and "会议材料" not in shown and not app.text_input


@pytest.mark.long
def test_a_talk_is_recorded_with_a_commitment(visit):
    app = visit("talks", unit=UNIT)
    box(app, "text_input", "约谈人").input("李样、王样")
    box(app, "text_input", "约谈事由").input("通报后仍未办结")
    box(app, "text_area", "约谈内容").input("限期完成")
    box(app, "text_input", "事项（第 1 项）").input("完成关键词")
    shown = text_of(press(app, "登记约谈"))
    talk = talks_as_of(DAY, UNIT)[-1]
    assert [item.issue for item in talk.commitments] == ["完成关键词"]
    assert "限期完成" in shown and f"/rectification?number={talk.commitments[0].number}" in shown


@pytest.mark.long
def test_a_talk_without_what_was_said_is_not_recorded(visit):
    before = talks_as_of(DAY)
    app = press(visit("talks", unit=UNIT), "登记约谈")
    assert "请写明约谈人和被约谈人、约谈事由和约谈内容。" in warnings(app) and talks_as_of(DAY) == before


def test_a_unit_reads_its_own_talks_and_records_none(visit, become):
    record_talk(TalkNotes(UNIT, DAY, "李样、王样", "逾期", "限期完成"), at=MORNING)
    become(Role.UNIT, OTHER)
    app = visit("talks")
    assert UNIT not in text_of(app) and not app.text_input
    become(Role.UNIT, UNIT)
    assert "限期完成" in text_of(visit("talks"))


@pytest.mark.long
def test_a_leader_enters_words_on_a_lamp_and_they_stand_there_with_what_became_of_them(visit, become):
    become(Role.LEADER)
    app = visit("lamp", measure="1.2.1", unit=UNIT)
    box(app, "text_input", "批示人").input("区长")
    box(app, "text_area", "批示内容").input("请抓紧")
    shown = text_of(press(app, "登记批示"))
    entered = instructions_as_of(DAY, UNIT)[-1]
    assert (entered.subject, entered.about, entered.text) == (Subject.LAMP, "1.2.1", "请抓紧")
    assert f"/rectification?number={entered.rectifications[0].number}" in shown and "请抓紧" in shown


def test_words_without_who_has_to_act_are_not_entered(visit):
    before = instructions_as_of(DAY)
    app = visit("instructions")
    box(app, "text_input", "批示人").input("区长")
    box(app, "text_area", "批示内容").input("请抓紧")
    press(app, "登记批示")
    assert "并选择办理单位" in warnings(app) and instructions_as_of(DAY) == before


@pytest.mark.long
def test_the_list_and_the_unit_s_page_show_words_on_a_unit(visit):
    notes = InstructionNotes("区长", DAY, "请抓紧整改窗口", Subject.UNIT, [UNIT], date(2023, 9, 5))
    entered = enter_instruction(notes, at=MORNING)
    for page, query in (("instructions", {}), ("unit", {"unit": UNIT})):
        shown = text_of(visit(page, **query))
        assert "请抓紧整改窗口" in shown and f"整改 {entered.rectifications[0].number}" in shown


def test_what_was_taken_on_leads_back_to_where_it_was(visit, number):
    talk = record_talk(TalkNotes(UNIT, DAY, "李样、王样", "逾期", "限期", [("报方案", date(2023, 9, 1))]), at=MORNING)
    [at_meeting] = commit_at_meeting(number, [Promise(UNIT, "公布清单", date(2023, 9, 1))], at=MORNING)
    for rectification, href in (
        (at_meeting.number, f"/meeting?number={number}"),
        (talk.commitments[0].number, "/talks?unit="),
    ):
        assert href in text_of(visit("rectification", number=rectification))


def suggested() -> dict[str, str]:
    return {talk.unit: talk.answer for talk in talks_suggested(DAY)}


@pytest.mark.long
def test_a_suggested_talk_waits_in_the_leader_s_to_do_until_it_is_held_or_declined_with_a_reason(visit, become):
    open_units = [unit for unit, answer in suggested().items() if not answer]
    held, declined = open_units[:2]
    record_talk(TalkNotes(held, DAY, "李样、王样", "连续两期列后三位", "限期改进"), at=MORNING)
    app = visit("talks")
    box(app, "selectbox", "建议约谈的单位").select(declined)
    box(app, "text_input", "不约谈的理由").input("已书面说明")
    press(app, "不约谈")
    assert suggested()[held] == f"{DAY} 已约谈" and suggested()[declined].endswith("记录不约谈：已书面说明")
    become(Role.LEADER)
    waiting = {item.unit for item in to_do(DAY) if item.what == "talk-suggested"}
    assert waiting == set(open_units) - {held, declined}
